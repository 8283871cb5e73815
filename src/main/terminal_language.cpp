#include "main/terminal_language.hpp"

#include <algorithm>
#include <cstdlib>

namespace lianxin {

std::string language_of_locale(std::string_view locale) {
    const auto language = locale.substr(0, locale.find_first_of("_.@-"));
    if (language.empty() || language == "C" || language == "POSIX") return {};
    if (language != "zh") return std::string(language);
    for (const auto* traditional : {"TW", "HK", "MO", "Hant"})
        if (locale.find(traditional) != std::string_view::npos) return "zh-Hant";
    return "zh-Hans";
}

std::string terminal_language(const pack::Words& words) {
    for (const auto* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const auto* locale = std::getenv(name);
        if (locale == nullptr || *locale == '\0') continue;
        auto language = language_of_locale(locale);
        const auto& known = words.languages();
        if (std::find(known.begin(), known.end(), language) != known.end()) return language;
        break;
    }
    return words.default_language();
}

}  // namespace lianxin
