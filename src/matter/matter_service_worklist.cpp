// The worklist: pages by territory or by post. Subjects are sealed, so they are opened after the page is
// known.
#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "access/policy.hpp"
#include "base/public_number.hpp"
#include "matter/intake_service.hpp"
#include "matter/numbering_service.hpp"
#include "matter/state_rows.hpp"
#include "matter/subject_service.hpp"
#include "place/place_store.hpp"

namespace lianxin::matter {

namespace {

using access::ActingPerson;

constexpr int largest_page = 200;

std::optional<WorkKey> parse_after(const std::string& text) {
    std::array<std::int64_t, 3> numbers{};
    const char* at = text.data();
    const char* const end = text.data() + text.size();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto [next, error] = std::from_chars(at, end, numbers[i]);
        if (error != std::errc{}) return {};
        const bool last = i + 1 == numbers.size();
        if (last ? next != end : (next == end || *next != '.')) return {};
        at = last ? next : next + 1;
    }
    return WorkKey{{numbers[0]}, MatterId(numbers[1]), static_cast<std::int32_t>(numbers[2])};
}

std::string after_text(const WorkKey& key) {
    return std::to_string(key.due.micros) + "." + key.matter.text() + "." + std::to_string(key.part);
}

// The names of the states that count as one of these phases in some workflow.
std::vector<std::string> states_of(const Workflows& workflows, CountsAs first, CountsAs last) {
    static constexpr std::array all{CountsAs::open, CountsAs::open_explained, CountsAs::closed,
                                    CountsAs::ended};
    std::vector<std::string> states;
    for (const CountsAs one : all) {
        if (one < first || one > last) continue;
        for (std::string& name : workflows.states_counting_as(one)) states.push_back(std::move(name));
        // What ended without an end of its own: pieces the matter went on without, matters merged into
        // another.
        if (one == CountsAs::ended) states.emplace_back(gone_state);
    }
    std::sort(states.begin(), states.end());
    states.erase(std::unique(states.begin(), states.end()), states.end());
    return states;
}

// What is under way, where nothing else is asked for.
WorkStates phases_of(const WorklistQuestion& question) {
    if (question.phase) return {{}, *question.phase, *question.phase};
    if (!question.states.empty() || question.include_closed) return {{}, CountsAs::open, CountsAs::ended};
    return {{}, CountsAs::open, CountsAs::open_explained};
}

// The states asked for, within the phase asked for; a state that no workflow has is a fault, not an empty
// page.
Result<WorkStates, FieldProblem> states_for(const Workflows& workflows, const WorklistQuestion& question) {
    const auto known = states_of(workflows, CountsAs::open, CountsAs::ended);
    for (const std::string& state : question.states) {
        if (std::binary_search(known.begin(), known.end(), state)) continue;
        std::string allowed;
        for (const std::string& one : known) allowed += (allowed.empty() ? "" : ", ") + one;
        return fail(FieldProblem{"state", "unknown_value", {}, std::move(allowed)});
    }
    WorkStates states = phases_of(question);
    states.names = states_of(workflows, states.first, states.last);
    if (question.states.empty()) return states;
    std::erase_if(states.names, [&](const std::string& state) {
        return std::find(question.states.begin(), question.states.end(), state) == question.states.end();
    });
    return states;
}

const char* phase_name(std::int32_t phase) {
    return name_of(static_cast<CountsAs>(phase));
}

// One page under way: what many rows share is looked up once.
class Page {
 public:
    Page(store::Transaction& tx, const County& county, const Surroundings& around, const ActingPerson& who,
         Instant now)
        : tx_(tx),
          around_(around),
          who_(who),
          now_(now),
          today_(county.zone.day_of(now)),
          posts_(tx, around.owners) {
        if (who.party) votes_ = votes_awaited(tx, *who.party);
    }

