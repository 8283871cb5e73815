// place/place_answer_api.hpp — a place over the wire.
#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

#include "place/place_api.hpp"

namespace lianxin::place {

struct StepView {
    PlaceId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(StepView, (), (id, name))
struct PlaceAnswer {
    PlaceId id;
    std::string name;
    std::string kind;
    std::string kind_title;
    int level = 0;
    std::optional<PlaceId> parent;
    std::vector<StepView> path;
    bool has_children = false;
    std::optional<std::string> division_code;
    std::optional<std::string> short_code;  // of what is public; a door's is on its plate only
    std::optional<double> latitude, longitude;
};
BOOST_DESCRIBE_STRUCT(PlaceAnswer, (),
                      (id, name, kind, kind_title, level, parent, path, has_children, division_code,
                       short_code, latitude, longitude))
[[nodiscard]] PlaceAnswer answer_of(const PlaceView& view, const std::string& language, const Titles& titles);

}  // namespace lianxin::place
