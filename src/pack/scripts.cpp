#include "pack/scripts.hpp"

#include <opencc/SimpleConverter.hpp>

#include <vector>

#include "base/result.hpp"
#include "base/text.hpp"

namespace lianxin::pack {

namespace {

constexpr char32_t first_han = 0x3400, last_han = 0x9fff;

std::string utf8_of(char32_t character) {
    return {static_cast<char>(0xe0 | character >> 12), static_cast<char>(0x80 | (character >> 6 & 0x3f)),
            static_cast<char>(0x80 | (character & 0x3f))};
}

}  // namespace

// OpenCC looks for phrases at every character, which takes longer than all else that is done to a text. Most
// texts have no character that is written otherwise in the other script, and are left alone.
struct Scripts::Converter {
    opencc::SimpleConverter to_simplified{"t2s.json"};
    std::vector<bool> written_otherwise;

    Converter() : written_otherwise(last_han - first_han + 1) {
        for (char32_t character = first_han; character <= last_han; ++character) {
            const std::string alone = utf8_of(character);
            written_otherwise[character - first_han] = to_simplified.Convert(alone) != alone;
        }
    }
    [[nodiscard]] bool may_change(std::string_view text) const {
        for (std::size_t at = 0; at + 2 < text.size(); ++at) {
            const auto lead = static_cast<unsigned char>(text[at]);
            if (lead >= 0xf0) return true;  // beyond the table
            if (lead < 0xe0) continue;
            const char32_t character = (lead & 0x0fU) << 12 |
                                       (static_cast<unsigned char>(text[at + 1]) & 0x3fU) << 6 |
                                       (static_cast<unsigned char>(text[at + 2]) & 0x3fU);
            at += 2;
            if (character >= first_han && character <= last_han && written_otherwise[character - first_han])
                return true;
        }
        return false;
    }
};

Scripts::Scripts() {
    try {
        converter_ = std::make_unique<Converter>();
    } catch (const std::exception&) {
        throw Fault("The tables of OpenCC are missing: install the Debian package libopencc-data.");
    }
}
Scripts::~Scripts() = default;

std::string Scripts::simplified(std::string_view text) const {
    if (!converter_->may_change(text) || !is_valid_utf8(text)) return std::string(text);
    return converter_->to_simplified.Convert(std::string(text));
}

std::string Scripts::for_search(std::string_view text) const {
    return fold(simplified(text));
}

}  // namespace lianxin::pack