    // The ranges the person may list, or nothing where they may not.
    std::optional<std::vector<WorkRange>> ranges(const WorklistQuestion& question) {
        std::vector<WorkRange> found;
        if (question.mine) {
            for (const access::HeldPost& held : who_.posts)
                found.push_back({WorkRange::Of::owner, 0, held.post.value()});
            if (who_.party) found.push_back({WorkRange::Of::voter, 0, who_.party->value()});
            return found;
        }
        std::vector<PlaceId> tops = access::places_for(access::PlacePermission::list_matters, who_);
        if (question.place) {
            const auto lineage = place::load_lineage(tx_, *question.place, today_);
            if (!lineage) return {};
            if (!access::may_list_place(who_, lineage->path())) return {};
            tops = {*question.place};
        }
        // A unit's people have what their unit has, whoever of them holds the post.
        if (!question.place)
            for (const PostId post : party::posts_of_units(tx_, who_.posts))
                found.push_back({WorkRange::Of::owner, 0, post.value()});
        for (const PlaceId top : tops) {
            if (const auto place = place::load_place(tx_, top, today_))
                found.push_back({WorkRange::Of::level, place->level, top.value()});
        }
        return found;
    }

    // Complaints about somebody in whose line the reader stands are not there.
    bool hidden(const WorkRow& work) {
        const auto& sealed = work.sealed_line;
        if (!sealed)
            return confidential(work) && !who_.holds(work.owner) && !oversees() && !awaits_vote(work);
        for (const access::HeldPost& held : who_.posts) {
            if (held.post == *sealed) return true;
            const auto above = posts_.line_above(held.post);
            if (std::find(above.begin(), above.end(), *sealed) != above.end()) return true;
        }
        // Nor for whoever merely may read the place; only who owns it or oversees finds it.
        if (who_.holds(work.owner)) return false;
        return !who_.has_right(std::string(access::right::oversee));
    }

    WorklistRow shown(const WorkRow& work) {
        WorklistRow row;
        row.id = work.key.matter;
        row.part = work.key.part;
        row.number = work.number;
        row.workflow = work.workflow;
        row.subkind = work.subkind;
        row.category = work.category;
        row.category_name = category(work.category);
        row.place = work.place;
        row.place_name = place(work.place);
        row.machine = work.machine;
        row.state = work.state;
        row.phase = phase_name(work.phase);
        if (const auto rules = around_.workflows.by_hash(work.workflow_hash))
            row.tone = tone_in(*rules, work.machine, work.state);
        row.owner = work.owner;
        row.owner_title = owner(work.owner);
        if (work.key.due < far_future) row.due = work.key.due;
        const bool open = work.phase == static_cast<std::int32_t>(CountsAs::open);
        row.overdue = open && row.due && *row.due < now_;
        if (work.card > 0) row.card = name_of(static_cast<Card>(work.card));
        row.to_vote = awaits_vote(work);
        row.received_at = work.received_at;
        return row;
    }

 private:
    bool awaits_vote(const WorkRow& work) const {
        return work.key.part == 0 && std::binary_search(votes_.begin(), votes_.end(), work.key.matter);
    }
    bool confidential(const WorkRow& work) const {
        const auto workflow = around_.workflows.by_hash(work.workflow_hash);
        return workflow && workflow->confidential;
    }
    bool oversees() const {
        return who_.has_right(std::string(access::right::oversee)) ||
               who_.has_right(std::string(access::right::audit));
    }
    std::string category(const std::optional<CategoryId>& id) {
        if (!id) return {};
        if (!categories_) categories_ = around_.places.categories(tx_, today_);
        const auto* found = categories_->find(*id);
        return found == nullptr ? std::string() : found->name;
    }
    std::string place(PlaceId id) {
        const auto [known, fresh] = places_.try_emplace(id);
        if (fresh) {
            const auto found = place::load_place(tx_, id, today_);
            if (found) known->second = place::name_among_others(tx_, *found, today_);
        }
        return known->second;
    }
    std::string owner(PostId id) {
        const auto [known, fresh] = owners_.try_emplace(id);
        if (fresh) {
            if (const auto found = party::load_post_view(tx_, id, today_))
                known->second = found->post.kind + "@" +
                                (found->unit_name.empty() ? found->place_name : found->unit_name);
        }
        return known->second;
    }

