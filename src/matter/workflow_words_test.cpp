// Every word people see of a workflow is asked for, each where it is written.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "matter/workflow_pack.hpp"
#include "pack/value.hpp"

namespace lianxin::matter::testing {
namespace {

const std::string wordless = R"(name = "request"
answer_to = "reporter"
subkinds = ["lost_kind"]
[lists]
marks = ["lost_criterion"]
[fields]
lost_field = { type = "text", min = 1 }
text = { type = "choice", of = ["yes", "lost_choice"] }
reason = { type = "measure", units = ["m", "lost_unit"] }
evidence = { type = "table", columns = { lost_column = "text" } }
tried = { type = "criteria", of = "criteria.marks" }
[ballots.lost_ballot]
electorate = "representatives@village"
quorum = "2/3 of electorate"
majority = "2/3 of present"
[notices.lost_notice]
shows = ["lost_field"]
place = "village"
period = "7 working days"
[clocks]
lost_clock = { limit = "2 working days", due = "urge" }
[states]
lost_state = { owner = ["keep"], clocks = ["lost_clock"], parts = "lost_part" }
closed = { end = true, counts_as = "closed" }
[start]
to = "lost_state"
who = ["reporter"]
[actions]
lost_action = { from = ["lost_state"], to = "closed", who = ["owner"] }
urge = { from = ["lost_state"], to = "same", who = ["clock:lost_clock"] }
[parts.lost_part]
[parts.lost_part.states]
done = { end = true }
[parts.lost_part.start]
to = "done"
)";

std::uint32_t line_of(const std::string& part) {
    const auto at = wordless.find(part);
    EXPECT_NE(at, std::string::npos) << part;
    return static_cast<std::uint32_t>(
        1 + std::count(wordless.begin(), wordless.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

TEST(WordsOfAWorkflow, AreAskedForWhereTheyAreWritten) {
    pack::Findings findings;
    const auto pack = pack::load_pack("packs/dayao", findings);
    ASSERT_TRUE(pack.has_value()) << findings.text();
    const auto words = pack::Words::read(*pack, findings);
    const auto flow = read_workflow(pack::parse_toml(wordless, "w.toml", findings), "request", findings);
    ASSERT_TRUE(flow.has_value()) << findings.text();
    pack::Findings missing;
    expect_words(*flow, words, missing);
    for (const auto& [word, where] : {std::pair<std::string, std::string>{"subkind.lost_kind", "name ="},
                                      {"criterion.lost_criterion", "marks ="},
                                      {"field.lost_field", "lost_field ="},
                                      {"choice.lost_choice", "text ="},
                                      {"unit.lost_unit", "reason ="},
                                      {"column.lost_column", "evidence ="},
                                      {"ballot.lost_ballot", "[ballots.lost_ballot]"},
                                      {"notice.kind.lost_notice", "[notices.lost_notice]"},
                                      {"clock.lost_clock", "lost_clock ="},
                                      {"state.lost_state", "lost_state ="},
                                      {"action.lost_action", "lost_action ="},
                                      {"part.lost_part", "[parts.lost_part.start]"}}) {
        const auto line = line_of(where);
        bool said = false;
        for (const auto& finding : missing.all())
            said = said || (finding.message.find(word) != std::string::npos && finding.line == line &&
                            finding.column > 0 && finding.file == "w.toml" && !finding.remedy.empty());
        EXPECT_TRUE(said) << word << " at line " << line << "\n" << missing.text();
    }
    EXPECT_EQ(missing.all().size(), 36U) << missing.text();  // in three languages each
}

TEST(WordsOfAWorkflow, AreThereForEveryKindThatShips) {
    std::size_t kinds = 0;
    for (const auto& folder : std::filesystem::directory_iterator("packs")) {
        pack::Findings findings;
        const auto pack = pack::load_pack(folder.path(), findings);
        ASSERT_TRUE(pack.has_value()) << findings.text();
        if (pack->manifest().base) continue;
        const auto words = pack::Words::read(*pack, findings);
        const auto places = place::read_places(*pack, words, findings);
        const auto posts = party::read_posts(*pack, places, words, findings);
        for (const auto& flow : read_workflows(*pack, places, posts, findings)) {
            expect_words(*flow, words, findings);
            ++kinds;
        }
        EXPECT_TRUE(findings.all().empty()) << findings.text();
    }
    EXPECT_GT(kinds, 150U);
}

TEST(NoticeOfAWorkflow, ShowsNothingPersonal) {
    std::string text = wordless;
    const std::string field = R"(lost_field = { type = "text", min = 1)";
    text.replace(text.find(field), field.size(), field + ", personal = true");
    for (const bool in_house : {false, true}) {
        if (in_house) text.replace(text.find("shows ="), 0, "audience = \"staff\"\n");
        pack::Findings findings;
        (void)read_workflow(pack::parse_toml(text, "w.toml", findings), "request", findings);
        const bool refused = findings.text().find("is personal") != std::string::npos;
        EXPECT_EQ(refused, !in_house) << findings.text();
    }
}

}  // namespace
}  // namespace lianxin::matter::testing
