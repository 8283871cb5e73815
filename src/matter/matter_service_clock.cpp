// Clocks that ran out act by themselves: each is an action of the engine, decided and committed like
// anybody's.
#include <algorithm>
#include <set>

#include "matter/change_store.hpp"
#include "matter/intake_service.hpp"
#include "matter/matter_store.hpp"
#include "matter/numbering_service.hpp"
#include "place/place_service.hpp"

namespace lianxin::matter {

namespace {

// The matter's first due clock acts; false when nothing was due any more (another process was faster).
Result<bool, Refusal> let_one_act(County& county, const Surroundings& around, MatterId id, Instant now,
                                  Plan& plan) {
    return county.database.read([&](store::Transaction& tx) -> Result<bool, Refusal> {
        Planner planner(tx, county, around, now);
        Standing* matter = planner.standing(id);
        if (matter == nullptr) return false;
        const auto due = actions_due(*matter->workflow, matter->state, now);
        std::optional<Refusal> refused;
        for (const Action& action : due) {
            Meant meant;
            meant.action = action;
            meant.happened_at = now;
            if (auto done = planner.act(*matter, Planner::engine(), meant); !done) {
                refused = done.error();
                continue;  // the next one may still be possible
            }
            plan = std::move(planner.plan());
            return true;
        }
        if (refused) return fail(*refused);
        return false;
    });
}

constexpr int page_of_matters = 500;

// Plans and commits until nobody else has changed the matter meanwhile; whether there was anything to change.
template <class Change>
bool change_by_engine(County& county, const Surroundings& around, MatterId id, Change change) {
    constexpr int attempts = 5;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        Plan plan;
        const bool changed = county.database.read([&](store::Transaction& tx) {
            Planner planner(tx, county, around, county.clock.now());
            Standing* matter = planner.standing(id);
            if (matter == nullptr || !change(planner, *matter)) return false;
            plan = std::move(planner.plan());
            return true;
        });
        if (!changed) return false;
        if (commit(county, plan)) return true;
    }
    return false;
}

}  // namespace

int MatterService::run_due_clocks(County& county, Instant now, int limit) {
    around_.serials.reserve(county, county.zone.day_of(now).year(), 64);
    int acted = 0;
    std::set<MatterId> stuck;
    while (acted < limit) {
        const auto due = county.database.read([&](store::Transaction& tx) {
            return due_clocks(tx, now, limit - acted + static_cast<int>(stuck.size()));
        });
        int moved = 0;
        std::set<MatterId> seen;
        for (const DueClock& clock : due) {
            if (acted == limit) break;
            if (stuck.contains(clock.matter) || !seen.insert(clock.matter).second) continue;
            around_.serials.reserve(county, county.zone.day_of(now).year(), 8);
            Plan plan;
            const auto planned = let_one_act(county, around_, clock.matter, now, plan);
            if (!planned) {
                // What is not possible now may be later (a post is filled again): not every round, but every
                // hour.
                county.database.write([&](store::Transaction& tx) {
                    postpone_clocks(tx, clock.matter, now, now + std::chrono::hours(1));
                });
                stuck.insert(clock.matter);
                continue;
            }
            if (!*planned) {
                stuck.insert(clock.matter);
                continue;
            }
            const auto committed = commit(county, plan);
            if (committed) {
                ++acted;
                ++moved;
            } else if (committed.error() != CommitRefusal::changed_meanwhile) {
                stuck.insert(clock.matter);
            }
        }
        if (moved == 0) break;
    }
    return acted;
}

int MatterService::recount_deadlines(County& county) {
    int moved = 0;
    MatterId after;
    for (;;) {
        const auto page = county.database.read([&](store::Transaction& tx) {
            return matters_counted_otherwise(tx, county.calendar.version(), after, page_of_matters);
        });
        if (page.empty()) return moved;
        after = page.back();
        for (const MatterId id : page) {
            moved += change_by_engine(county, around_, id, [](Planner& planner, Standing& matter) {
                return planner.recount(matter);
            });
        }
    }
}

int MatterService::follow_tree(County& county) {
    const Day today = place::today(county);
    const auto [tree, followed] = county.database.read(
        [](store::Transaction& tx) { return std::pair(place::tree_version(tx), followed_tree(tx)); });
    if (tree == followed) return 0;
    int moved = 0;
    MatterId after;
    for (;;) {
        const auto page = county.database.read(
            [&](store::Transaction& tx) { return matters_left_behind(tx, today, after, page_of_matters); });
        if (page.empty()) break;
        after = page.back();
        for (const MatterId id : page) {
            moved += change_by_engine(county, around_, id, [](Planner& planner, Standing& matter) {
                return planner.follow_tree(matter);
            });
        }
    }
    county.database.write([&, tree = tree](store::Transaction& tx) { note_followed_tree(tx, tree); });
    return moved;
}

void MatterService::rebuild(County& county, MatterId id) {
    const auto entries =
        journal::read_chain(county.database, {"matter", id.value()}, county.keys, 0, 1'000'000);
    county.database.write([&](store::Transaction& tx) {
        lock_matter(tx, id);
        forget_projection(tx, id);
        for (const journal::Entry& entry : entries) {
            const auto text = entry.field("change");
            if (!text) continue;
            Change change = decode_change(*text);
            if (change.opened) change.opened->matter.serial = serial_of(county, change.opened->matter.number);
            const bool saved = save_change(tx, id, entry.header.seq, entry.header.recorded_at, change);
            require(saved, "the entries of a chain follow one another");
        }
    });
}

}  // namespace lianxin::matter
