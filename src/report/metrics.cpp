#include "report/metrics.hpp"

#include <algorithm>
#include <map>

namespace lianxin::report {
namespace {

rating::Rate share(std::string metric, std::int64_t numerator, std::int64_t denominator,
                   std::vector<rating::LeftOut> left_out = {}, std::vector<rating::Apart> apart = {}) {
    std::erase_if(left_out, [](const rating::LeftOut& left) { return left.count == 0; });
    std::erase_if(apart, [](const rating::Apart& part) { return part.denominator == 0; });
    return {std::move(metric), numerator, denominator, std::move(left_out), std::move(apart), true};
}

rating::Rate per_matter(std::string metric, std::int64_t count, std::int64_t matters) {
    return {std::move(metric), count, matters, {}, {}, false};
}

// When things of one key were received, in order.
class Arrivals {
 public:
    void add(Instant at) { at_.push_back(at); }
    void sort() { std::sort(at_.begin(), at_.end()); }
    [[nodiscard]] bool any_in(Instant after, Instant through) const {
        const auto next = std::upper_bound(at_.begin(), at_.end(), after);
        return next != at_.end() && *next <= through;
    }

 private:
    std::vector<Instant> at_;
};

}  // namespace

std::optional<Span> span_of(Zone zone, Day first, Day last, Instant now) {
    if (last < first) return {};
    const Instant from = zone.start_of(first);
    const Instant until = zone.end_of(last);
    return Span{from, until, std::max(from, std::min(until, now)), last};
}

bool is_one_of(const std::vector<KindOfMatter>& kinds, std::string_view workflow, std::string_view subkind) {
    return std::any_of(kinds.begin(), kinds.end(), [&](const KindOfMatter& kind) {
        return kind.workflow == workflow && (kind.subkind.empty() || kind.subkind == subkind);
    });
}

std::vector<rating::Rate> rates_of(const Counted& counted) {
    const DueCounts& contact = counted.contact;
    const DueCounts& finish = counted.finish;
    const ReceivedCounts& received = counted.received;
    const ClosedCounts& closed = counted.closed;
    const SaidCounts& said = counted.said;
    const auto left_of = [](const DueCounts& due) {
        return std::vector<rating::LeftOut>{{"withdrawn", due.withdrawn},
                                            {"refused", due.refused},
                                            {"merged", due.merged},
                                            {"waiting", due.waiting}};
    };
    const std::vector<rating::LeftOut> merged_then{{"merged", closed.merged}};
    const std::vector<rating::LeftOut> silent{{"silent", said.asked - said.answered}};
    return {
        share("response_rate", contact.met, contact.counted, left_of(contact)),
        share("resolution_rate", said.solved, said.answered, silent,
              {{"partly", said.partly, said.answered}}),
        share("satisfaction_rate", said.satisfied, said.graded,
              {{"silent", said.asked - said.answered}, {"no_grade", said.answered - said.graded}}),
        share("asking_rate", closed.asked, closed.closed, merged_then),
        share("answer_rate", said.answered, said.asked),
        share("on_time_rate", finish.met, finish.counted, left_of(finish),
              {{"extended", finish.extended_met, finish.extended}}),
        share(
            "closure_rate", received.closed, received.received - received.withdrawn - received.refused,
            {{"withdrawn", received.withdrawn}, {"refused", received.refused}, {"merged", received.merged}}),
        share("closed_of_due_rate", finish.closed, finish.counted, left_of(finish)),
        share("settlement_rate", counted.disputes.settled, counted.disputes.found,
              {{"merged", counted.disputes.merged}}),
        share("first_contact_rate", received.solved_at_first_contact, received.received,
              {{"merged", received.merged}}),
        share("rework_rate", closed.reworked, closed.closed, merged_then),
        share("rereport_rate", closed.rereported, closed.closed, merged_then),
        share("no_higher_petition", counted.petitions.without_petition, counted.petitions.places),
        share("told_once_breaches", received.asked_again, received.asked),
        per_matter("transfer_count", received.transfers, received.received),
        per_matter("return_count", received.returns, received.received),
    };
}

std::int64_t count_rereported(const std::vector<ClosedMatter>& closed,
                              const std::vector<ReceivedMatter>& received) {
    std::map<std::int64_t, Arrivals> by_resident;
    std::map<std::pair<std::int64_t, std::int64_t>, Arrivals> by_place_and_category;
    for (const ReceivedMatter& matter : received) {
        by_resident[matter.resident].add(matter.received_at);
        if (matter.category) by_place_and_category[{matter.place, *matter.category}].add(matter.received_at);
    }
    for (auto& [resident, arrivals] : by_resident) arrivals.sort();
    for (auto& [key, arrivals] : by_place_and_category) arrivals.sort();
    const auto again = [](const auto& table, const auto& key, const ClosedMatter& matter) {
        const auto found = table.find(key);
        // Received after closing, so a matter never counts as its own repetition.
        const Instant through{matter.closed_at.micros + rereport_days * micros_per_day};
        return found != table.end() && found->second.any_in(matter.closed_at, through);
    };
    return std::count_if(closed.begin(), closed.end(), [&](const ClosedMatter& matter) {
        return again(by_resident, matter.resident, matter) ||
               (matter.category &&
                again(by_place_and_category, std::pair(matter.place, *matter.category), matter));
    });
}

}  // namespace lianxin::report
