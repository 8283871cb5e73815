// http/json_schema.hpp — the JSON Schema (2020-12, as OpenAPI 3.1 uses it) of described types, made from the
// same description the reader and writer use. Named types are collected as components and referred to.
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <string>

#include "http/json.hpp"

namespace lianxin::http {

class JsonSchemas {
 public:
    // What comes in may leave members out that always stand in what goes out: two schemas of one type.
    enum class Direction { in, out };

    template <class T>
    [[nodiscard]] boost::json::value of(Direction direction) {
        direction_ = direction;
        return Json<T>::schema(*this);
    }
    [[nodiscard]] const boost::json::object& components() const { return components_; }
    [[nodiscard]] Direction direction() const { return direction_; }

    // The name a type has among the components; `fresh` when its schema is still to be put there. The second
    // to claim a short name gets its namespace in front, the second direction of a type a suffix.
    struct Named {
        std::string name;
        bool fresh;
    };
    [[nodiscard]] Named name_of(const std::type_info& type, bool by_direction);
    void put(const std::string& name, boost::json::value schema) { components_[name] = std::move(schema); }

 private:
    Direction direction_ = Direction::out;
    boost::json::object components_;
    std::map<std::string, std::string> names_;  // mangled type (and direction) → component
};

// A schema that stands alone: its components under $defs.
template <class T>
[[nodiscard]] boost::json::value schema(JsonSchemas::Direction direction = JsonSchemas::Direction::in);
[[nodiscard]] boost::json::value with_definitions(boost::json::value root, const JsonSchemas& schemas);

template <class T>
boost::json::value schema(JsonSchemas::Direction direction) {
    JsonSchemas schemas;
    boost::json::value root = schemas.of<T>(direction);
    return with_definitions(std::move(root), schemas);
}

}  // namespace lianxin::http
