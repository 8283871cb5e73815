// Whatever the server can refuse has words in every language of the common pack. The codes are read from the
// sources, so that a new one without words fails here and not before a resident's eyes.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "matter/decide.hpp"
#include "pack/pack.hpp"
#include "pack/words.hpp"

namespace lianxin {
namespace {

namespace fs = std::filesystem;

// Each code with the file that says it.
using Codes = std::map<std::string, std::string>;

void add_matches(const std::string& source, const char* pattern, const std::string& file, Codes& codes) {
    const std::regex matching(pattern);
    for (std::sregex_iterator at(source.begin(), source.end(), matching), end; at != end; ++at)
        codes.emplace((*at)[1], file);
}

// What is no answer to a client: a spreadsheet's faults are told on the command line, a pack's by the
// checker.
bool is_answered(const std::string& type) {
    static const std::set<std::string> elsewhere{"SheetFault", "SelectorFault", "BallotOutcome", "Misfit"};
    static const std::regex refusing("(Refusal|Rule|Outcome|Fault)$");
    return std::regex_search(type, refusing) && !elsewhere.contains(type);
}

// The tables that name a refusal: one switch from enumerators to codes.
void add_tables(const std::string& source, const std::string& file, Codes& codes) {
    static const std::regex head(R"((?:code_of|name_of)\((?:const )?(?:\w+::)*(\w+)&? ?\w*\) \{)");
    for (std::sregex_iterator at(source.begin(), source.end(), head), end; at != end; ++at) {
        if (!is_answered((*at)[1])) continue;
        const auto from = static_cast<std::size_t>(at->position());
        add_matches(source.substr(from, source.find("\n}", from) - from), R"re(return "([a-z_]+)")re", file,
                    codes);
    }
}

Codes answered_codes() {
    Codes codes;
    for (const auto& entry : fs::recursive_directory_iterator("src")) {
        const auto file = entry.path().string();
        if (!file.ends_with(".cpp") || file.ends_with("_test.cpp")) continue;
        std::stringstream text;
        text << std::ifstream(entry.path()).rdbuf();
        const auto source = std::regex_replace(text.str(), std::regex("//[^\n]*"), "");
        for (const auto* pattern :
             {R"re(\bproblem\([^;"]*"([a-z_]+)")re", R"re(\b[45]\d\d,\s*"([a-z_]+)")re",
              R"re(\b(?:faults|problems)_?\.(?:push_back|emplace_back)\(\{[^,{}]*,\s*"([a-z_]+)")re",
              R"re(\bfault\([^,()]*,\s*"([a-z_]+)")re", R"re(\bfault(?:_here)?\(\s*"([a-z_]+)"\))re"})
            add_matches(source, pattern, file, codes);
        add_tables(source, file, codes);
    }
    for (int code = 0; code <= static_cast<int>(matter::FormRule::day_past_deadline); ++code)
        codes.emplace(matter::name_of(static_cast<matter::FormRule>(code)), "src/matter/form.hpp");
    for (int code = 0; *matter::name_of(static_cast<matter::ActRefusal>(code)) != '\0'; ++code)
        codes.emplace(matter::name_of(static_cast<matter::ActRefusal>(code)), "src/matter/decide.hpp");
    return codes;
}

TEST(ProblemWords, AreThereForEveryCodeInEveryLanguage) {
    pack::Findings findings;
    const auto pack = pack::load_pack("packs/common", findings);
    ASSERT_TRUE(pack.has_value()) << findings.text();
    const auto words = pack::Words::read(*pack, findings);
    const auto codes = answered_codes();
    EXPECT_GT(codes.size(), 170U);
    for (const auto* known :
         {"not_found", "already_rated", "phone_malformed", "duplicate_key", "heard_outside"})
        EXPECT_TRUE(codes.contains(known)) << known;
    for (const auto& [code, file] : codes)
        for (const auto& language : pack->manifest().languages)
            EXPECT_TRUE(words.find(language, "problem." + code) != nullptr ||
                        words.find(language, "fault." + code) != nullptr)
                << code << " of " << file << " in " << language;
}

}  // namespace
}  // namespace lianxin
