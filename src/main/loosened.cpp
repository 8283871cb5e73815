#include "main/loosened.hpp"

#include <algorithm>

#include "main/loosened_keys.hpp"
#include "main/loosened_steps.hpp"
#include "main/loosened_tables.hpp"
#include "pack/law.hpp"

namespace lianxin {
namespace {

using pack::Table;

// Of a kind of matter and its fields, ballots and notices.
constexpr KeptKey kind_keys[] = {
    {"", "answer_to", Keep::same},
    {"", "apart_from", Keep::kept},
    {"", "counted_from", Keep::kept},
    {"", "confidential", Keep::set},
    {"", "unlisted", Keep::words},
    {"", "late", Keep::kept},
    {"", "shows", Keep::words},
    {"fields.*", "type", Keep::same},
    {"fields.*", "min", Keep::least},
    {"fields.*", "told", Keep::set},
    {"fields.*", "personal", Keep::set},
    {"fields.*", "once", Keep::set},
    {"fields.*", "all", Keep::set},
    {"fields.*", "none", Keep::set},
    {"fields.*", "distinct", Keep::set},
    {"fields.*", "must_be_yes", Keep::set},
    {"fields.*", "together", Keep::set},
    {"fields.*", "at_most", Keep::kept},
    {"fields.*", "after", Keep::kept},
    {"fields.*", "unit_of", Keep::kept},
    {"fields.*", "one_of", Keep::kept},
    {"fields.*", "apart_from", Keep::kept},
    {"fields.*", "in_time_of", Keep::words},
    {"fields.*", "reach", Keep::kept},
    {"fields.*", "right", Keep::kept},
    {"fields.*", "lead", Keep::kept},
    {"fields.*", "who", Keep::kept},
    {"fields.*", "day", Keep::kept},
    {"fields.*", "within", Keep::no_longer},
    {"fields.*", "share", Keep::no_lower},
    {"fields.*", "sum_at_most", Keep::most},
    {"ballots.*", "quorum", Keep::no_lower},
    {"ballots.*", "majority", Keep::no_lower},
    {"ballots.*", "electorate", Keep::same},
    {"ballots.*", "secret", Keep::set},
    {"notices.*", "period", Keep::no_shorter},
    {"notices.*", "place", Keep::same},
    {"notices.*", "audience", Keep::same},
    {"notices.*", "objections", Keep::kept},
    {"notices.*", "blocks", Keep::words},
    {"notices.*", "shows", Keep::words},
    {"start", "guards", Keep::words},
    {"start", "concerns", Keep::words},
    {"start", "service_item", Keep::set},
    {"start", "anonymous", Keep::not_unset},
};

// Of the matter itself and of every kind of piece.
constexpr KeptKey machine_keys[] = {
    {"start", "effects", Keep::effects},    {"states.*", "clocks", Keep::words},
    {"states.*", "pauses", Keep::no_new},   {"states.*", "pause_cap", Keep::no_longer},
    {"states.*", "waits_for", Keep::same},  {"states.*", "counts_as", Keep::same},
    {"states.*", "end", Keep::same},        {"states.*", "published", Keep::set},
    {"states.*", "ballot", Keep::kept},     {"states.*", "notice", Keep::kept},
    {"states.*", "parts", Keep::kept},      {"clocks.*", "starts", Keep::same},
    {"clocks.*", "stops", Keep::no_new},    {"clocks.*", "met_by", Keep::same},
    {"clocks.*", "again", Keep::no_longer}, {"clocks.*", "extensions", Keep::no_more},
    {"clocks.*", "within", Keep::kept},     {"clocks.*", "extend_by", Keep::if_any_no_longer},
    {"clocks.*", "due", Keep::same},
};

// Of a kind that answers whoever asks: what was not public stays so.
constexpr KeptKey private_keys[] = {
    {"", "shows", Keep::no_new},
    {"notices.*", "shows", Keep::no_new},
    {"certificate", "shows", Keep::no_new},
    {"states.*", "published", Keep::same},
};

const Table* state_of(const Table& machine, std::string_view name) {
    const auto* states = table_of(machine, "states");
    return states == nullptr ? nullptr : table_of(*states, name);
}

// Time for whoever is waited for, time that the law gives at least, and time after which nothing can be said
// any more are no deadline of the office: the longer, the better for those outside.
bool is_theirs(const Table& machine, const std::string& clock, const Table& rule, const pack::Law& law) {
    constexpr std::string_view prefix = "law.";
    const auto named = word_of(rule, "law");
    const auto bound = named.starts_with(prefix) ? law.find(named.substr(prefix.size())) : law.end();
    if (bound != law.end() && bound->second.at_least) return true;
    const auto* actions = table_of(machine, "actions");
    const auto* due = actions == nullptr ? nullptr : table_of(*actions, word_of(rule, "due"));
    const auto* end = due == nullptr ? nullptr : state_of(machine, word_of(*due, "to"));
    if (end != nullptr && end->find("end") != nullptr) return true;
    bool waited_for = false;
    each_table(machine, machine, "states.*", "", [&](const Table& state, const Table&, const std::string&) {
        waited_for =
            waited_for || (state.find("waits_for") != nullptr && is_among(words_of(state, "clocks"), clock));
    });
    return waited_for;
}

bool is_needed(const Table& document, std::string_view field) {
    bool needed = false;
    for (const auto* pattern : {"start", "actions.*", "parts.*.actions.*"})
        each_table(document, document, pattern, "", [&](const Table& step, const Table&, const std::string&) {
            needed = needed || is_among(words_of(step, "needs"), field);
        });
    return needed;
}

class OfKind {
 public:
    OfKind(const Table& base, const Table& own, const pack::Law& law) : base_(base), own_(own), law_(law) {}

