#include "main/check_versions.hpp"

#include <algorithm>

#include "base/bytes.hpp"
#include "matter/changeover.hpp"
#include "matter/matter_store.hpp"
#include "matter/workflow_pack.hpp"
#include "matter/workflow_store.hpp"

namespace lianxin {
namespace {

using matter::Misfit;
using matter::StateMove;

const char* sentence(Misfit misfit) {
    switch (misfit) {
        case Misfit::part_kind_is_gone:
            return "the new version has no such parts";
        case Misfit::state_is_gone:
            return "the new version has no such state";
        case Misfit::counts_otherwise:
            return "the move would close, reopen or end it";
        case Misfit::waits_otherwise:
            return "the two states wait for different ballots, notices or parts";
        case Misfit::asks_for_a_day:
            return "its deadline is a day that somebody has to name first";
        case Misfit::no_deadline:
            return "no deadline would run there";
        case Misfit::skips_a_step:
            return "it would go past a step that asks for something";
        case Misfit::owned_above:
            return "somebody above has it in hand";
    }
    return "";
}

std::string describe(const StateMove& move, std::int64_t standing) {
    std::string line = "  " + (move.machine.empty() ? "" : move.machine + ".") + move.state + ": " +
                       std::to_string(standing) + " under way, ";
    if (!move.misfit) return line + "can move\n";
    line += std::string("cannot move by name: ") + sentence(*move.misfit) + "; ";
    if (move.choices.empty()) return line + "no other state will do, let them end as they began\n";
    line += "choose one of";
    for (const std::string& choice : move.choices) line += " `" + choice + "`";
    return line + "\n";
}

std::string describe(store::Database& database, const matter::Workflow& from, const matter::Workflow* next) {
    const auto counted =
        database.read([&](store::Transaction& tx) { return matter::pieces_standing(tx, from.hash, {}); });
    if (counted.empty()) return {};
    std::string text = "`" + from.name + "` of version " + hex(from.hash).substr(0, 12) + ":\n";
    if (next == nullptr) return text + "  the pack has no such workflow: its matters end as they began\n";
    for (const StateMove& move : matter::state_moves(from, *next))
        if (const auto found = counted.find({move.machine, move.state}); found != counted.end())
            text += describe(move, found->second);
    return text;
}

}  // namespace

std::string describe_versions(store::Database& database, const std::vector<matter::WorkflowPtr>& next) {
    const auto stored = database.read([](store::Transaction& tx) { return matter::load_workflows(tx); });
    std::string text;
    for (const auto& version : stored) {
        const auto same = std::find_if(next.begin(), next.end(),
                                       [&](const auto& workflow) { return workflow->name == version.name; });
        if (same != next.end() && (*same)->hash == version.hash) continue;
        text += describe(database, matter::reread_workflow(version.body),
                         same == next.end() ? nullptr : same->get());
    }
    return text;
}

}  // namespace lianxin
