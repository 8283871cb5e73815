// The command line at its edges: whatever is asked in vain is answered by one sentence on standard error, an
// exit code that says the kind of ending, and nothing made or changed.
#include "main/command_line.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <vector>

#include "http/server.hpp"
#include "main/county_home.hpp"
#include "main/town.hpp"
#include "store/transaction.hpp"
#include "tests/support/small_pack.hpp"
#include "tests/support/temporary_directory.hpp"

namespace lianxin {
namespace {

namespace fs = std::filesystem;

struct Said {
    ExitCode code;
    std::string out, err;
};

// Both streams as somebody at a terminal would see them.
Said run(std::vector<std::string> words) {
    words.insert(words.begin(), "lianxin");
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    std::ostringstream out, err;
    auto* const real_out = std::cout.rdbuf(out.rdbuf());
    auto* const real_err = std::cerr.rdbuf(err.rdbuf());
    const ExitCode code = run_command_line(static_cast<int>(argv.size()), argv.data());
    std::cout.rdbuf(real_out);
    std::cerr.rdbuf(real_err);
    return {code, out.str(), err.str()};
}

// Files by name and size, so that what was made or touched shows.
std::map<std::string, std::uintmax_t> files_in(const fs::path& folder) {
    std::map<std::string, std::uintmax_t> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        files[entry.path().string()] = entry.is_regular_file() ? entry.file_size() : 0;
    return files;
}

void write(const fs::path& file, const std::string& text) {
    std::ofstream(file) << text;
}

struct Edge {
    std::vector<std::string> words;
    ExitCode code;
    std::string says;  // part of the sentence
};

class CommandLine : public testing::Test {
 protected:
    CommandLine() {
        support::small_pack(directory_.path());
        write(directory_ / "file.txt", "not a receipt");
        write(directory_ / "rows.csv", "name\n");
        fs::create_directories(directory_ / "other");
        write(directory_ / "other" / "letter.txt", "somebody else's");
    }
    // The words with {} for the test's folder.
    Said ask(const std::vector<std::string>& words) {
        std::vector<std::string> filled;
        for (std::string word : words) {
            if (const auto at = word.find("{}"); at != std::string::npos)
                word.replace(at, 2, directory_.path().string());
            filled.push_back(std::move(word));
        }
        return run(std::move(filled));
    }
    void expect_refused(const std::vector<Edge>& edges) {
        const auto before = files_in(directory_.path());
        for (const Edge& edge : edges) {
            std::string asked;
            for (const std::string& word : edge.words) asked += word + " ";
            const Said said = ask(edge.words);
            EXPECT_EQ(static_cast<int>(said.code), static_cast<int>(edge.code)) << asked << "\n" << said.err;
            EXPECT_NE(said.err.find(edge.says), std::string::npos) << asked << "\n" << said.err;
            EXPECT_LE(std::count(said.err.begin(), said.err.end(), '\n'), 2) << asked << "\n" << said.err;
            EXPECT_EQ(files_in(directory_.path()), before) << asked;
        }
    }
    [[nodiscard]] fs::path data() const { return directory_ / "data"; }
    [[nodiscard]] HomeOptions home() const { return {data(), directory_.path(), {}, "dayao"}; }
    // A county with its sixty households.
    void open_county() {
        const SystemClock clock;
        CountyHome made(home(), clock);
        Town town(made.words(), made.title(), "");
        town.settle(made.pack(), made.county());
    }
    support::TemporaryDirectory directory_;
};

TEST_F(CommandLine, EverySubcommandHasItsHelp) {
    for (const std::vector<std::string>& words :
         std::vector<std::vector<std::string>>{{},
                                               {"serve"},
                                               {"pack"},
                                               {"pack", "check"},
                                               {"pack", "draw"},
                                               {"import"},
                                               {"import", "places"},
                                               {"import", "people"},
                                               {"import", "households"},
                                               {"import", "categories"},
                                               {"import", "messages"},
                                               {"account"},
                                               {"account", "create"},
                                               {"account", "reset"},
                                               {"report"},
                                               {"report", "times"},
                                               {"verify"},
                                               {"openapi"}}) {
        auto asked = words;
        asked.emplace_back("--help");
        const Said said = run(asked);
        EXPECT_EQ(said.code, ExitCode::done);
        EXPECT_NE(said.out.find("Usage:"), std::string::npos) << said.out;
        EXPECT_EQ(said.err, "");
    }
}

TEST_F(CommandLine, TheHelpOfAnImportListsWhatItReads) {
    for (const auto& [what, column] : std::map<std::string, std::string>{{"places", "上级, parent *"},
                                                                         {"people", "任职日期, from"},
                                                                         {"households", "门牌, name *"},
                                                                         {"categories", "一级分类, level1 *"},
                                                                         {"messages", "replied_at"}}) {
        const Said said = run({"import", what, "--help"});
        EXPECT_NE(said.out.find("  " + column), std::string::npos) << said.out;
    }
}

TEST_F(CommandLine, WrongArgumentsAreNamed) {
    expect_refused({
        {{}, ExitCode::usage, "subcommand"},
        {{"nonsense"}, ExitCode::usage, "called nonsense"},
        {{"pack", "nonsense"}, ExitCode::usage, "called nonsense"},
        {{"report"}, ExitCode::usage, "subcommand"},
        {{"report", "times", "--nope"}, ExitCode::usage, "--nope"},
        {{"report", "times", "--pack", "dayao"}, ExitCode::usage, "--pack"},
        {{"report", "times", "--database", "mysql://x"}, ExitCode::usage, "postgresql://"},
        {{"report", "times", "--database", "postgresql://%zz"}, ExitCode::usage, "%zz"},
        {{"report", "times", "--data", ""}, ExitCode::usage, "--data"},
        {{"serve", "--data", ""}, ExitCode::usage, "--data"},
        {{"serve", "--address", "localhost"}, ExitCode::usage, "IP address"},
        {{"serve", "--address", "300.1.1.1"}, ExitCode::usage, "IP address"},
        {{"serve", "--port", "99999"}, ExitCode::usage, "--port"},
        {{"serve", "--port", "x"}, ExitCode::usage, "--port"},
        {{"serve", "--smtp", "mail.example"}, ExitCode::usage, "smtp://"},
        {{"serve", "--public-url", "lianxin.example"}, ExitCode::usage, "https://"},
        {{"serve", "--writes-per-minute", "-1"}, ExitCode::usage, "--writes-per-minute"},
        {{"import", "messages"}, ExitCode::usage, "file"},
        {{"import", "places"}, ExitCode::usage, "--template"},
        {{"import", "places", "{}/rows.csv", "--template", "{}/new.csv"}, ExitCode::usage, "--template"},
        {{"import", "places", "{}/rows.csv", "--place", "430181"}, ExitCode::usage, "--place"},
        {{"import", "places", "--template", "{}/new.pdf"}, ExitCode::usage, ".xlsx"},
        {{"account", "create", "li.si"}, ExitCode::usage, "--post"},
        {{"pack", "draw", "{}/dayao"}, ExitCode::usage, "--out"},
        {{"verify"}, ExitCode::usage, "file"},
        {{"verify", "{}/file.txt", "--key", "short"}, ExitCode::usage, "--key"},
        {{"openapi", "more"}, ExitCode::usage, "more"},
    });
}

TEST_F(CommandLine, WhatIsNotThereIsNotMade) {
    expect_refused({
        {{"report", "times", "--data", "{}/none"}, ExitCode::bad_input, "no county"},
        {{"account", "create", "li.si", "--post", "desk", "--data", "{}/none"},
         ExitCode::bad_input,
         "no county"},
        {{"account", "reset", "li.si", "--data", "{}/none"}, ExitCode::bad_input, "no county"},
        {{"import", "places", "{}/rows.csv", "--data", "{}/none"}, ExitCode::bad_input, "no county"},
        {{"import", "places", "{}/rows.csv", "--data", "{}/none", "--packs", "{}", "--pack", "nope"},
         ExitCode::bad_input,
         "no pack nope"},
        {{"pack", "check", "{}/dayao", "--data", "{}/none"}, ExitCode::bad_input, "no county"},
        {{"serve", "--port", "0", "--data", "{}/none"}, ExitCode::bad_input, "--pack"},
        {{"serve", "--port", "0", "--data", "{}/none", "--packs", "{}", "--pack", "nope"},
         ExitCode::bad_input,
         "no pack nope"},
        {{"serve", "--port", "0", "--data", "{}/none", "--packs", "{}/other", "--pack", "../dayao"},
         ExitCode::bad_input,
         "no pack ../dayao"},
        {{"report", "times", "--data", "{}/none", "--database", "postgresql://127.0.0.1:1/county"},
         ExitCode::fault,
         "port 1 failed: Connection refused"},
        {{"import", "messages", "{}/none.jsonl", "--data", "{}/none"}, ExitCode::bad_input, "no file"},
        {{"import", "messages", "{}/other", "--data", "{}/none"}, ExitCode::bad_input, "folder"},
        {{"verify", "{}/none.txt"}, ExitCode::bad_input, "no file"},
        {{"verify", "{}/other"}, ExitCode::bad_input, "folder"},
        {{"verify", "{}/file.txt"}, ExitCode::bad_input, "not a receipt"},
        {{"pack", "check", "{}/none"}, ExitCode::bad_input, "no folder"},
        {{"pack", "check", "{}/other"}, ExitCode::bad_input, "no pack"},
        {{"pack", "draw", "{}/other", "--out", "{}/drawn"}, ExitCode::bad_input, "no pack"},
    });
}

TEST_F(CommandLine, APlaceThatIsNotThereIsNamedAndNoOtherListed) {
    open_county();
    const Said said = ask({"account", "create", "li.si", "--post", "desk@不存在", "--data", data().string()});
    EXPECT_EQ(said.code, ExitCode::usage);
    EXPECT_NE(said.err.find("nothing called 不存在 has a post desk"), std::string::npos) << said.err;
    EXPECT_EQ(std::count(said.err.begin(), said.err.end(), '\n'), 1) << said.err;
}

TEST_F(CommandLine, AFolderOfOtherThingsIsLeftAlone) {
    expect_refused({
        {{"report", "times", "--data", "{}/other"}, ExitCode::bad_input, "no county"},
        {{"serve", "--port", "0", "--data", "{}/other", "--packs", "{}", "--pack", "dayao"},
         ExitCode::refused,
         "letter.txt"},
        {{"serve", "--port", "0", "--data", "{}/file.txt", "--packs", "{}", "--pack", "dayao"},
         ExitCode::bad_input,
         "no folder"},
        {{"import", "places", "{}/rows.csv", "--data", "{}/other", "--packs", "{}", "--pack", "dayao"},
         ExitCode::refused,
         "letter.txt"},
    });
}

TEST_F(CommandLine, FilesOfNobodysAreNotRead) {
    write(directory_ / "shut.jsonl", "{}");
    fs::permissions(directory_ / "shut.jsonl", fs::perms::none);
    fs::permissions(directory_.path(), fs::perms::all);
    const bool root = ::geteuid() == 0;
    ASSERT_TRUE(!root || ::seteuid(65534) == 0);
    const Said receipt = ask({"verify", "{}/shut.jsonl"});
    const Said messages = ask({"import", "messages", "{}/shut.jsonl", "--data", "{}/none"});
    ASSERT_TRUE(!root || ::seteuid(0) == 0);
    for (const Said& said : {receipt, messages}) {
        EXPECT_EQ(said.code, ExitCode::bad_input);
        EXPECT_NE(said.err.find("access"), std::string::npos) << said.err;
    }
    EXPECT_FALSE(fs::exists(directory_ / "none"));
}

TEST_F(CommandLine, ACountyThatIsBrokenOrOfAnotherVersionIsToldApart) {
    open_county();
    const std::vector<std::vector<std::string>> readers{{"report", "times", "--data", "{}/data"},
                                                        {"account", "reset", "li.si", "--data", "{}/data"},
                                                        {"pack", "check", "{}/dayao", "--data", "{}/data"}};
    const auto change = [&](const std::string& sql) {
        store::open_sqlite(data() / "county.db")->write([&](store::Transaction& tx) { tx.execute(sql); });
    };
    const auto expect = [&](const std::vector<std::string>& words, ExitCode code, const std::string& part) {
        const Said said = ask(words);
        EXPECT_EQ(static_cast<int>(said.code), static_cast<int>(code)) << words.front() << said.err;
        EXPECT_NE(said.err.find(part), std::string::npos) << said.err;
    };
    expect({"serve", "--port", "0", "--data", "{}/data", "--packs", "{}", "--pack", "huairou"},
           ExitCode::refused, "belongs to the pack dayao");
    change(
        "insert into migration (number, name, checksum, applied_at) values (9999, 'later', zeroblob(32), 0)");
    for (const auto& words : readers) expect(words, ExitCode::schema, "newer than this program");
    expect({"serve", "--port", "0", "--data", "{}/data", "--packs", "{}"}, ExitCode::schema,
           "newer than this program");
    change("delete from migration where number > 9");
    for (const auto& words : readers) expect(words, ExitCode::schema, "lianxin serve");
    write(data() / "county.db", std::string(4096, 'x'));
    for (const auto& words : readers) expect(words, ExitCode::fault, "backup");
}

TEST_F(CommandLine, ACountyThatThisUserMayNotWriteToIsNamed) {
    open_county();
    for (const auto& entry : fs::recursive_directory_iterator(data()))
        fs::permissions(entry.path(), entry.is_directory() ? fs::perms::all : fs::perms(0444));
    fs::permissions(data() / "in-use", fs::perms(0666));
    for (const auto& folder : {directory_.path(), data()}) fs::permissions(folder, fs::perms::all);
    const bool root = ::geteuid() == 0;
    ASSERT_TRUE(!root || ::seteuid(65534) == 0);
    const Said said = ask({"import", "places", "{}/rows.csv", "--data", "{}/data", "--packs", "{}"});
    ASSERT_TRUE(!root || ::seteuid(0) == 0);
    EXPECT_EQ(said.code, ExitCode::fault);
    EXPECT_NE(said.err.find("this user may use it"), std::string::npos) << said.err;
}

TEST_F(CommandLine, AMasterKeyThatIsNotTheCountysIsNamed) {
    open_county();
    for (const auto& [key, part] : std::map<std::string, std::string>{
             {std::string(32, 'x'), "put back the master key"}, {"short", "put it back from its backup"}}) {
        fs::permissions(data() / "master.key", fs::perms::owner_all);
        write(data() / "master.key", key);
        const Said said = ask({"report", "times", "--data", "{}/data"});
        EXPECT_EQ(said.code, ExitCode::fault);
        EXPECT_NE(said.err.find(part), std::string::npos) << said.err;
    }
}

TEST_F(CommandLine, ACountyThatLostItsDatabaseIsNotBegunAnew) {
    open_county();
    for (const char* file : {"county.db", "county.db-wal", "county.db-shm"}) fs::remove(data() / file);
    const Said said = ask({"serve", "--port", "0", "--data", "{}/data", "--packs", "{}", "--pack", "dayao"});
    EXPECT_EQ(said.code, ExitCode::fault);
    EXPECT_NE(said.err.find("county.db is not in"), std::string::npos) << said.err;
    EXPECT_FALSE(fs::exists(data() / "county.db"));
}

TEST_F(CommandLine, BesideAServerEverythingMayRunButASecondServer) {
    open_county();
    const SystemClock clock;
    HomeOptions serving = home();
    serving.as = FolderLease::As::only_server;
    CountyHome server(serving, clock);
    EXPECT_EQ(ask({"report", "times", "--data", "{}/data"}).code, ExitCode::done);
    EXPECT_EQ(ask({"pack", "check", "{}/dayao", "--data", "{}/data"}).code, ExitCode::done);
    const Said second = ask({"serve", "--port", "0", "--data", "{}/data", "--packs", "{}"});
    EXPECT_EQ(second.code, ExitCode::refused);
    EXPECT_NE(second.err.find("A server is running"), std::string::npos) << second.err;
    // Two at once never make the same id, though the clock says the same to both.
    const ManualClock still(clock.now());
    HomeOptions guest = home();
    CountyHome beside(guest, still);
    EXPECT_NE(server.county_at(still).new_id<PlaceNoun>(), beside.county().new_id<PlaceNoun>());
}

TEST_F(CommandLine, APortInUseIsSaidBeforeAnythingIsDone) {
    http::Api api;
    const SystemClock clock;
    const http::Server other(api, clock, {});
    const Said said = ask({"serve", "--port", std::to_string(other.port()), "--data", "{}/none", "--packs",
                           "{}", "--pack", "dayao"});
    EXPECT_EQ(said.code, ExitCode::fault);
    EXPECT_NE(said.err.find("cannot listen on"), std::string::npos) << said.err;
    EXPECT_FALSE(fs::exists(directory_ / "none"));
}

}  // namespace
}  // namespace lianxin
