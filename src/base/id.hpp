// base/id.hpp — every id is its own type: 63 bits, time-ordered (milliseconds ‖ node ‖ serial), a decimal
// string outside.
#pragma once

#include <atomic>
#include <charconv>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace lianxin {

template <class Noun>
class Id {
 public:
    constexpr Id() = default;
    constexpr explicit Id(std::int64_t value) : value_(value) {}

    [[nodiscard]] constexpr std::int64_t value() const { return value_; }
    [[nodiscard]] std::string text() const { return std::to_string(value_); }
    // Decimal digits only, 1 ≤ value < 2^63; nothing else is an id.
    [[nodiscard]] static std::optional<Id> parse(std::string_view text) {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || end != text.data() + text.size() || value < 1 || text.front() == '0')
            return {};
        return Id(value);
    }
    constexpr auto operator<=>(const Id&) const = default;

 private:
    std::int64_t value_ = 0;
};

// Makes ids without asking the database. 41 bits of milliseconds since 2020, 6 bits of node, 16 bits of
// serial.
class IdSource {
 public:
    explicit IdSource(int node = 0) : node_(node) {}
    // now_ms: milliseconds of the Unix epoch from the injected clock; ids never repeat even if it stands
    // still or jumps back.
    [[nodiscard]] std::int64_t next(std::int64_t now_ms);
    template <class Noun>
    [[nodiscard]] Id<Noun> next(std::int64_t now_ms) {
        return Id<Noun>(next(now_ms));
    }

 private:
    int node_;
    std::atomic<std::int64_t> last_{0};
};

}  // namespace lianxin

template <class Noun>
struct std::hash<lianxin::Id<Noun>> {
    std::size_t operator()(lianxin::Id<Noun> id) const noexcept {
        return std::hash<std::int64_t>{}(id.value());
    }
};
