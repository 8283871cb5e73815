// Packs that somebody broke: the reader of TOML, of packs, of workflows, and the prover say what is wrong and
// where; what they let through can be proved, drawn, stored and read again.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "matter/prover.hpp"
#include "matter/workflow_pack.hpp"
#include "pack/rules.hpp"
#include "party/opening_service.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/child_process.hpp"

namespace lianxin::fuzz {
namespace {

namespace fs = std::filesystem;

std::vector<pack::File> files_of(const std::string& name) {
    const fs::path root = fs::path(support::source_directory()) / "packs" / name;
    std::vector<pack::File> files;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        const std::string path = fs::relative(entry.path(), root).string();
        if (entry.path().extension() != ".toml" || path.starts_with("demo/")) continue;
        std::stringstream text;
        text << std::ifstream(entry.path()).rdbuf();
        files.push_back({name, path, text.str()});
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return files;
}

std::vector<std::string> workflow_texts() {
    std::vector<std::string> texts;
    for (const auto& file : files_of("common"))
        if (file.path.starts_with("workflows/")) texts.push_back(file.content);
    return texts;
}

const std::vector<std::string> tokens = {
    "=",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "\"\"\"",
    "'",
    ".",
    ",",
    "\n",
    "#",
    "[[",
    "]]",
    "1",
    "-1",
    "9223372036854775807",
    "1e999",
    "nan",
    "true",
    "2024-02-30",
    "2024-05-06",
    "owner",
    "to",
    "from",
    "who",
    "needs",
    "states",
    "actions",
    "clocks",
    "fields",
    "limit",
    "due",
    "parts",
    "part",
    "offered",
    "in_hand",
    "answered",
    "closed",
    "clock:",
    "field:",
    "keep",
    "next_rung",
    "previous",
    "engine",
    "reporter",
    "same",
    "to_when",
    "when",
    "then",
    "do",
    "effects",
    "guards",
    "end = true",
    "1 working day",
    "0 days",
    "-3 days",
    "table",
    "99999999999 years",
    "notice:",
    "ballot",
    "notices",
    "opens",
    "for_each",
    "lead",
    "max",
    "min",
    "accept",
    "desk@county",
    "head@group",
    "superior@owner",
    "@",
    "\xC3\x28",
    "\xEF\xBB\xBF",
    std::string(1, '\0'),
    "law",
    "extends",
    "remove",
    "again",
    "restarts",
    "per",
};

// Everything found says where and what to do.
void expect_complete(const pack::Findings& findings) {
    for (const pack::Finding& finding : findings.all()) {
        EXPECT_FALSE(finding.code.empty());
        EXPECT_FALSE(finding.message.empty());
        EXPECT_FALSE(finding.remedy.empty()) << finding.text();
    }
}

void prove_and_store(const matter::Workflow& workflow, const pack::Table& document) {
    for (const auto& fault : matter::prove(workflow, {})) EXPECT_FALSE(fault.code.empty());
    pack::Findings again;
    const std::string body = matter::canonical_text(document);
    const auto stored = pack::parse_toml(body, "stored", again);
    EXPECT_TRUE(again.empty()) << again.text() << body;
    const matter::Workflow reread = matter::reread_workflow(body);
    EXPECT_EQ(reread.hash, workflow.hash);
    EXPECT_EQ(matter::canonical_text(stored), body);
}

TEST(Fuzz, workflows_are_read_or_refused_and_what_is_read_can_be_proved_and_stored) {
    const Mutator mutator(workflow_texts(), tokens);
    std::uint64_t read = 0;
    play("workflow", {3000}, [&](Random& random) {
        pack::Findings findings;
        const std::string text = mutator.mutated(random);
        const auto document = pack::parse_toml(text, "fuzzed.toml", findings);
        const auto workflow = matter::read_workflow(document, "request", findings);
        expect_complete(findings);
        EXPECT_TRUE(workflow || findings.has_errors());
        if (!workflow) return;
        ++read;
        prove_and_store(*workflow, document);
    });
    EXPECT_GT(read, 0U);
}

TEST(Fuzz, whole_packs_are_read_or_refused) {
    auto shipped = files_of("common");
    const auto own = files_of("dayao");
    shipped.insert(shipped.end(), own.begin(), own.end());
    std::vector<std::string> texts;
    for (const auto& file : shipped) texts.push_back(file.content.substr(0, 20'000));
    const Mutator mutator(texts, tokens);
    play("pack", {12}, [&](Random& random) {
        auto files = shipped;
        for (std::size_t changed = 1 + below(random, 3); changed > 0; --changed) {
            pack::File& file = files[below(random, files.size())];
            for (std::size_t n = 1 + below(random, 4); n > 0; --n) mutator.change(file.content, random);
        }
        pack::Findings findings;
        const auto pack = pack::Pack::from_files("dayao", files, findings);
        if (!pack) {
            EXPECT_TRUE(findings.has_errors());
            return expect_complete(findings);
        }
        const auto words = pack::Words::read(*pack, findings);
        (void)pack::DeadlineTable::read(*pack, findings);
        (void)pack::read_services(*pack, words, findings);
        const auto plan = party::read_county_plan(*pack, words, findings);
        for (const auto& workflow : matter::read_workflows(*pack, plan.places, plan.posts, findings))
            matter::expect_words(*workflow, words, findings);
        expect_complete(findings);
    });
}

}  // namespace
}  // namespace lianxin::fuzz
