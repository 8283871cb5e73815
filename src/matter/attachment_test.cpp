#include "matter/attachment.hpp"

#include <gtest/gtest.h>

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
