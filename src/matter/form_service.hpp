// matter/form_service.hpp — forms at the door: JSON into typed values and back, and the JSON Schema a page
// draws a form from. The shape of each type's JSON stands in its schema and nowhere else.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "matter/form.hpp"
#include "matter/workflow.hpp"

namespace lianxin::matter {

struct FormReading {
    struct Fault {
        std::string field;
        std::string code;  // unknown_field, wrong_type
    };
    Form form;
    std::vector<Fault> faults;
};
// `photo` says whether an upload is a photo (looked up before); items of a checklist that are not of `listed`
// are in words.
struct FormHints {
    std::function<FileKind(std::int64_t upload)> kind_of = [](std::int64_t) { return FileKind::any; };
    std::function<std::vector<std::string>(FieldIndex)> listed = [](FieldIndex) {
        return std::vector<std::string>();
    };
    struct Receiver {
        PostId post;
        std::string called;  // "head@枫林组"
        std::string hint;    // where, and who holds it
    };
    // Whom a field that says of which posts may name; nothing: whoever there is.
    std::function<std::optional<std::vector<Receiver>>(FieldIndex)> receivers = [](FieldIndex) {
        return std::optional<std::vector<Receiver>>();
    };
    // What a field was filled in with so far, where another has to be one of it: row names, or the unit.
    std::function<std::vector<std::string>(FieldIndex)> names = [](FieldIndex) {
        return std::vector<std::string>();
    };
    // Places of the matter's own path where whoever fills it in may look for people; nothing: nobody knows.
    std::optional<std::vector<PlaceId>> searched = {};
};
[[nodiscard]] FormReading read_form(const Workflow& workflow, const boost::json::object& fields,
                                    const FormHints& hints);
// What stands in an entry, and in a timeline.
[[nodiscard]] boost::json::value value_json(const FieldRule& rule, const FieldValue& value);

[[nodiscard]] boost::json::value form_schema(const Workflow& workflow, const std::vector<FieldIndex>& needs,
                                             const std::vector<FieldIndex>& accepts,
                                             const std::vector<FieldIndex>& waived, const FormHints& hints);

}  // namespace lianxin::matter
