#include "matter/filled_in_service.hpp"

#include <algorithm>
#include <iterator>

#include "matter/attachment_service.hpp"
#include "matter/intake_service.hpp"

namespace lianxin::matter {

namespace {

constexpr std::size_t most_attachments_per_matter = 200;

// How many files this action may bring: its own limit, or what the matter has left of its own.
std::size_t most_attachments_now(store::Transaction& tx, MatterId matter, std::size_t asked) {
    if (asked == 0) return 0;
    const std::size_t kept = attachments_of(tx, matter).size();
    const std::size_t left = kept < most_attachments_per_matter ? most_attachments_per_matter - kept : 0;
    return std::min(most_attachments_per_action, left);
}

}  // namespace

std::vector<FieldProblem> faults_beside(const Workflow& terms, const FormReading& reading,
                                        const std::vector<FieldIndex>& needs,
                                        const std::vector<FieldIndex>& accepts, Day today) {
    const auto judged = [&](FieldIndex field) {
        const FieldRule& rule = rule_at(terms.fields, field);
        const bool unread =
            std::any_of(reading.faults.begin(), reading.faults.end(),
                        [&](const FormReading::Fault& fault) { return fault.field == rule.name; });
        return !unread && rule.unless.empty() && rule.list_source.empty() && !rule.bound;
    };
    std::vector<FieldIndex> needed, accepted;
    std::copy_if(needs.begin(), needs.end(), std::back_inserter(needed), judged);
    std::copy_if(accepts.begin(), accepts.end(), std::back_inserter(accepted), judged);
    Form form;
    for (const Form::Entry& entry : reading.form.entries())
        if (judged(entry.field)) form.set(entry.field, entry.value);
    Refusal incomplete{ActRefusal::form_incomplete, {}, {}};
    incomplete.faults = check_form({terms.fields, terms.lists, {}, today}, form, needed, accepted, {});
    return refusal_of(terms, incomplete).faults;
}

Result<Form, MatterRefusal> read_filled_in(
    store::Transaction& tx, MatterId matter, const Workflow& terms, const boost::json::object& fields,
    std::function<std::vector<std::string>(FieldIndex)> listed,
    const std::function<std::vector<FieldProblem>(const FormReading&)>& beside) {
    std::vector<FieldProblem> faults;
    std::size_t files = 0;
    FormHints hints;
    hints.listed = std::move(listed);
    // Every upload named must be there; whether it is a photo is known from its bytes.
    hints.kind_of = [&](std::int64_t id) {
        if (++files > most_attachments_per_action) return FileKind::any;  // refused as too many
        const auto upload = load_upload(tx, id);
        if (!upload) {
            faults.push_back({"uploads", "upload_unknown", {}, std::to_string(id)});
            return FileKind::any;
        }
        return upload->type.starts_with("image/") ? FileKind::photo : FileKind::any;
    };
    FormReading reading = read_form(terms, fields, hints);
    for (const auto& fault : reading.faults) faults.push_back({"fields." + fault.field, fault.code, {}, {}});
    if (const auto most = most_attachments_now(tx, matter, files); files > most)
        faults.push_back({"uploads", "too_many", static_cast<std::int64_t>(most), {}});
    if (!faults.empty()) {
        if (beside)
            for (auto& fault : beside(reading)) faults.push_back(std::move(fault));
        return fail(MatterRefusal{MatterRule::invalid, {}, std::move(faults), {}});
    }
    return std::move(reading.form);
}

}  // namespace lianxin::matter
