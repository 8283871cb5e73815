// party/post_answer_api.hpp — a post and its holders over the wire, and the statuses of what is refused.
#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

#include "http/api.hpp"
#include "party/party_service.hpp"
#include "place/place_api.hpp"

namespace lianxin::party {

struct HolderAnswer {
    HoldingId holding;
    std::string name;
    bool stand_in = false;
    Day from;
    std::optional<Day> until;  // the first day after the term; nothing while it is open
};
BOOST_DESCRIBE_STRUCT(HolderAnswer, (), (holding, name, stand_in, from, until))
struct PostAnswer {
    PostId id;
    std::string kind;
    std::string kind_title;
    std::string title;  // with its seat
    PlaceId place;
    std::string place_name;
    std::string unit_name;
    bool vacant = false;  // nobody holds it who ought to
    std::optional<Day> vacant_since;
    std::vector<HolderAnswer> holders;
};
BOOST_DESCRIBE_STRUCT(PostAnswer, (),
                      (id, kind, kind_title, title, place, place_name, unit_name, vacant, vacant_since,
                       holders))

[[nodiscard]] HolderAnswer answer_of(const PostView::Holder& holder);
[[nodiscard]] PostAnswer answer_of(const PostView& view, const std::string& language,
                                   const place::Titles& titles);
[[nodiscard]] http::Problem problem_of(PartyRefusal refusal);

}  // namespace lianxin::party
