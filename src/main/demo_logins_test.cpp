// Whoever opens a pack can walk every kind of matter it has from the first step to the last: whatever post a
// workflow asks for, somebody on the demo's line holds one and can sign in, and so can enough of those who
// vote.
#include <gtest/gtest.h>

#include <algorithm>

#include "main/demo_cast.hpp"
#include "main/demo_played_test.hpp"
#include "party/party_pack.hpp"
#include "party/party_store.hpp"

namespace lianxin::demo {
namespace {

// A post that somebody with a login holds, by where it sits.
struct Held {
    std::string kind;
    bool leads = false;
    std::vector<std::string> seats;  // the kind of its place, and of its unit or station
};

class Doors {
 public:
    explicit Doors(const std::string& pack)
        : played_(pack, pack), county_(played_.home->county_at(played_.clock)) {
        pack::Findings findings;
        const auto plan = party::read_county_plan(played_.home->pack(), played_.town->words(), findings);
        county_.database.read([&](store::Transaction& tx) {
            for (const store::Row row : tx.query("select party from account order by id"))
                parties_.push_back(row.get<PartyId>(0));
            for (const PartyId party : parties_)
                for (const auto& post : party::held_posts(tx, party, day()))
                    held_.push_back(as_held(tx, post, plan));
        });
        bottom_ = county_.database.read([&](store::Transaction& tx) {
            return party::held_posts(tx, parties_.front(), day()).front().place;
        });
    }
    [[nodiscard]] Day day() const { return county_.zone.day_of(county_.clock.now()); }
    [[nodiscard]] const Played& played() const { return played_; }

    // Whether the selector finds anybody at all where the demo's line begins.
    [[nodiscard]] bool finds(const matter::OwnerSelector& selector) {
        return Cast(county_, played_.town->owners(), story_)
            .post(matter::selector_text(selector, ""), bottom_)
            .has_value();
    }
    [[nodiscard]] bool opens(const matter::OwnerSelector& selector) const {
        return std::any_of(held_.begin(), held_.end(), [&](const Held& post) {
            const bool sits = selector.level == "household" || std::find(post.seats.begin(), post.seats.end(),
                                                                         selector.level) != post.seats.end();
            return sits &&
                   (post.kind == selector.post_kind || (selector.post_kind == "leader" && post.leads));
        });
    }
    [[nodiscard]] bool carries(const matter::BallotRule& ballot) {
        const std::string selector = ballot.electorate.post_kind + "@" + ballot.electorate.level;
        const auto voters = Cast(county_, played_.town->owners(), story_).electorate(selector, bottom_);
        const auto ready = std::count_if(voters.begin(), voters.end(), [&](const Cast::Seat& voter) {
            return std::find(parties_.begin(), parties_.end(), voter.party) != parties_.end();
        });
        return !voters.empty() && ballot.quorum.reached(ready, static_cast<std::int64_t>(voters.size()));
    }

 private:
    Held as_held(store::Transaction& tx, const access::HeldPost& today, const party::CountyPlan& plan) const {
        Held post{today.kind, false, {}};
        const auto* kind = plan.posts.kinds.find(today.kind);
        post.leads = kind != nullptr && kind->leader;
        const auto row = party::load_post(tx, today.post);
        if (const auto place = place::load_place(tx, today.place, day())) post.seats.push_back(place->kind);
        if (today.unit)
            if (const auto unit = party::load_party(tx, *today.unit)) post.seats.push_back(unit->unit_kind);
        if (row && row->station)
            if (const auto station = place::load_station(tx, *row->station))
                post.seats.push_back(station->kind);
        return post;
    }

    Played played_;
    County county_;
    const Story story_;
    std::vector<PartyId> parties_;
    std::vector<Held> held_;
    PlaceId bottom_;
};

// Every KIND@LEVEL that a workflow names.
std::vector<matter::OwnerSelector> asked_for(const matter::Workflow& workflow) {
    std::vector<matter::OwnerSelector> all = workflow.ladder;
    const auto add_who = [&](const std::vector<matter::WhoRule>& who) {
        for (const auto& one : who)
            if (one.kind == matter::WhoRule::Kind::post) all.push_back(one.post);
    };
    for (const auto& machine : workflow.machines) {
        for (const auto& state : machine.states)
            all.insert(all.end(), state.owner.begin(), state.owner.end());
        for (const auto& action : machine.actions) {
            add_who(action.who);
            if (action.owner) all.push_back(*action.owner);
        }
        add_who(machine.start.who);
        if (machine.start.owner) all.push_back(*machine.start.owner);
    }
    std::erase_if(all, [](const auto& one) { return one.kind != matter::OwnerSelector::Kind::kind_at; });
    return all;
}

std::vector<std::string> packs_with_a_territory() {
    std::vector<std::string> names;
    for (const auto& folder : fs::directory_iterator("packs"))
        if (const auto name = folder.path().filename().string(); name != "common") names.push_back(name);
    std::sort(names.begin(), names.end());
    return names;
}

class EveryDemo : public testing::TestWithParam<std::string> {};

TEST_P(EveryDemo, HasALoginForEveryPostThatItsWorkflowsAskFor) {
    Doors doors(GetParam());
    for (const auto& workflow : doors.played().town->workflows().all_current()) {
        for (const auto& selector : asked_for(*workflow))
            EXPECT_TRUE(doors.opens(selector) || !doors.finds(selector))
                << workflow->name << " asks for " << matter::selector_text(selector, "");
        for (const auto& ballot : workflow->ballots)
            EXPECT_TRUE(doors.carries(ballot)) << workflow->name << " cannot carry " << ballot.name;
    }
}

INSTANTIATE_TEST_SUITE_P(Pack, EveryDemo, testing::ValuesIn(packs_with_a_territory()),
                         [](const auto& pack) { return pack.param; });

}  // namespace
}  // namespace lianxin::demo
