// Whatever the sources can say of a pack is said of some broken one, at its file, line and column, with a
// remedy: the codes are read from the sources themselves, so that a new one without a broken pack fails here.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "main/broken_packs_test.hpp"
#include "main/check_pack.hpp"
#include "matter/broken_hands_test.hpp"
#include "matter/broken_notices_test.hpp"

namespace lianxin {
namespace {

namespace fs = std::filesystem;

class PacksOnDisk {
 public:
    PacksOnDisk() : root_(fs::temp_directory_path() / ("lianxin-findings-" + std::to_string(::getpid()))) {
        fs::remove_all(root_);
        for (const auto& [path, text] : sound_packs()) write(path, text);
    }
    ~PacksOnDisk() { fs::remove_all(root_); }
    PacksOnDisk(const PacksOnDisk&) = delete;
    PacksOnDisk& operator=(const PacksOnDisk&) = delete;

    void write(const std::string& path, const std::string& text) const {
        fs::create_directories((root_ / path).parent_path());
        std::ofstream(root_ / path) << text;
    }
    [[nodiscard]] fs::path path(const std::string& of) const { return root_ / of; }

 private:
    fs::path root_;
};

std::uint32_t line_with(const std::string& text, const std::string& part) {
    const auto at = text.find(part);
    EXPECT_NE(at, std::string::npos) << part;
    return static_cast<std::uint32_t>(
        1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

TEST(Findings, AreNoneForTheSoundPacks) {
    const PacksOnDisk packs;
    EXPECT_EQ(check_pack(packs.path("ground")).text(), "");
    EXPECT_EQ(check_pack(packs.path("sound")).text(), "");
}

class ABrokenPack : public testing::TestWithParam<BrokenPack> {};

TEST_P(ABrokenPack, IsFoundAtItsLineWithARemedy) {
    const auto& broken = GetParam();
    const PacksOnDisk packs;
    const auto sound = sound_packs().find(broken.file);
    auto text = sound == sound_packs().end() ? std::string() : sound->second;
    if (broken.old_text.empty()) {
        text += broken.new_text;
    } else {
        const auto at = text.find(broken.old_text);
        ASSERT_NE(at, std::string::npos) << broken.old_text;
        text.replace(at, broken.old_text.size(), broken.new_text);
    }
    packs.write(broken.file, text);
    const auto& part = broken.line_of.empty() ? broken.new_text : broken.line_of;
    const bool elsewhere = !broken.found_in.empty() && text.find(part) == std::string::npos;
    const auto line =
        broken.whole_file ? 0 : line_with(elsewhere ? sound_packs().at(broken.found_in) : text, part);
    const auto found = check_pack(packs.path("sound"));
    const auto file = broken.found_in.empty() ? broken.file : broken.found_in;
    const auto& all = found.all();
    EXPECT_TRUE(std::any_of(all.begin(), all.end(),
                            [&](const pack::Finding& finding) {
                                return finding.code == broken.code && finding.file == file &&
                                       finding.line == line && (finding.column > 0) != broken.whole_file &&
                                       !finding.message.empty() && !finding.remedy.empty();
                            }))
        << "wanted " << broken.code << " in " << file << " at line " << line << ", got\n"
        << found.text();
}

INSTANTIATE_TEST_SUITE_P(Each, ABrokenPack, testing::ValuesIn(broken_packs()));

// One root cause, whatever else names it.
TEST(Findings, OfABrokenKindOfMatterNothingIsSaidWhereOthersNameIt) {
    for (const auto& [sound, broken] :
         {std::pair("who = [\"owner\"]", "who = [\"ownr\"]"),                           // not read
          std::pair("effects = [\"tell reporter\"]", "effects = [\"note owner\"]")}) {  // not proved
        const PacksOnDisk packs;
        auto ask = sound_packs().at("ground/workflows/ask.toml");
        const auto change = [&ask](std::string_view from, std::string_view to) {
            ask.replace(ask.find(from), from.size(), to);
        };
        change("who = [\"reporter\"]\nservice_item = true\n", "who = [\"reporter\", \"engine\"]\n");
        auto other = ask;
        change(sound, broken);
        packs.write("ground/workflows/ask.toml", ask);
        packs.write("ground/metrics.toml", sound_packs().at("ground/metrics.toml") + "of = [\"ask\"]\n");
        packs.write("ground/complaints.toml",
                    sound_packs().at("ground/complaints.toml") + "kinds = [\"ask/rumour\"]\n");
        other.replace(other.find("\"ask\""), 5, "\"other\"");
        other.replace(other.find("\"note owner\""), 12, "\"note owner\", \"open ask\"");
        packs.write("ground/workflows/other.toml", other);
        for (const auto* language : {"en", "zh-Hans"}) {
            const auto file = std::string("ground/words/") + language + ".toml";
            packs.write(file, sound_packs().at(file) + "[workflow.other]\ntitle = \"Other\"\n");
        }
        const auto found = check_pack(packs.path("sound"));
        EXPECT_TRUE(found.has_errors());
        for (const auto& finding : found.all())
            EXPECT_EQ(finding.file, "ground/workflows/ask.toml") << finding.text();
    }
}

// A slip in one line of a language is one finding, not one more for each of its words.
TEST(Findings, OfALanguageThatCannotBeReadNoWordIsMissed) {
    for (const auto* language : {"en", "zh-Hans"}) {
        const PacksOnDisk packs;
        const auto file = std::string("ground/words/") + language + ".toml";
        packs.write(file, sound_packs().at(file) + "[workflow\n");
        const auto found = check_pack(packs.path("sound"));
        ASSERT_EQ(found.all().size(), 1U) << found.text();
        EXPECT_EQ(found.all().front().code, "toml_syntax");
        EXPECT_EQ(found.all().front().file, file);
    }
}

// What a pack or a document builds on is not there: whatever else is missing may only follow from that.
TEST(Findings, OfWhatIsBuiltOnNothingSayThatAlone) {
    const std::pair<std::string, std::string> broken[] = {
        {"sound/workflows/ask.toml", "extends = \"ground/aks\"\nname = \"ask\"\n"},
        {"sound/pack.toml",
         "name = \"sound\"\nextends = \"grund\"\nzone = \"+08:00\"\nlanguages = [\"en\", \"zh-Hans\"]\n"
         "default_language = \"en\"\n"}};
    for (const auto& [file, text] : broken) {
        const PacksOnDisk packs;
        packs.write(file, text);
        const auto found = check_pack(packs.path("sound"));
        ASSERT_EQ(found.all().size(), 1U) << found.text();
        EXPECT_TRUE(found.all().front().code.ends_with("is_absent")) << found.text();
    }
}

// As somebody who may not read it: to the superuser nothing is closed.
TEST(Findings, SayWhichFileCannotBeRead) {
    const PacksOnDisk packs;
    fs::permissions(packs.path("sound/posts.toml"), fs::perms::none);
    const bool super = ::geteuid() == 0;
    ASSERT_TRUE(!super || ::seteuid(65534) == 0);
    const auto found = check_pack(packs.path("sound"));
    ASSERT_TRUE(!super || ::seteuid(0) == 0);
    EXPECT_TRUE(found.has("file_unreadable")) << found.text();
}

// The arguments of a call, from its opening bracket on.
std::vector<std::string> arguments(const std::string& text, std::size_t at) {
    std::vector<std::string> found(1);
    bool quoted = false;
    for (int depth = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '"' && text[at - 1] != '\\') quoted = !quoted;
        const bool opens = !quoted && (c == '(' || c == '[' || c == '{');
        const bool closes = !quoted && (c == ')' || c == ']' || c == '}');
        if (closes && --depth == 0) return found;
        if (!quoted && c == ',' && depth == 1)
            found.emplace_back();
        else if (depth > 0)
            found.back() += c;
        if (opens) ++depth;
    }
    return {};
}

// A finding's code stands before its message and its remedy; what the prover adds up over places, before the
// places too; of what is unknown only the kind of thing is said; a selector has its code from a table.
std::set<std::string> codes_in(const std::string& source) {
    static const std::regex call("\\b(error|warning|wrong|refuse|complain|add|unknown)\\(");
    static const std::regex code("\"([a-z]+(?:_[a-z]+)+)\"");
    std::set<std::string> codes;
    for (std::sregex_iterator at(source.begin(), source.end(), call), end; at != end; ++at) {
        const std::string name = (*at)[1];
        const auto given = arguments(source, static_cast<std::size_t>(at->position() + at->length() - 1));
        if (name == "unknown") {
            static const std::regex word("^\\s*\"([a-z]+)\"$");
            std::smatch kind;
            if (given.size() == 3 && std::regex_match(given[1], kind, word))
                codes.insert("unknown_" + kind[1].str());
            continue;
        }
        const std::size_t behind = name == "add" ? 4 : 3;
        if (given.size() < behind + (name == "add" ? 1 : 0)) continue;
        const auto& said = given[given.size() - behind];
        for (std::sregex_iterator each(said.begin(), said.end(), code); each != end; ++each)
            codes.insert((*each)[1]);
    }
    return codes;
}

std::set<std::string> codes_of_the_sources() {
    std::set<std::string> codes{"selector_malformed", "post_unknown", "seat_unknown",
                                "post_never_sits_there"};
    for (const auto* floor : {"pack", "place", "party", "matter", "main"})
        for (const auto& file : fs::directory_iterator(fs::path("src") / floor)) {
            const auto name = file.path().filename().string();
            const bool reads = name.find("_pack") != std::string::npos || name.starts_with("prover") ||
                               name.starts_with("check_pack") || name == "check_services.cpp" ||
                               name == "demo_story.cpp" || std::string_view(floor) == "pack";
            if (!reads || !name.ends_with(".cpp") || name.ends_with("_test.cpp")) continue;
            std::stringstream text;
            text << std::ifstream(file.path()).rdbuf();
            const auto source = std::regex_replace(text.str(), std::regex("//[^\n]*"), "");
            codes.merge(codes_in(source));
        }
    return codes;
}

TEST(Findings, EachHaveABrokenPackThatBringsThemAbout) {
    std::set<std::string> broken{"file_unreadable"};
    for (const auto& each : broken_packs()) broken.insert(each.code);
    for (const auto& each : matter::testing::not_read) broken.insert(each.code);
    for (const auto& each : matter::testing::not_proved) broken.insert(each.code);
    for (const auto& each : matter::testing::broken_hands) broken.insert(each.code);
    for (const auto& each : matter::testing::broken_notices) broken.insert(each.code);
    const auto codes = codes_of_the_sources();
    EXPECT_GT(codes.size(), 140U);
    for (const auto& code : codes) EXPECT_TRUE(broken.contains(code)) << code << " is said of no broken pack";
    for (const auto& code : broken) EXPECT_TRUE(codes.contains(code)) << code << " is said by no source";
}

}  // namespace
}  // namespace lianxin
