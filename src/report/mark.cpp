#include "report/mark.hpp"

#include "base/result.hpp"

namespace lianxin::report {
namespace {

// LEB128, the sign in the lowest bit.
void put(Bytes& bytes, std::int64_t value) {
    auto rest = static_cast<std::uint64_t>(value) << 1U;
    if (value < 0) rest = ~rest;
    while (rest >= 0x80) {
        bytes.push_back(static_cast<std::uint8_t>(rest | 0x80U));
        rest >>= 7U;
    }
    bytes.push_back(static_cast<std::uint8_t>(rest));
}

std::int64_t take(BytesView bytes, std::size_t& at) {
    std::uint64_t rest = 0;
    for (unsigned shift = 0;; shift += 7) {
        if (at >= bytes.size() || shift > 63) throw Fault("the counters are damaged; remove them");
        const std::uint8_t octet = bytes[at++];
        rest |= static_cast<std::uint64_t>(octet & 0x7FU) << shift;
        if (octet < 0x80) break;
    }
    const std::uint64_t value = rest >> 1U;
    return static_cast<std::int64_t>((rest & 1U) != 0 ? ~value : value);
}

}  // namespace

std::int64_t number_of(FlowMetric metric, const Digest& workflow, std::size_t machine, std::size_t state) {
    require(machine < 256 && state < 1024, "a workflow's states fit a metric's number");
    std::uint64_t name = 0;
    for (std::size_t i = 0; i < 5; ++i) name = name << 8U | workflow[i];
    return static_cast<std::int64_t>(std::uint64_t{1} << 62U | static_cast<std::uint64_t>(metric) << 58U |
                                     name << 18U | machine << 10U | state);
}

Bytes packed(const std::vector<Mark>& marks) {
    Bytes bytes;
    bytes.reserve(marks.size() * 8);
    for (const Mark& mark : marks) {
        for (const std::int64_t value :
             {mark.metric, mark.at, mark.detail, mark.n, static_cast<std::int64_t>(mark.where)})
            put(bytes, value);
    }
    return bytes;
}

std::vector<Mark> unpacked(BytesView bytes) {
    std::vector<Mark> marks;
    for (std::size_t at = 0; at < bytes.size();) {
        Mark mark;
        mark.metric = take(bytes, at);
        mark.at = take(bytes, at);
        mark.detail = take(bytes, at);
        mark.n = take(bytes, at);
        mark.where = static_cast<Levels>(take(bytes, at));
        marks.push_back(mark);
    }
    return marks;
}

Levels shared_levels(const Ancestors& a, const Ancestors& b) {
    unsigned shared = 0;
    for (std::size_t level = 1; level < a.size(); ++level)
        if (a[level] != 0 && a[level] == b[level]) shared |= 1U << level;
    return static_cast<Levels>(shared);
}

}  // namespace lianxin::report