    Losses all() {
        hold_all(kind_keys, base_, own_, "", losses_);
        if (has_outsider({word_of(base_, "answer_to")})) hold_all(private_keys, base_, own_, "", losses_);
        hold_start();
        hold_exceptions();
        hold_ladder();
        hold_what_bounds(base_, own_, losses_);
        hold_machine(base_, own_, "");
        each_table(
            base_, own_, "parts.*", "",
            [&](const Table& was, const Table& is, const std::string& path) { hold_machine(was, is, path); });
        return std::move(losses_);
    }

 private:
    void lose(std::string path, std::string what) { losses_.push_back({std::move(path), std::move(what)}); }

    void hold_machine(const Table& base, const Table& own, const std::string& path) {
        hold_all(machine_keys, base, own, path, losses_);
        each_table(base, own, "clocks.*", path,
                   [&](const Table& was, const Table& is, const std::string& at) {
                       const auto clock = at.substr(at.rfind('.') + 1);
                       const bool theirs = is_theirs(base, clock, was, law_);
                       hold({"", "limit", theirs ? Keep::no_shorter : Keep::no_longer}, was, is, at, losses_);
                   });
        each_table(
            base, own, "states.*", path, [&](const Table& was, const Table& is, const std::string& at) {
                const auto before = words_of(was, "owner"), owner = words_of(is, "owner");
                if (!owner.empty() && owner.front() == "keep" && !before.empty() && before.front() != "keep")
                    lose(at + ".owner", "`" + at + "` stays with whoever has it");
            });
        hold_steps(base, own, path, losses_);
    }

    // What is asked of whoever begins it is a burden where that is a resident, and a safeguard elsewhere.
    void hold_start() {
        const auto* was = table_of(base_, "start");
        const auto* is = table_of(own_, "start");
        if (was == nullptr || is == nullptr) return;
        const auto who = words_of(*was, "who"), kept = words_of(*is, "who");
        if (!has_outsider(who)) hold({"", "needs", Keep::words}, *was, *is, "start", losses_);
        for (const auto& each : who)
            if (has_outsider({each}) && !is_among(kept, each))
                lose("start.who." + each, "it is no longer begun by `" + each + "`");
        const auto to = word_of(*is, "to");
        const auto* states = table_of(base_, "states");
        if (to != word_of(*was, "to") && states != nullptr && states->find(to) != nullptr)
            lose("start.to", "it begins in `" + to + "` and began in `" + word_of(*was, "to") + "`");
    }

    // A field that nothing asks for has no exceptions to widen.
    void hold_exceptions() {
        each_table(base_, own_, "fields.*", "",
                   [&](const Table& was, const Table& is, const std::string& path) {
                       if (is_needed(base_, path.substr(path.rfind('.') + 1)))
                           hold({"", "unless", Keep::no_new}, was, is, path, losses_);
                   });
    }

    // A county has rungs of its own; the highest stays in reach.
    void hold_ladder() {
        const auto* was = table_of(base_, "ladder");
        const auto* is = table_of(own_, "ladder");
        if (was == nullptr || is == nullptr) return;
        const auto rungs = words_of(*was, "rungs");
        if (!rungs.empty() && !is_among(words_of(*is, "rungs"), rungs.back()))
            lose("ladder.rungs." + rungs.back(), "the ladder does not lead up to `" + rungs.back() + "`");
    }

    const Table& base_;
    const Table& own_;
    const pack::Law& law_;
    Losses losses_;
};

}  // namespace

std::string Loosened::address() const {
    auto named = document.substr(0, document.rfind('.'));
    std::replace(named.begin(), named.end(), '/', '.');
    return path.empty() ? named : named + "." + path;
}

std::vector<Loosened> loosened(const pack::Pack& base, const pack::Pack& own) {
    std::vector<Loosened> all;
    const auto add = [&all](const std::string& document, Losses losses) {
        for (auto& loss : losses) all.push_back({document, std::move(loss.path), std::move(loss.what)});
    };
    pack::Findings said_elsewhere;
    const auto law = pack::read_law(base, said_elsewhere);
    for (const auto& path : base.documents_in("workflows"))
        if (const auto* document = own.document(path))
            add(path, OfKind(*base.document(path), *document, law).all());
    for (const auto& path : tables_of_rules()) add(path, hold_table(path, base, own));
    return all;
}

}  // namespace lianxin
