#include "main/demo_player.hpp"

#include "main/demo_logins.hpp"
#include "main/demo_run.hpp"
#include "party/party_pack.hpp"

namespace lianxin::demo {
namespace {

// A county without a story is opened and left quiet, but nobody stands before a locked door.
void open_the_doors(const DemoStage& stage, const DemoOptions& options, DemoReport& report) {
    pack::Findings findings;
    const auto plan = party::read_county_plan(stage.pack, stage.town.words(), findings);
    const Story story;
    Cast cast(stage.county, stage.town.owners(), story);
    const auto logins = a_login_for_every_post(plan.posts.kinds.all(), cast.place_kinds());
    make_logins(stage, options, logins, cast, {}, report);
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
        make_logins(stage, options, story->logins, cast, run.busy(), report);
    } else {
        open_the_doors(stage, options, report);
    }
    stage.clock.set(options.today);
    return report;
}

std::string describe(const DemoReport& report) {
    if (report.taken_in == 0)
        return "This pack has no demo to play: its county is open and quiet, with these logins.";
    const auto affairs = report.affairs == 0
                             ? std::string()
                             : "; beside them " + std::to_string(report.affairs) + " matters of other kinds";
    return "Demo: " + std::to_string(report.taken_in) + " taken in, " + std::to_string(report.solved) +
           " solved, " + std::to_string(report.open) + " open, " + std::to_string(report.overdue) +
           " overdue" + affairs + ".";
}

}  // namespace lianxin::demo
