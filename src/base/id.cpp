#include "base/id.hpp"

namespace lianxin {
namespace {
constexpr std::int64_t epoch_2020_ms = 1'577'836'800'000;
constexpr int node_bits = 6;
constexpr int serial_bits = 16;
constexpr std::int64_t serial_mask = (std::int64_t{1} << serial_bits) - 1;
constexpr std::int64_t node_mask = (std::int64_t{1} << node_bits) - 1;
}  // namespace

// last_ holds milliseconds ‖ serial, so a clock that stands still or jumps back only runs the serial on, and
// a serial that is used up borrows from the next millisecond.
std::int64_t IdSource::next(std::int64_t now_ms) {
    const std::int64_t since_2020 = now_ms > epoch_2020_ms ? now_ms - epoch_2020_ms : 0;
    const std::int64_t earliest = since_2020 << serial_bits;
    std::int64_t last = last_.load(std::memory_order_relaxed);
    std::int64_t chosen = 0;
    do {
        chosen = last + 1 > earliest ? last + 1 : earliest;
    } while (!last_.compare_exchange_weak(last, chosen, std::memory_order_relaxed));
    const std::int64_t milliseconds = chosen >> serial_bits;
    const std::int64_t serial = chosen & serial_mask;
    const std::int64_t id =
        (milliseconds << (node_bits + serial_bits)) | ((node_ & node_mask) << serial_bits) | serial;
    return id == 0 ? next(now_ms) : id;  // zero is no id
}

}  // namespace lianxin
