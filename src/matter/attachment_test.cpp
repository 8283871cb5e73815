#include "matter/attachment.hpp"

#include <gtest/gtest.h>

#include "matter/picture_size.hpp"

using namespace lianxin;
using namespace lianxin::matter;

namespace {

Bytes operator+(Bytes a, const Bytes& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}
Bytes of(std::string_view text) {
    const BytesView view = as_bytes(text);
    return {view.begin(), view.end()};
}
Bytes segment(std::uint8_t marker, const Bytes& body) {
    const std::size_t length = body.size() + 2;
    return Bytes{0xFF, marker, static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)} +
           body;
}
Bytes exif(std::uint8_t turned) {
    return of(std::string_view("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 25)) +
           Bytes{turned, 0, 0, 0, 0, 0, 0} + of("GPS 28.0N 113.7E");
}
Bytes jpeg(std::uint8_t turned) {
    return Bytes{0xFF, 0xD8} + segment(0xE1, exif(turned)) + segment(0xFE, of("Made by Wang Wu")) +
           segment(0xDB, of("table")) + segment(0xDA, of("scan")) + of("picture") + Bytes{0xFF, 0xD9} +
           of("film");
}
bool holds(const Bytes& file, std::string_view text) {
    return as_text(file).find(text) != std::string_view::npos;
}
Bytes chunk(std::string_view name, std::string_view body) {
    return Bytes{0, 0, 0, static_cast<std::uint8_t>(body.size())} + of(name) + of(body) + of("crc!");
}

}  // namespace

TEST(Attachment, is_told_by_its_first_bytes) {
    EXPECT_EQ(file_type(jpeg(1)), FileType::jpeg);
    EXPECT_EQ(file_type(as_bytes("\x89PNG\r\n\x1A\n")), FileType::png);
    EXPECT_EQ(file_type(as_bytes("RIFF1234WEBPVP8 ")), FileType::webp);
    EXPECT_EQ(file_type(as_bytes("%PDF-1.7")), FileType::pdf);
    EXPECT_EQ(file_type(as_bytes("<svg onload=alert(1)>")), std::nullopt);
    EXPECT_EQ(file_type({}), std::nullopt);
}

TEST(Attachment, says_how_large_it_becomes_when_it_is_opened) {
    const Bytes png = of("\x89PNG\r\n\x1A\n") + Bytes{0, 0, 0, 13} + of("IHDR") + Bytes{0, 0, 0x75, 0x30} +
                      Bytes{0, 0, 0x75, 0x31};
    EXPECT_EQ(picture_size(FileType::png, png), (PictureSize{30000, 30001}));
    EXPECT_TRUE(is_too_large_to_show(*picture_size(FileType::png, png)));
    const Bytes frame{0xFF, 0xC2, 0, 11, 8, 0x0B, 0xB8, 0x0F, 0xA0, 1, 1, 0x11, 0};
    const Bytes photo = Bytes{0xFF, 0xD8} + segment(0xE1, exif(1)) + frame + segment(0xDA, of("scan"));
    EXPECT_EQ(picture_size(FileType::jpeg, photo), (PictureSize{4000, 3000}));
    EXPECT_FALSE(is_too_large_to_show({4000, 3000}));
    EXPECT_FALSE(is_too_large_to_show({12000, 16000})) << "as large as phones take them";
    EXPECT_TRUE(is_too_large_to_show({19000, 19000}));
    const Bytes webp = of("RIFF1234WEBPVP8X") + Bytes{10, 0, 0, 0, 0, 0, 0, 0, 0x2F, 0x75, 0, 9, 0, 0};
    EXPECT_EQ(picture_size(FileType::webp, webp), (PictureSize{30000, 10}));
    EXPECT_EQ(picture_size(FileType::jpeg, jpeg(1)), std::nullopt) << "no frame says it";
    for (std::size_t cut = 0; cut < photo.size(); ++cut)
        (void)picture_size(FileType::jpeg, BytesView(photo).first(cut));
}

TEST(Attachment, loses_place_and_owner_of_a_photo_but_not_which_way_up_it_is) {
    const auto cleaned = without_metadata(FileType::jpeg, jpeg(6));
    ASSERT_TRUE(cleaned);
    EXPECT_FALSE(holds(*cleaned, "GPS"));
    EXPECT_FALSE(holds(*cleaned, "Wang Wu"));
    EXPECT_FALSE(holds(*cleaned, "film"));
    EXPECT_TRUE(holds(*cleaned, "table"));
    EXPECT_TRUE(holds(*cleaned, "picture"));
    EXPECT_TRUE(holds(*cleaned, std::string_view("\x01\x12\0\x03\0\0\0\x01\0\x06", 10)));
    // Cleaning twice changes nothing.
    EXPECT_EQ(without_metadata(FileType::jpeg, *cleaned), cleaned);
}

TEST(Attachment, needs_no_orientation_for_an_upright_photo) {
    const auto cleaned = without_metadata(FileType::jpeg, jpeg(1));
    ASSERT_TRUE(cleaned);
    EXPECT_FALSE(holds(*cleaned, "Exif"));
}

TEST(Attachment, drops_the_texts_of_a_png) {
    const Bytes png = of("\x89PNG\r\n\x1A\n") + chunk("IHDR", "head") + chunk("tEXt", "Author Li Si") +
                      chunk("IDAT", "dots") + chunk("IEND", "");
    const auto cleaned = without_metadata(FileType::png, png);
    ASSERT_TRUE(cleaned);
    EXPECT_FALSE(holds(*cleaned, "Li Si"));
    EXPECT_TRUE(holds(*cleaned, "dots"));
}

TEST(Attachment, refuses_any_cut_of_a_photo) {
    const Bytes whole = jpeg(6);
    for (std::size_t n = 3; n + 6 < whole.size(); ++n)
        EXPECT_FALSE(without_metadata(FileType::jpeg, BytesView(whole).first(n))) << "cut at " << n;
    const Bytes png =
        of("\x89PNG\r\n\x1A\n") + chunk("IHDR", "head") + chunk("IDAT", "dots") + chunk("IEND", "");
    for (std::size_t n = 8; n < png.size(); ++n)
        EXPECT_FALSE(without_metadata(FileType::png, BytesView(png).first(n))) << "cut at " << n;
}
