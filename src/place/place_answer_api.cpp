#include "place/place_answer_api.hpp"

namespace lianxin::place {

PlaceAnswer answer_of(const PlaceView& view, const std::string& language, const Titles& titles) {
    const Place& place = view.place;
    PlaceAnswer answer;
    answer.id = place.id;
    answer.name = place.name;
    answer.kind = place.kind;
    answer.kind_title = titles(language, "place.kind." + place.kind);
    answer.level = place.level;
    answer.parent = place.parent;
    for (const auto& step : view.path) answer.path.push_back({step.id, step.name});
    answer.has_children = view.has_children;
    if (place.code) answer.division_code = place.code->text();
    if (!place.household) answer.short_code = place.short_code;
    if (place.point) {
        answer.latitude = place.point->latitude_e7 / 1e7;
        answer.longitude = place.point->longitude_e7 / 1e7;
    }
    return answer;
}

}  // namespace lianxin::place
