#include "matter/public_lines_service.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "matter/timeline_service.hpp"

namespace lianxin::matter {

void PublicLines::add(const Workflow& workflow, const std::vector<std::string>& declared,
                      const std::string& kept, const std::vector<std::string>& corrected) {
    boost::system::error_code error;
    const auto parsed = boost::json::parse(kept, error);
    const auto* shows = error ? nullptr : parsed.if_object();
    if (shows == nullptr) return;
    for (const std::string& what : declared) {
        const auto* value = shows->if_contains(what);
        if (value == nullptr) continue;
        const auto field = workflow.find_field(what);
        const FieldRule* of = field ? &rule_at(workflow.fields, *field) : nullptr;
        if (of != nullptr ? of->personal : !ballot_shown(what)) continue;
        lines.push_back(
            {what, *value, of, std::find(corrected.begin(), corrected.end(), what) != corrected.end()});
    }
}

void PublicLines::name_posts(store::Transaction& tx, Day today) {
    for (const PublicLine& line : lines) {
        const auto* value = line.value.if_object();
        const auto* posts = value == nullptr ? nullptr : value->if_contains("posts");
        if (line.rule == nullptr || posts == nullptr || !posts->is_array()) continue;
        for (const auto& each : posts->get_array()) {
            const auto id =
                each.is_string() ? PostId::parse(std::string_view(each.get_string())) : std::nullopt;
            if (!id) continue;
            if (auto named = named_post(tx, *id, today)) names[id->text()] = std::move(*named);
        }
    }
}

}  // namespace lianxin::matter