    store::Transaction& tx_;
    const Surroundings& around_;
    const ActingPerson& who_;
    Instant now_;
    Day today_;
    party::OwnerResolver posts_;
    std::vector<MatterId> votes_;  // in order
    std::shared_ptr<const place::CategoryIndex> categories_;
    std::map<PlaceId, std::string> places_;
    std::map<PostId, std::string> owners_;
};

// Which rows of the list a page holds.
struct Asked {
    const std::vector<WorkRange>& ranges;
    const WorkStates& states;
    const std::optional<WorkKey>& after;
    std::optional<Instant> due_before;
    int limit;
};

// A whole number leads to its matter; the digits it begins with are looked for along the list.
std::vector<WorkKey> keys_of(store::Transaction& tx, const County& county, const WorklistQuestion& question,
                             const Asked& asked) {
    if (question.q.empty())
        return work_keys(tx, asked.ranges, asked.states, asked.after, asked.due_before, asked.limit);
    if (const auto number = PublicNumber::parse(question.q)) {
        const auto matter = matter_by_number(tx, county, *number);
        if (!matter) return {};
        return work_keys_of(tx, *matter, asked.ranges, asked.states, asked.after, asked.due_before,
                            asked.limit);
    }
    return work_keys_numbered(tx, question.q, asked.ranges, asked.states, asked.after, asked.due_before,
                              asked.limit);
}

}  // namespace

Result<WorklistPage, MatterRefusal> MatterService::worklist(County& county, const ActingPerson& who,
                                                            const WorklistQuestion& question) {
    if (who.kind != ActingPerson::Kind::staff)
        return fail(MatterRefusal{MatterRule::not_allowed, {}, {}, {}});
    const Instant now = county.clock.now();
    const int limit = std::clamp(question.limit, 1, largest_page);
    const auto states = states_for(around_.workflows, question);
    if (!states) return fail(MatterRefusal{MatterRule::invalid, {}, {states.error()}, {}});
    const auto due_before = question.overdue ? std::optional(now) : std::nullopt;
    std::optional<WorkKey> after;
    if (!question.after.empty()) {
        after = parse_after(question.after);
        if (!after) return fail(MatterRefusal{MatterRule::invalid, {}, {{"after", "malformed", 0, {}}}, {}});
    }
    std::vector<std::optional<journal::SealedEntry>> subjects;
    auto page = county.database.read([&](store::Transaction& tx) -> std::optional<WorklistPage> {
        Page view(tx, county, around_, who, now);
        const auto ranges = view.ranges(question);
        if (!ranges) return {};
        WorklistPage found;
        subjects.clear();
        std::optional<WorkKey> from = after;
        // Hidden rows leave gaps that the next keys fill; there are few, so the second round is rare.
        while (found.rows.size() < static_cast<std::size_t>(limit)) {
            const auto keys = keys_of(tx, county, question, {*ranges, *states, from, due_before, limit + 1});
            const bool more = keys.size() > static_cast<std::size_t>(limit);
            const auto works = work_rows(tx, keys);
            for (const WorkRow& work : works) announce_subject(tx, work);
            for (const WorkRow& work : works) {
                if (found.rows.size() == static_cast<std::size_t>(limit)) {
                    found.next = after_text(*from);
                    return found;
                }
                from = work.key;
                if (view.hidden(work)) continue;
                found.rows.push_back(view.shown(work));
                subjects.push_back(load_subject(tx, work));
            }
            if (!more) break;
        }
        return found;
    });
    if (!page) return fail(MatterRefusal{});
    for (std::size_t i = 0; i < page->rows.size(); ++i)
        page->rows[i].subject = subject_of(county.keys, subjects[i]);
    return std::move(*page);
}

}  // namespace lianxin::matter
