// notice/notice.hpp — what is published, where, for whom and until when. A notice knows what it is about only
// as a Subject; an objection to it is a matter about the notice, and blocks by a hold on whatever the notice
// is about.
#pragma once

#include <optional>
#include <string>

#include "access/access.hpp"
#include "base/time.hpp"

namespace lianxin::notice {

struct Notice {
    NoticeId id;
    Subject about;
    std::string name;  // the key of the notice in what declares it
    PlaceId place;     // where it hangs
    std::string audience = "public";
    std::string shows;  // JSON object of what may be read by everybody
    Instant from;
    Instant until;       // the period's end; an objection counts when received before it
    std::string period;  // as declared: "7 working days"
    int restarted = 0;
    std::string corrected;  // names in `shows` that the last restart changed, one a line
    std::optional<Instant> withdrawn_at;
    std::int64_t version = 1;

    // An objection received at the very end is too late: the period ends with 24:00 of its last day.
    [[nodiscard]] bool takes_objections(Instant at) const {
        return !withdrawn_at && at >= from && at < until;
    }
    [[nodiscard]] bool over(Instant at) const { return at >= until; }
};

}  // namespace lianxin::notice
