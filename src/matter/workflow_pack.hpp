// matter/workflow_pack.hpp — workflows from a pack's TOML: read, resolved and proved, with every finding at
// once. The canonical text a workflow is stored by is TOML again, so that a matter begun years ago is read by
// the same code as today's.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "matter/draw.hpp"
#include "matter/prover.hpp"
#include "matter/workflow.hpp"
#include "pack/law.hpp"
#include "pack/pack.hpp"
#include "pack/words.hpp"
#include "party/party_pack.hpp"

namespace lianxin::matter {

// workflows/*.toml of the pack, each proved at every place of the territory that the pack opens: a workflow
// with an error among its findings is left out. `today`: on which day schedules are judged by their end.
[[nodiscard]] std::vector<std::shared_ptr<const Workflow>> read_workflows(const pack::Pack& pack,
                                                                          const place::PlacesPlan& places,
                                                                          const party::PostsPlan& posts,
                                                                          pack::Findings& findings,
                                                                          std::optional<Day> today = {});

// The same of a base pack, which opens no territory: owners are taken on trust, and proved at every place by
// the packs that build on it.
[[nodiscard]] std::vector<std::shared_ptr<const Workflow>> read_workflows_on_trust(
    const pack::Pack& pack, pack::Findings& findings, std::optional<Day> today = {});

// What other files may name. Of a kind that was not proved it is not known what it would have had.
struct DeclaredKinds {
    std::set<std::string> proved;  // NAME and NAME/SUBKIND
    std::set<std::string> unproved;
    [[nodiscard]] bool lack(const std::string& kind) const;
};
[[nodiscard]] DeclaredKinds declared_kinds(const pack::Pack& pack,
                                           const std::vector<std::shared_ptr<const Workflow>>& proved);

// One document without its pack's offices: names resolved, nothing proved. Nothing when there were errors.
[[nodiscard]] std::optional<Workflow> read_workflow(const pack::Table& document, std::string_view name,
                                                    pack::Findings& findings);

// A workflow as it was stored. The body was made by `canonical_text`; one that does not read any more is a
// fault.
[[nodiscard]] Workflow reread_workflow(std::string_view body);

// The document in one form: comments, spacing and inheritance gone, order kept.
[[nodiscard]] std::string canonical_text(const pack::Table& document);

// The workflow on one sheet, in one language (draw.hpp); with `notes` what use has shown of each state.
struct WorkflowDrawing {
    std::string svg;
    std::string mermaid;
};
[[nodiscard]] WorkflowDrawing draw_workflow(const Workflow& workflow, const pack::Words& words,
                                            std::string_view language,
                                            decltype(DrawingWords::notes) notes = {});

// What the law of a pack asks, and what it binds, as the prover wants it.
[[nodiscard]] std::optional<LawBound> law_bound(const pack::Law& law, std::string_view name);
[[nodiscard]] std::vector<LawBinding> law_bindings(const pack::Law& law);

// Asks for every word people see of it, in every language.
void expect_words(const Workflow& workflow, const pack::Words& words, pack::Findings& findings);

}  // namespace lianxin::matter
