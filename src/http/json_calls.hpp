// http/json_calls.hpp — lists and maps, and the calls everybody makes: parse<T>, from_query<T>, to_json.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "http/json.hpp"

namespace lianxin::http {

template <>
struct Json<boost::json::object> {
    static void read(JsonReading& in, const boost::json::value& v, boost::json::object& out) {
        if (const auto* object = json_detail::read_map(in, v)) out = *object;
    }
    static void write(JsonWriting& out, const boost::json::object& v) { out.value(boost::json::value(v)); }
    static boost::json::value schema(JsonSchemas& s) {
        return json_detail::map_schema(json_detail::scalar_schema(s, "", ""));
    }
};

template <class T>
void Json<std::vector<T>>::read(JsonReading& in, const boost::json::value& v, std::vector<T>& out) {
    const boost::json::array* list = json_detail::read_list(in, v);
    if (list == nullptr) return;
    out.clear();
    out.reserve(list->size());
    for (std::size_t i = 0; i < list->size(); ++i) {
        in.enter(i);
        Json<T>::read(in, (*list)[i], out.emplace_back());
        in.leave();
    }
}

template <class T, class L>
void Json<std::map<std::string, T, L>>::read(JsonReading& in, const boost::json::value& v,
                                             std::map<std::string, T, L>& out) {
    const boost::json::object* object = json_detail::read_map(in, v);
    if (object == nullptr) return;
    out.clear();
    for (const auto& [name, item] : *object) {
        in.enter(name);
        Json<T>::read(in, item, out[std::string(name)]);
        in.leave();
    }
}

template <class T, class L>
void Json<std::map<std::string, T, L>>::write(JsonWriting& out, const std::map<std::string, T, L>& v) {
    bool first = true;
    out.raw("{");
    for (const auto& [name, item] : v) {
        if (!std::exchange(first, false)) out.raw(",");
        out.string(name);
        out.raw(":");
        Json<T>::write(out, item);
    }
    out.raw("}");
}

template <class T>
[[nodiscard]] Result<T, Faults> from_value(const boost::json::value& value) {
    JsonReading in;
    T out{};
    Json<T>::read(in, value, out);
    if (!in.faults().empty()) return fail(std::move(in.faults()));
    return out;
}

// A request's body. All faults at once, in the order of the struct; unknown fields last.
template <class T>
[[nodiscard]] Result<T, Faults> parse(std::string_view body) {
    const auto value = json_detail::parse_text(body);
    if (!value) return fail(value.error());
    return from_value<T>(*value);
}

// A request's query read into a struct of scalars, optionals of them and lists (repeated names).
template <class T>
[[nodiscard]] Result<T, Faults> from_query(
    const std::multimap<std::string, std::string, std::less<>>& query) {
    JsonReading in;
    T out{};
    json_detail::read_query(in, query, &out, Json<T>::members());
    if (!in.faults().empty()) return fail(std::move(in.faults()));
    return out;
}

// Instants are written in the given zone.
template <class T>
[[nodiscard]] std::string to_json(const T& value, Zone zone = {}) {
    JsonWriting out(zone);
    Json<T>::write(out, value);
    return out.take();
}

// Free-form text to a value with the same strictness as parse<T>.
[[nodiscard]] inline Result<boost::json::value, Faults> parse_value(std::string_view text) {
    return json_detail::parse_text(text);
}

}  // namespace lianxin::http
