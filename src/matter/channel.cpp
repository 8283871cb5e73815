#include "matter/channel.hpp"

#include <algorithm>
#include <array>

namespace lianxin::matter {

namespace {

// Nobody comes to a desk by the portal, nor by what the office begins or a telephone without signal sent
// later.
constexpr std::array<std::string_view, 11> for_others{"window",  "phone",     "representative", "visit",
                                                      "hotline", "reception", "letter",         "mailbox",
                                                      "email",   "meeting",   "paper"};
constexpr std::array<std::string_view, 3> besides{"portal", "offline", "office"};

}  // namespace

bool is_said_by_staff(std::string_view channel) {
    const auto has = [&](const auto& listed) {
        return std::find(listed.begin(), listed.end(), channel) != listed.end();
    };
    return has(for_others) || has(besides);
}

std::span<const std::string_view> channels_for_others() {
    return for_others;
}

}  // namespace lianxin::matter
