// What is filled in. A text is one of the sources below, or itself with {group}, {n}, … filled in; lists and
// tables are made of such; everything else is as the story has it.
//   phrase:NAME   one of the phrases           text, done, rating, review, missing, units   as the telling
//   has them post:SELECTOR a post, seen from the door   desk:UNIT   the desk of a unit   people:N   so many
//   neighbours day:N         N days from today            photo       a picture, after papers, lacking, steps
//   of the service applied for: all its papers, the first of them, all but its last step
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <charconv>

#include "main/demo_run.hpp"

namespace lianxin::demo {

namespace json = boost::json;

namespace {

constexpr int review_after_days = 150;

template <class Number>
json::array ids(const std::vector<Number>& values) {
    json::array list;
    for (const auto value : values) {
        if constexpr (std::is_integral_v<Number>)
            list.emplace_back(std::to_string(value));
        else
            list.emplace_back(value.text());
    }
    return list;
}

// "people:5" of "people:" is 5.
std::optional<std::string> after(std::string_view prefix, const std::string& text) {
    if (!text.starts_with(prefix)) return {};
    return text.substr(prefix.size());
}

int whole(const std::string& text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

json::value list_of(const std::vector<std::string>& names) {
    json::array list;
    for (const auto& name : names) list.emplace_back(name);
    return list;
}

}  // namespace

json::object Run::fields(Telling& telling, const Fields& named) {
    json::object object;
    for (const auto& [name, said] : named) {
        auto filled_in = value(telling, said);
        if (!filled_in.is_null()) object.emplace(name, std::move(filled_in));
    }
    return object;
}

json::value Run::value(Telling& telling, const pack::Value& said) {
    if (const auto* text = std::get_if<std::string>(&said.data)) return source(telling, *text);
    if (const auto* number = std::get_if<std::int64_t>(&said.data)) return *number;
    if (const auto* flag = std::get_if<bool>(&said.data)) return *flag;
    if (const auto* day = std::get_if<Day>(&said.data)) return json::value(day->text());
    if (const auto* list = std::get_if<pack::List>(&said.data)) {
        json::array array;
        for (const auto& each : *list) array.push_back(value(telling, each));
        return array;
    }
    json::object object;
    if (const auto* table = std::get_if<pack::Table>(&said.data))
        for (const auto& member : table->members) object.emplace(member.key, value(telling, member.value));
    return object;
}

json::value Run::source(Telling& telling, const std::string& text) {
    const Day today = stage_.county.zone.day_of(stage_.clock.now());
    if (text == "text") return json::value(telling.story);
    if (text == "done") return json::value(telling.done);
    if (text == "rating") return rating(telling);
    if (text == "review") return json::value((today + review_after_days).text());
    if (text == "photo") {
        const auto picture = photo(telling, true);
        return picture ? json::value(ids(std::vector{*picture})) : json::value(nullptr);
    }
    if (text == "missing") {
        const auto& list = story_.phrases.at("missing");
        const auto first = chance_.below(list.size());
        return json::array{list[first], list[(first + 1) % list.size()]};
    }
    if (text == "units") {
        const auto desks =
            cast_.unit_desks(telling.text->category, static_cast<std::size_t>(telling.plan->units));
        if (desks.empty()) return nullptr;
        return json::object{{"posts", ids(desks)}, {"lead", desks.front().text()}};
    }
    if (const auto days = after("day:", text)) return json::value((today + whole(*days)).text());
    if (const auto name = after("phrase:", text))
        return json::value(chance_.one_of(story_.phrases.at(*name)));
    if (auto person = from_cast(telling, text)) return *person;
    if (auto list = of_service(telling, text)) return *list;
    return json::value(filled(text, telling));
}

std::optional<json::value> Run::from_cast(const Telling& telling, const std::string& text) {
    const auto as_value = [](std::optional<PostId> post) {
        return post ? json::value(post->text()) : json::value(nullptr);
    };
    const PlaceId door = cast_.above(telling.spot, cast_.lowest()).value_or(PlaceId());
    if (const auto selector = after("post:", text)) return as_value(cast_.post(*selector, door));
    if (const auto unit = after("desk:", text)) return as_value(cast_.unit_desk(*unit));
    const auto count = after("people:", text);
    if (!count) return {};
    return ids(cast_.neighbours(telling.spot, static_cast<std::size_t>(whole(*count))));
}

std::optional<json::value> Run::of_service(const Telling& telling, const std::string& text) const {
    if (!telling.affair) return {};
    const auto* service = stage_.town.matters().surroundings().tables.service(telling.affair->service_item);
    if (service == nullptr) return {};
    if (text == "papers") return list_of(service->materials);
    if (text == "lacking") return list_of({service->materials.front()});
    if (text == "steps") return list_of({service->steps.begin(), service->steps.end() - 1});
    return {};
}

}  // namespace lianxin::demo
