#include "place/short_code.hpp"

#include <qrencode.h>

#include <array>
#include <cstdint>
#include <memory>

#include "base/result.hpp"

namespace lianxin::place {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

char canonical(char c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') return '0';
    if (c == 'I' || c == 'L') return '1';
    return c;
}

}  // namespace

std::string short_code(BytesView five_bytes) {
    require(five_bytes.size() == 5, "a short code is made of five bytes");
    std::uint64_t bits = 0;
    for (const auto byte : five_bytes) bits = bits << 8U | byte;
    std::string code(short_code_length, '0');
    for (auto it = code.rbegin(); it != code.rend(); ++it) {
        *it = alphabet[bits & 31U];
        bits >>= 5U;
    }
    return code;
}

std::optional<std::string> parse_short_code(std::string_view text) {
    std::string code;
    for (const char c : text) {
        if (c == ' ' || c == '-') continue;
        const char read = canonical(c);
        if (code.size() == short_code_length || alphabet.find(read) == std::string_view::npos) return {};
        code += read;
    }
    if (code.size() != short_code_length) return {};
    return code;
}

std::string qr_svg(std::string_view text, int module_pixels) {
    require(text.size() <= 1000, "a QR symbol of ours holds at most 1,000 bytes");
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> symbol(
        QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()),
                          0, QR_ECLEVEL_M),
        QRcode_free);
    if (!symbol) throw Fault("the QR symbol could not be made");
    constexpr int quiet_zone = 4;
    const int side = symbol->width + 2 * quiet_zone;
    const auto pixels = std::to_string(side * module_pixels);
    const auto box = std::to_string(side);
    std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + pixels + "\" height=\"" +
                      pixels + "\" viewBox=\"0 0 " + box + " " + box +
                      "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + box + "v" + box +
                      "H0z\"/><path d=\"";
    for (int y = 0; y < symbol->width; ++y) {
        int x = 0;
        while (x < symbol->width) {
            const auto dark = [&](int at) { return (symbol->data[y * symbol->width + at] & 1U) != 0; };
            if (!dark(x)) {
                ++x;
                continue;
            }
            int run = 1;
            while (x + run < symbol->width && dark(x + run)) ++run;
            svg += "M" + std::to_string(x + quiet_zone) + " " + std::to_string(y + quiet_zone) + "h" +
                   std::to_string(run) + "v1h-" + std::to_string(run) + "z";
            x += run;
        }
    }
    return svg + "\"/></svg>";
}

}  // namespace lianxin::place
