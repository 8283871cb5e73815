// http/json.hpp — described structs as JSON: strict in, exact out, one description for both and for OpenAPI.
// A struct says BOOST_DESCRIBE_STRUCT(T, (), (a, b)), an enum BOOST_DESCRIBE_ENUM(E, x, y), beside its
// definition. In: unknown fields, wrong types, overflow, duplicate keys, NUL and bad UTF-8 are faults with a
// JSON pointer, all listed at once. A bool, optional, list, map or free-form value may be absent (keeps its
// initialiser); all else must be there. Out: every member is written, an empty optional as null.
#pragma once

#include <array>
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <concepts>
#include <limits>

#include "http/json_text.hpp"

namespace lianxin::http {

template <class T>
struct Json;  // specialised below: read, write, schema, and read_text for what may stand in a query
template <class T>
concept InQuery = requires(JsonReading& in, std::span<const std::string_view> values, T& out) {
    Json<T>::read_text(in, values, out);
};

namespace json_detail {
template <class T>
inline constexpr bool may_be_absent = false;
template <>
inline constexpr bool may_be_absent<bool> = true;
template <>
inline constexpr bool may_be_absent<value> = true;
template <>
inline constexpr bool may_be_absent<boost::json::object> = true;
template <class T>
inline constexpr bool may_be_absent<std::optional<T>> = true;
template <class T>
inline constexpr bool may_be_absent<std::vector<T>> = true;
template <class T, class L>
inline constexpr bool may_be_absent<std::map<std::string, T, L>> = true;

template <class T, class Described>
constexpr JsonMember member_of(Described) {
    using M = std::remove_cvref_t<decltype(std::declval<T&>().*Described::pointer)>;
    JsonMember member{Described::name, may_be_absent<M>, {}, {}, {}, {}};
    member.read = [](JsonReading& in, const value& v, void* owner) {
        Json<M>::read(in, v, static_cast<T*>(owner)->*Described::pointer);
    };
    if constexpr (InQuery<M>) {
        member.read_text = [](JsonReading& in, std::span<const std::string_view> values, void* owner) {
            Json<M>::read_text(in, values, static_cast<T*>(owner)->*Described::pointer);
        };
    }
    member.write = [](JsonWriting& out, const void* owner) {
        Json<M>::write(out, static_cast<const T*>(owner)->*Described::pointer);
    };
    member.schema = [](JsonSchemas& schemas) { return Json<M>::schema(schemas); };
    return member;
}
template <class T, template <class...> class L, class... Described>
constexpr auto members_of(L<Described...>) {
    return std::array<JsonMember, sizeof...(Described)>{member_of<T>(Described{})...};
}
template <class E, template <class...> class L, class... Described>
constexpr auto names_of(L<Described...>) {
    return std::array<const char*, sizeof...(Described)>{Described::name...};
}
template <class E, template <class...> class L, class... Described>
constexpr auto values_of(L<Described...>) {
    return std::array<E, sizeof...(Described)>{Described::value...};
}
template <class T, Scalar kind>
struct FromText {
    static void read_text(JsonReading& in, std::span<const std::string_view> values, T& out) {
        if (values.size() != 1) return in.fault("given_twice");
        Json<T>::read(in, scalar_of(values.front(), kind), out);
    }
};
}  // namespace json_detail

template <class T>
requires boost::describe::has_describe_members<T>::value struct Json<T> {
    static std::span<const JsonMember> members() {
        using namespace boost::describe;
        static constexpr auto table =
            json_detail::members_of<T>(describe_members<T, mod_public | mod_inherited>{});
        return table;
    }
    static void read(JsonReading& in, const boost::json::value& v, T& out) {
        json_detail::read_object(in, v, &out, members());
    }
    static void write(JsonWriting& out, const T& v) { json_detail::write_object(out, &v, members()); }
    static boost::json::value schema(JsonSchemas& s) {
        return json_detail::object_schema(s, typeid(T), members());
    }
};

template <class E>
requires boost::describe::has_describe_enumerators<E>::value struct Json<E>
    : json_detail::FromText<E, json_detail::Scalar::text> {
    static constexpr auto names = json_detail::names_of<E>(boost::describe::describe_enumerators<E>{});
    static constexpr auto values = json_detail::values_of<E>(boost::describe::describe_enumerators<E>{});
    static void read(JsonReading& in, const boost::json::value& v, E& out) {
        if (const auto found = json_detail::read_name(in, v, names)) out = values[*found];
    }
    static void write(JsonWriting& out, const E& v) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (values[i] == v) return out.string(names[i]);
        }
        require(false, "an enumerator that is written is described");
    }
    static boost::json::value schema(JsonSchemas& s) {
        return json_detail::names_schema(s, typeid(E), names);
    }
};

