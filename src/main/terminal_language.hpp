// main/terminal_language.hpp — in which of a pack's languages a command speaks to whoever typed it: that of
// their terminal (LC_ALL, LC_MESSAGES, LANG, as POSIX orders them), else the pack's own.
#pragma once

#include <string>
#include <string_view>

#include "pack/words.hpp"

namespace lianxin {

[[nodiscard]] std::string terminal_language(const pack::Words& words);
// "zh_TW.UTF-8" → "zh-Hant"; nothing known: empty.
[[nodiscard]] std::string language_of_locale(std::string_view locale);

}  // namespace lianxin
