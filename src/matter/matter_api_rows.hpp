// matter/matter_api_rows.hpp — the worklist and uploads over the wire.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <optional>
#include <string>
#include <vector>

#include "access/access.hpp"
#include "base/time.hpp"
#include "http/page_size.hpp"
#include "matter/matter_api_tone.hpp"
#include "matter/workflow.hpp"

namespace lianxin::matter {

BOOST_DESCRIBE_ENUM(CountsAs, open, open_explained, closed, ended)

}  // namespace lianxin::matter

namespace lianxin::matter::api {

struct WorklistAsked {
    std::optional<PlaceId> place;
    std::vector<std::string> state;
    std::optional<CountsAs> phase;
    bool mine = false, overdue = false, include_closed = false;
    std::optional<std::string> q, after;
    std::optional<http::PageSize<200>> limit;
};
BOOST_DESCRIBE_STRUCT(WorklistAsked, (),
                      (place, state, phase, mine, overdue, include_closed, q, after, limit))
struct RowShape {
    MatterId id;
    std::string number;
    std::int32_t part = 0;
    std::string subject, kind_title;
    std::optional<std::string> category;
    std::string place_name, state, state_title;
    Tone tone = Tone::neutral;
    std::string owner;
    std::optional<Instant> due;
    bool overdue = false;
    std::optional<std::string> card;
    bool to_vote = false;
    Instant received_at;
};
BOOST_DESCRIBE_STRUCT(RowShape, (),
                      (id, number, part, subject, kind_title, category, place_name, state, state_title, tone,
                       owner, due, overdue, card, to_vote, received_at))
struct RowPage {
    std::vector<RowShape> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(RowPage, (), (items, next))

struct UploadedShape {
    Id<struct UploadNoun> id;
    std::string type;
    std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(UploadedShape, (), (id, type, bytes))

}  // namespace lianxin::matter::api
