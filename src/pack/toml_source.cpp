// The only file that knows the TOML library: text to the tree of value.hpp.
#include <toml++/toml.h>
#include <algorithm>

#include "pack/value.hpp"

namespace lianxin::pack {
namespace {

using FileName = std::shared_ptr<const std::string>;

Position position(const toml::source_region& region, const FileName& file) {
    return {file, region.begin.line, region.begin.column};
}

class Importer {
 public:
    Importer(FileName file, Findings& findings) : file_(std::move(file)), findings_(findings) {}

    Table table(const toml::table& source) const {
        Table result{position(source.source(), file_), {}};
        for (const auto& [key, node] : source) {
            auto converted = value(node);
            if (!converted) continue;
            const auto at = position(key.source(), file_);
            // The header of a table that only holds tables ([a.b] without [a]) stands where its first member
            // does.
            result.members.push_back({std::string(key.str()), at, std::move(*converted)});
        }
        std::sort(result.members.begin(), result.members.end(),
                  [](const Member& a, const Member& b) { return a.at.before(b.at); });
        return result;
    }

 private:
    std::optional<Value> value(const toml::node& node) const {
        const auto at = position(node.source(), file_);
        if (const auto* text = node.as_string()) return Value{at, text->get()};
        if (const auto* number = node.as_integer()) return Value{at, std::int64_t{number->get()}};
        if (const auto* real = node.as_floating_point()) return Value{at, real->get()};
        if (const auto* flag = node.as_boolean()) return Value{at, flag->get()};
        if (const auto* date = node.as_date()) return day(at, date->get());
        if (const auto* array = node.as_array()) {
            List list;
            for (const auto& element : *array)
                if (auto converted = value(element)) list.push_back(std::move(*converted));
            return Value{at, std::move(list)};
        }
        if (const auto* inner = node.as_table()) return Value{at, table(*inner)};
        findings_.error(at, "unsupported_value", "a time of day is not used in packs",
                        "write it as a text, or use a date (2024-05-06)");
        return {};
    }

    std::optional<Value> day(const Position& at, const toml::date& date) const {
        return Value{at, Day::of(date.year, date.month, date.day)};
    }

    FileName file_;
    Findings& findings_;
};

}  // namespace

Table parse_toml(std::string_view text, std::string_view file_name, Findings& findings) {
    const auto file = std::make_shared<const std::string>(file_name);
    try {
        const toml::table parsed = toml::parse(text);
        Table table = Importer(file, findings).table(parsed);
        table.at = {file, 1, 1};
        return table;
    } catch (const toml::parse_error& error) {  // the library's shared build knows no other way
        findings.error(position(error.source(), file), "toml_syntax", std::string(error.description()),
                       "correct the line; the format is TOML 1.0");
    }
    return {Position{file, 0, 0}, {}};
}

}  // namespace lianxin::pack
