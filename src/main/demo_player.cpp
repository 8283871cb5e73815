#include "main/demo_player.hpp"

#include <algorithm>
#include <utility>

#include "main/demo_run.hpp"
#include "party/party_pack.hpp"
#include "place/place_store.hpp"

namespace lianxin::demo {
namespace {

// A door that the post serves: what somebody has to type for a request to reach it.
std::string door_of(const DemoStage& stage, const Login& login, Cast& cast, const Cast::Seat& seat) {
    if (login.serves.empty()) return {};
    const auto doors = stage.county.database.read([&](store::Transaction& tx) {
        return place::load_children(tx,
                                    {seat.at, stage.county.zone.day_of(stage.clock.now()), true, {}, 500});
    });
    for (const auto& door : doors)
        if (cast.post(login.serves, door.id) == seat.post) return " " + door.name;
    return {};
}

// One account for each kind of user, all on one line of the ladder, so that what one raises another finds: of
// the first kind the seat that did most in the story, then those above it.
void make_logins(const DemoStage& stage, const DemoOptions& options, const Story& story, Cast& cast,
                 const std::map<PostId, std::int64_t>& busy, DemoReport& report) {
    const auto deeds = [&](const Cast::Seat& seat) {
        const auto found = busy.find(seat.post);
        return found == busy.end() ? 0 : found->second;
    };
    const auto& words = stage.town.words();
    std::optional<place::Lineage> line;
    std::map<PartyId, std::size_t> logins;  // whoever holds two posts signs in once
    for (const auto& login : story.logins) {
        auto seats = cast.seats(login.post, login.at);
        if (line) {
            const auto beside = [&](const Cast::Seat& seat) { return !line->within(seat.at); };
            if (!std::all_of(seats.begin(), seats.end(), beside)) std::erase_if(seats, beside);
        }
        const auto best = std::max_element(seats.begin(), seats.end(),
                                           [&](const auto& a, const auto& b) { return deeds(a) < deeds(b); });
        if (best == seats.end()) {
            ++report.refusals["login " + login.name + ": nobody holds such a post"];
            continue;
        }
        if (!line) {
            line = stage.county.database.read([&](store::Transaction& tx) {
                return place::load_lineage(tx, best->at, stage.county.zone.day_of(stage.clock.now()));
            });
        }
        const auto title = words.get(words.default_language(), "post.kind." + login.post);
        if (const auto known = logins.find(best->party); known != logins.end()) {
            report.logins.at(known->second).title += "、" + title;
            continue;
        }
        logins.emplace(best->party, report.logins.size());
        const auto made = stage.town.identity().create_account(
            stage.county, access::ActingPerson::engine(), login.name, best->party, options.password, false);
        if (!made)
            ++report
                  .refusals["login " + login.name + ": " + std::string(identity::code_of(made.error().code))];
        report.logins.push_back({login.name, options.password, title, best->name,
                                 (best->unit.empty() ? best->place : best->place + " " + best->unit) +
                                     door_of(stage, login, cast, *best)});
    }
}

// Without a story: one login for each kind of post at each kind of place it stands at, the lowest first.
std::vector<Login> a_login_for_every_post(const std::vector<party::PostKind>& posts,
                                          const place::Kinds& places) {
    struct Placed {
        Login login;
        int level = 0;
    };
    std::vector<Placed> all;
    for (const party::PostKind& kind : posts) {
        bool beside = false;  // units and stations stand at a place of their own
        for (const party::Seat& seat : kind.at) {
            const auto* place = seat.of == party::Seat::Of::place ? places.find(seat.kind) : nullptr;
            if (place != nullptr)
                all.push_back(
                    {{kind.name + (kind.at.size() > 1 ? "-" + seat.kind : ""), kind.name, seat.kind, ""},
                     place->level});
            else if (!std::exchange(beside, true))
                all.push_back({{kind.name, kind.name, "", ""}, 0});
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.level > b.level; });
    std::vector<Login> logins;
    for (Placed& each : all) logins.push_back(std::move(each.login));
    return logins;
}

// A county without a story is opened and left quiet, but nobody stands before a locked door.
void open_the_doors(const DemoStage& stage, const DemoOptions& options, DemoReport& report) {
    pack::Findings findings;
    const auto plan = party::read_county_plan(stage.pack, stage.town.words(), findings);
    Story story;
    Cast cast(stage.county, stage.town.owners(), story);
    story.logins = a_login_for_every_post(plan.posts.kinds.all(), cast.place_kinds());
    make_logins(stage, options, story, cast, {}, report);
    report.refusals.clear();  // a kind of post that nobody holds here
}

}  // namespace

DemoReport play_demo(const DemoStage& stage, const DemoOptions& options) {
    DemoReport report;
    pack::Findings findings;
    const auto story = read_story(stage.pack, findings);
    if (findings.has_errors()) throw Fault("The demo cannot be played:\n" + findings.sorted().text());
    const int length = story ? static_cast<int>(story->days) : 0;
    const Day first = stage.county.zone.day_of(options.today) + -length;
    stage.clock.set(stage.county.zone.start_of(first + -1));
    stage.town.settle(stage.pack, stage.county);
    if (story) {
        Chance chance(options.seed);
        Cast cast(stage.county, stage.town.owners(), *story);
        for (const auto& post : story->staffed) cast.staff(post, chance);
        Run run(stage, *story, cast, chance, options.today, report);
        run.play();
        make_logins(stage, options, *story, cast, run.busy(), report);
    } else {
        open_the_doors(stage, options, report);
    }
    stage.clock.set(options.today);
    return report;
}

std::string describe(const DemoReport& report) {
    if (report.taken_in == 0)
        return "This pack has no demo to play: its county is open and quiet, with these logins.";
    return "Demo: " + std::to_string(report.taken_in) + " taken in, " + std::to_string(report.solved) +
           " solved, " + std::to_string(report.open) + " open, " + std::to_string(report.overdue) +
           " overdue.";
}

}  // namespace lianxin::demo
