#include <qrencode.h>

#include <memory>

#include "receipt/receipt.hpp"

namespace lianxin::receipt {
namespace {

constexpr int quiet_zone = 4;  // modules, ISO/IEC 18004

struct Freed {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

// Each run of dark modules in a row is one rectangle of the path.
std::string dark_runs(const QRcode& code) {
    std::string path;
    for (int y = 0; y < code.width; ++y) {
        for (int x = 0; x < code.width;) {
            const auto is_dark = [&](int at) { return (code.data[y * code.width + at] & 1U) != 0; };
            int end = x;
            while (end < code.width && is_dark(end)) ++end;
            if (end > x) {
                const std::string width = std::to_string(end - x);
                path += "M" + std::to_string(x + quiet_zone) + " " + std::to_string(y + quiet_zone) + "h" +
                        width + "v1h-" + width + "z";
            }
            x = end + 1;
        }
    }
    return path;
}

}  // namespace

std::string qr_svg(std::string_view text) {
    const std::unique_ptr<QRcode, Freed> code(QRcode_encodeData(
        static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
    require(code != nullptr, "a receipt's link fits into a QR code");
    const std::string side = std::to_string(code->width + 2 * quiet_zone);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side +
           "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + side + "v" + side + "h-" +
           side + "z\"/><path fill=\"#000\" d=\"" + dark_runs(*code) + "\"/></svg>";
}

}  // namespace lianxin::receipt
