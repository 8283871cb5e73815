#include "main/demo_player.hpp"

#include <algorithm>

#include "main/demo_run.hpp"
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
        const auto made = stage.town.identity().create_account(
            stage.county, access::ActingPerson::engine(), login.name, best->party, options.password, false);
        if (!made)
            ++report
                  .refusals["login " + login.name + ": " + std::string(identity::code_of(made.error().code))];
        const auto title = words.get(words.default_language(), "post.kind." + login.post);
        report.logins.push_back({login.name, options.password, title, best->name,
                                 (best->unit.empty() ? best->place : best->place + " " + best->unit) +
                                     door_of(stage, login, cast, *best)});
    }
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
    }
    stage.clock.set(options.today);
    return report;
}

std::string describe(const DemoReport& report) {
    std::string text = "Demo: " + std::to_string(report.taken_in) + " taken in, " +
                       std::to_string(report.solved) + " solved, " + std::to_string(report.open) + " open, " +
                       std::to_string(report.overdue) + " overdue.\n";
    for (const auto& login : report.logins)
        text += "  " + login.login + " / " + login.password + "   " + login.title + ", " + login.place + "\n";
    return text;
}

}  // namespace lianxin::demo