template <>
struct Json<std::string> : json_detail::FromText<std::string, json_detail::Scalar::text> {
    static void read(JsonReading& in, const boost::json::value& v, std::string& out) {
        json_detail::read_string(in, v, out);
    }
    static void write(JsonWriting& out, const std::string& v) { out.string(v); }
    static boost::json::value schema(JsonSchemas& s) { return json_detail::scalar_schema(s, "string", ""); }
};
template <>
struct Json<bool> : json_detail::FromText<bool, json_detail::Scalar::boolean> {
    static void read(JsonReading& in, const boost::json::value& v, bool& out) {
        json_detail::read_bool(in, v, out);
    }
    static void write(JsonWriting& out, bool v) { out.raw(v ? "true" : "false"); }
    static boost::json::value schema(JsonSchemas& s) { return json_detail::scalar_schema(s, "boolean", ""); }
};
template <>
struct Json<double> : json_detail::FromText<double, json_detail::Scalar::real> {
    static void read(JsonReading& in, const boost::json::value& v, double& out) {
        json_detail::read_double(in, v, out);
    }
    static void write(JsonWriting& out, double v) { out.number(v); }
    static boost::json::value schema(JsonSchemas& s) { return json_detail::scalar_schema(s, "number", ""); }
};
template <std::signed_integral T>
struct Json<T> : json_detail::FromText<T, json_detail::Scalar::integer> {
    static void read(JsonReading& in, const boost::json::value& v, T& out) {
        using Limits = std::numeric_limits<T>;
        if (const auto n = json_detail::read_integer(in, v, Limits::min(), Limits::max()))
            out = static_cast<T>(*n);
    }
    static void write(JsonWriting& out, T v) { out.integer(v); }
    static boost::json::value schema(JsonSchemas& s) {
        return json_detail::scalar_schema(s, "integer", sizeof(T) == 8 ? "int64" : "int32");
    }
};
template <>
struct Json<Instant> : json_detail::FromText<Instant, json_detail::Scalar::text> {
    static void read(JsonReading& in, const boost::json::value& v, Instant& out) {
        json_detail::read_instant(in, v, out);
    }
    static void write(JsonWriting& out, Instant v) { out.instant(v); }
    static boost::json::value schema(JsonSchemas& s) {
        return json_detail::scalar_schema(s, "string", "date-time");
    }
};
template <>
struct Json<Day> : json_detail::FromText<Day, json_detail::Scalar::text> {
    static void read(JsonReading& in, const boost::json::value& v, Day& out) {
        json_detail::read_day(in, v, out);
    }
    static void write(JsonWriting& out, Day v) { out.string(v.text()); }
    static boost::json::value schema(JsonSchemas& s) {
        return json_detail::scalar_schema(s, "string", "date");
    }
};
template <class Noun>
struct Json<Id<Noun>> : json_detail::FromText<Id<Noun>, json_detail::Scalar::text> {
    static void read(JsonReading& in, const boost::json::value& v, Id<Noun>& out) {
        if (const auto id = json_detail::read_id(in, v)) out = Id<Noun>(*id);
    }
    static void write(JsonWriting& out, Id<Noun> v) { out.string(v.text()); }
    static boost::json::value schema(JsonSchemas& s) { return json_detail::scalar_schema(s, "string", "id"); }
};
template <>
struct Json<boost::json::value> {
    static void read(JsonReading&, const boost::json::value& v, boost::json::value& out) { out = v; }
    static void write(JsonWriting& out, const boost::json::value& v) { out.value(v); }
    static boost::json::value schema(JsonSchemas& s) { return json_detail::scalar_schema(s, "", ""); }
};

template <class T>
struct Json<std::optional<T>> {
    static void read(JsonReading& in, const boost::json::value& v, std::optional<T>& out) {
        if (!v.is_null()) Json<T>::read(in, v, out.emplace());
    }
    static void read_text(JsonReading& in, std::span<const std::string_view> values,
                          std::optional<T>& out) requires requires {
        &Json<T>::read_text;
    }
    {
        if (values.size() == 1 && values.front().empty()) return;  // ?state= is no state
        Json<T>::read_text(in, values, out.emplace());
    }
    static void write(JsonWriting& out, const std::optional<T>& v) {
        v ? Json<T>::write(out, *v) : out.raw("null");
    }
    static boost::json::value schema(JsonSchemas& s) {
        return json_detail::nullable_schema(Json<T>::schema(s));
    }
};
template <class T>
struct Json<std::vector<T>> {
    static void read(JsonReading& in, const boost::json::value& v, std::vector<T>& out);
    static void read_text(JsonReading& in, std::span<const std::string_view> values,
                          std::vector<T>& out) requires requires {
        &Json<T>::read_text;
    }
    {
        for (const std::string_view& one : values) Json<T>::read_text(in, {&one, 1}, out.emplace_back());
    }
    static void write(JsonWriting& out, const std::vector<T>& v) {
        json_detail::write_list(out, &v, v.size(), [](JsonWriting& to, const void* list, std::size_t i) {
            Json<T>::write(to, (*static_cast<const std::vector<T>*>(list))[i]);
        });
    }
    static boost::json::value schema(JsonSchemas& s) { return json_detail::list_schema(Json<T>::schema(s)); }
};
template <class T, class L>
struct Json<std::map<std::string, T, L>> {
    static void read(JsonReading& in, const boost::json::value& v, std::map<std::string, T, L>& out);
    static void write(JsonWriting& out, const std::map<std::string, T, L>& v);
    static boost::json::value schema(JsonSchemas& s) { return json_detail::map_schema(Json<T>::schema(s)); }
};

}  // namespace lianxin::http

#include "http/json_calls.hpp"
