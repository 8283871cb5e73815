// matter/channel.hpp — the ways a matter reaches the county; words channel.NAME. What the system itself or
// another one brings ("engine", "import") is said by neither residents nor staff. Pure.
#pragma once

#include <span>
#include <string_view>

namespace lianxin::matter {

// What staff may say of any matter they write down.
[[nodiscard]] bool is_said_by_staff(std::string_view channel);
// How somebody reaches whoever takes it in for them.
[[nodiscard]] std::span<const std::string_view> channels_for_others();

}  // namespace lianxin::matter
