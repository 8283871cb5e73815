// matter/matter_api_beside.hpp — what stands beside a matter, over the wire: the service applied for, what it
// is about, what is about it, cards, links.
#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

#include "access/access.hpp"
#include "base/time.hpp"

namespace lianxin::matter::api {

struct ServiceItemShape {
    std::string name, title;
    bool done = false;  // a step: taken; a paper: handed in
};
BOOST_DESCRIBE_STRUCT(ServiceItemShape, (), (name, title, done))
struct AppliedForShape {
    std::string name, title, standard, deadline;
    std::vector<ServiceItemShape> steps, materials;
};
BOOST_DESCRIBE_STRUCT(AppliedForShape, (), (name, title, standard, deadline, steps, materials))
struct KindShape {  // a kind of matter the reader may open about this one
    std::string workflow, title;
};
BOOST_DESCRIBE_STRUCT(KindShape, (), (workflow, title))
struct OpenedByShape {  // the matter this one is about
    MatterId id;
    std::string number, kind_title, state_title, because, because_title;
};
BOOST_DESCRIBE_STRUCT(OpenedByShape, (), (id, number, kind_title, state_title, because, because_title))
struct ChildShape {
    MatterId id;
    std::string number, kind_title;
    bool open = false;
};
BOOST_DESCRIBE_STRUCT(ChildShape, (), (id, number, kind_title, open))
struct SupervisionShape {
    std::int64_t seq = 0;
    std::int32_t part = 0;
    std::string card, card_title, by, urged;
    Instant at;
    std::optional<std::string> came_of_it;
    std::optional<Instant> came_at;
};
BOOST_DESCRIBE_STRUCT(SupervisionShape, (), (seq, part, card, card_title, by, urged, at, came_of_it, came_at))
struct LinkShape {
    std::string kind, title, number, kind_title, state_title;
    MatterId id;
};
BOOST_DESCRIBE_STRUCT(LinkShape, (), (kind, title, number, kind_title, state_title, id))

}  // namespace lianxin::matter::api
