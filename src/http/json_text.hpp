// http/json_text.hpp — what reading and writing JSON needs that does not depend on the type: compiled once,
// in json_text.cpp.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <typeinfo>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "http/message.hpp"

namespace lianxin::http {

using Faults = std::vector<FieldFault>;

// Where the reader stands, and what it found wrong on the way.
class JsonReading {
 public:
    // At the present place; `limit`: what is allowed there, where that can be said.
    void fault(std::string_view code, std::string limit = {});
    void enter(std::string_view key);  // RFC 6901 escapes
    void enter(std::size_t index);
    void leave();
    [[nodiscard]] Faults& faults() { return faults_; }

 private:
    std::string pointer_;
    Faults faults_;
};

class JsonWriting {
 public:
    explicit JsonWriting(Zone zone) : zone_(zone) {}
    void raw(std::string_view text) { text_ += text; }
    void string(std::string_view text);
    void integer(std::int64_t number);
    void number(double number);  // shortest exact; null when not finite
    void value(const boost::json::value& value);
    void instant(Instant at) { string(zone_.text(at)); }
    [[nodiscard]] std::string take() { return std::move(text_); }

 private:
    Zone zone_;
    std::string text_;
};

class JsonSchemas;  // http/json_schema.hpp
// One member of a described struct, its type erased, so that the loops over members are compiled once.
struct JsonMember {
    const char* name;
    bool may_be_absent;
    void (*read)(JsonReading&, const boost::json::value&, void* owner);
    void (*read_text)(JsonReading&, std::span<const std::string_view> values,
                      void* owner);  // null: not in a query
    void (*write)(JsonWriting&, const void* owner);
    boost::json::value (*schema)(JsonSchemas&);
};

namespace json_detail {
using boost::json::value;

void read_string(JsonReading&, const value&, std::string& out);
void read_bool(JsonReading&, const value&, bool& out);
void read_double(JsonReading&, const value&, double& out);
// Nothing and a fault that says the bounds unless it is a whole number within them.
std::optional<std::int64_t> read_integer(JsonReading&, const value&, std::int64_t low, std::int64_t high);
void read_instant(JsonReading&, const value&, Instant& out);
void read_day(JsonReading&, const value&, Day& out);
std::optional<std::int64_t> read_id(JsonReading&, const value&);
std::optional<std::size_t> read_name(JsonReading&, const value&, std::span<const char* const> names);
void read_object(JsonReading&, const value&, void* owner, std::span<const JsonMember>);
const boost::json::array* read_list(JsonReading&, const value&);
const boost::json::object* read_map(JsonReading&, const value&);
void write_object(JsonWriting&, const void* owner, std::span<const JsonMember>);
void write_list(JsonWriting&, const void* list, std::size_t size,
                void (*item)(JsonWriting&, const void*, std::size_t));
// Text of a query as the JSON scalar the type expects: "12" → 12, "true" → true, else a string.
enum class Scalar { text, integer, boolean, real };
value scalar_of(std::string_view text, Scalar scalar);
value scalar_schema(JsonSchemas&, std::string_view type, std::string_view format);
value bounded_schema(std::int64_t low, std::int64_t high);  // of a whole number
value nullable_schema(value of);
value list_schema(value of);
value map_schema(value of);
value names_schema(JsonSchemas&, const std::type_info&, std::span<const char* const> names);
value object_schema(JsonSchemas&, const std::type_info&, std::span<const JsonMember>);
// Names joined for a fault's limit.
[[nodiscard]] std::string listed(std::span<const char* const> names);
// The parsed text, or what is wrong with it: malformed, duplicate keys, bad UTF-8, NUL, too deep.
Result<value, Faults> parse_text(std::string_view text);
void read_query(JsonReading&, const std::multimap<std::string, std::string, std::less<>>& query, void* owner,
                std::span<const JsonMember>);

}  // namespace json_detail
}  // namespace lianxin::http
