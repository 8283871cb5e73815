#include "matter/workflow_pack.hpp"

#include <algorithm>
#include <set>

#include "base/crypto.hpp"
#include "matter/territory_pack.hpp"
#include "matter/workflow_pack_reading.hpp"

namespace lianxin::matter {
namespace {

constexpr std::string_view folder = "workflows";

std::string name_of_file(std::string_view path) {
    const auto slash = path.rfind('/');
    const auto name = path.substr(slash == std::string_view::npos ? 0 : slash + 1);
    return std::string(name.substr(0, name.rfind('.')));
}

pack::Position position_of(const Mark& mark) {
    return {mark.file, mark.line, mark.column};
}

ProofBasis basis_of(const OwnerResolver* owners, const pack::Law& law,
                    const std::map<std::string, Workflow, std::less<>>& workflows) {
    ProofBasis basis;
    basis.owners = owners;
    basis.law = [&law](std::string_view name) -> std::optional<LawBound> { return law_bound(law, name); };
    basis.bindings = law_bindings(law);
    basis.workflow = [&workflows](std::string_view name) -> const Workflow* {
        const auto found = workflows.find(name);
        return found == workflows.end() ? nullptr : &found->second;
    };
    basis.all = [&workflows] {
        std::vector<const Workflow*> all;
        for (const auto& [name, workflow] : workflows) all.push_back(&workflow);
        return all;
    };
    return basis;
}

// A kind that the pack leaves out is not there to be bound.
void bound_kinds_are_there(const pack::Pack& pack, const pack::Law& law, pack::Findings& findings) {
    const auto& without = pack.manifest().without;
    for (const auto& [name, bound] : law)
        for (const auto& binding : bound.binds) {
            const auto path = std::string(folder) + "/" + binding.kind + ".toml";
            if (binding.kind == "*" || pack.document(path) != nullptr ||
                std::find(without.begin(), without.end(), path) != without.end())
                continue;
            findings.error(binding.at, "law_binds_no_kind",
                           "`" + name + "` binds `" + binding.kind + "`, which is no kind of matter",
                           "name a workflow of the pack, or `*` for every kind that has it");
        }
}

void shares_are_shares(const pack::Law& law, pack::Findings& findings) {
    for (const auto& [name, bound] : law)
        for (const auto* share : {&bound.quorum, &bound.majority})
            if (!share->empty() && !parse_share(*share))
                findings.error(bound.at, "law_share_is_malformed",
                               "`" + name + "` asks for `" + *share + "`, which is no share of a vote",
                               "write for example \"2/3 of electorate\" or \"more than 1/2 of present\"");
}

std::vector<std::shared_ptr<const Workflow>> read_and_prove(const pack::Pack& pack,
                                                            const OwnerResolver* owners,
                                                            pack::Findings& findings,
                                                            std::optional<Day> today) {
    std::map<std::string, Workflow, std::less<>> workflows;
    std::set<std::string, std::less<>> unread;
    pack::Findings law_findings;  // reported by whoever reads the law for itself
    const auto law = pack::read_law(pack, law_findings);
    bound_kinds_are_there(pack, law, findings);
    shares_are_shares(law, findings);
    for (const auto& path : pack.documents_in(folder)) {
        const auto name = name_of_file(path);
        if (auto workflow = read_workflow(*pack.document(path), name, findings))
            workflows.emplace(name, std::move(*workflow));
        else
            unread.insert(name);
    }
    auto basis = basis_of(owners, law, workflows);
    basis.unread = [&unread](std::string_view name) { return unread.contains(name); };
    basis.today = today;
    std::vector<std::shared_ptr<const Workflow>> proved;
    for (const auto& [name, workflow] : workflows) {
        bool sound = true;
        for (const auto& fault : prove(workflow, basis)) {
            sound = sound && !fault.error;
            if (fault.error)
                findings.error(position_of(fault.at), fault.code, fault.message, fault.remedy);
            else
                findings.warning(position_of(fault.at), fault.code, fault.message, fault.remedy);
        }
        if (sound) proved.push_back(std::make_shared<const Workflow>(workflow));
    }
    return proved;
}

}  // namespace

std::optional<LawBound> law_bound(const pack::Law& law, std::string_view name) {
    const auto found = law.find(name);
    if (found == law.end()) return {};
    const auto& bound = found->second;
    return LawBound{bound.at_least, bound.at_most, parse_share(bound.quorum), parse_share(bound.majority)};
}

std::vector<LawBinding> law_bindings(const pack::Law& law) {
    std::vector<LawBinding> all;
    for (const auto& [name, bound] : law)
        for (const auto& binding : bound.binds) {
            const auto of = binding.of == pack::Binding::Of::clock       ? LawBinding::Of::clock
                            : binding.of == pack::Binding::Of::extension ? LawBinding::Of::extension
                            : binding.of == pack::Binding::Of::apart     ? LawBinding::Of::apart
                            : binding.of == pack::Binding::Of::ballot    ? LawBinding::Of::ballot
                                                                         : LawBinding::Of::notice;
            all.push_back({name, binding.kind, of, binding.name});
        }
    return all;
}

DeclaredKinds declared_kinds(const pack::Pack& pack,
                             const std::vector<std::shared_ptr<const Workflow>>& proved) {
    DeclaredKinds kinds;
    for (const auto& path : pack.documents_in(folder)) kinds.unproved.insert(name_of_file(path));
    for (const auto& workflow : proved) {
        kinds.unproved.erase(workflow->name);
        kinds.proved.insert(workflow->name);
        for (const auto& subkind : workflow->subkinds) kinds.proved.insert(workflow->name + "/" + subkind);
    }
    return kinds;
}

bool DeclaredKinds::lack(const std::string& kind) const {
    return !proved.contains(kind) && !unproved.contains(kind.substr(0, kind.find('/')));
}

std::optional<Workflow> read_workflow(const pack::Table& document, std::string_view name,
                                      pack::Findings& findings) {
    pack::Findings own;
    auto workflow = WorkflowReading(document, name, own).read();
    findings.add(own);
    if (own.has_errors()) return {};
    workflow.body = canonical_text(document);
    workflow.hash = sha256(as_bytes(workflow.body));
    return workflow;
}

Workflow reread_workflow(std::string_view body) {
    pack::Findings findings;
    const auto document = pack::parse_toml(body, "stored workflow", findings);
    const auto* member = document.find("name");
    const auto* name = member == nullptr ? nullptr : std::get_if<std::string>(&member->value.data);
    auto workflow = name == nullptr ? std::nullopt : read_workflow(document, *name, findings);
    if (!workflow) throw Fault("a stored workflow does not read any more");
    return std::move(*workflow);
}

std::vector<std::shared_ptr<const Workflow>> read_workflows(const pack::Pack& pack,
                                                            const place::PlacesPlan& places,
                                                            const party::PostsPlan& posts,
                                                            pack::Findings& findings,
                                                            std::optional<Day> today) {
    const Territory owners(places, posts);
    return read_and_prove(pack, &owners, findings, today);
}

std::vector<std::shared_ptr<const Workflow>> read_workflows_on_trust(const pack::Pack& pack,
                                                                     pack::Findings& findings,
                                                                     std::optional<Day> today) {
    return read_and_prove(pack, nullptr, findings, today);
}

void expect_words(const Workflow& workflow, const pack::Words& words, pack::Findings& findings) {
    const auto own = "workflow." + workflow.name + ".";
    const auto expect = [&](const std::string& sort, const std::string& name, const Mark& at) {
        if (!words.has(own + sort + "." + name)) words.expect(sort + "." + name, position_of(at), findings);
    };
    words.expect(own + "title", position_of(workflow.at), findings);
    for (const auto& subkind : workflow.subkinds) expect("subkind", subkind, workflow.at);
    for (const auto& field : workflow.fields) {
        expect("field", field.name, field.at);
        for (const auto& choice : field.choices) expect("choice", choice, field.at);
        for (const auto& unit : field.units) expect("unit", unit, field.at);
        for (const auto& column : field.columns) expect("column", column.name, field.at);
    }
    for (const auto& list : workflow.lists)
        for (const auto& item : list.items) expect("criterion", item, list.at);
    for (const auto& ballot : workflow.ballots) expect("ballot", ballot.name, ballot.at);
    for (const auto& notice : workflow.notices) expect("notice.kind", notice.name, notice.at);
    if (const auto confers = workflow.confers(); !confers.empty())
        for (const auto* word : {"title", "body"}) expect("certificate", word, confers.front());
    for (const auto& clock : workflow.clocks) expect("clock", clock.name, clock.at);
    for (const auto& machine : workflow.machines) {
        if (!machine.name.empty()) expect("part", machine.name, machine.start.at);
        for (const auto& state : machine.states) expect("state", state.name, state.at);
        for (const auto& action : machine.actions) expect("action", action.name, action.at);
    }
}

}  // namespace lianxin::matter
