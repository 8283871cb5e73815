// party/post_title.hpp — a post as people say it: where it sits, then what it is, no word said twice.
#pragma once

#include <string>
#include <string_view>

namespace lianxin::party {

// "枫林组", "组长" → "枫林组组长"; "枫林村党支部", "党支部书记" → "枫林村党支部书记". One character in
// common is no word; words in Latin letters stand apart.
[[nodiscard]] std::string post_title(std::string_view seat, std::string_view title);

}  // namespace lianxin::party
