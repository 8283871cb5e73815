// pack/scripts.hpp — Chinese in its two scripts. Texts are indexed, compared and looked for in the simplified
// one, so that whoever writes 路燈 finds 路灯.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace lianxin::pack {

// Immutable, shared between threads.
class Scripts {
 public:
    Scripts();  // Throws Fault when OpenCC's tables are not installed.
    ~Scripts();
    Scripts(const Scripts&) = delete;
    Scripts& operator=(const Scripts&) = delete;

    // What is not valid UTF-8 comes back as it is.
    [[nodiscard]] std::string simplified(std::string_view text) const;
    // Simplified and folded (base/text.hpp): what search, likeness and suggestions work on.
    [[nodiscard]] std::string for_search(std::string_view text) const;

 private:
    struct Converter;
    std::unique_ptr<Converter> converter_;
};

}  // namespace lianxin::pack
