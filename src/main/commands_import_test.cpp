#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <regex>
#include <set>
#include <sstream>

#include "main/commands.hpp"
#include "main/county_home.hpp"
#include "pack/pack.hpp"
#include "pack/words.hpp"
#include "store/transaction.hpp"
#include "tests/support/small_pack.hpp"
#include "tests/support/temporary_directory.hpp"

namespace lianxin {
namespace {

constexpr const char* messages =
    R"({"id":"a1","subject":"路灯","text":"不亮","at":"2024-01-02 10:00:00","reply":"好的","replied_at":"2024-01-05 10:00:00"})"
    "\n"
    R"({"id":"a2","subject":"将来","text":"还没有发生","at":"2999-01-02 10:00:00"})"
    "\n{broken\n";

class ImportCommand : public testing::Test {
 protected:
    ImportCommand() {
        support::small_pack(directory_.path());
        options_.data = directory_ / "data";
        options_.packs = directory_.path();
        options_.pack = "dayao";
        options_.what = "messages";
        options_.file = directory_ / "messages.jsonl";
        std::ofstream(options_.file) << messages;
    }
    [[nodiscard]] std::int64_t closed() {
        const SystemClock clock;
        CountyHome home({options_.data, options_.packs, {}, "dayao"}, clock);
        return home.database().read([](store::Transaction& tx) {
            return tx.value<std::int64_t>("select count(*) from matter where closed_at is not null")
                .value_or(-1);
        });
    }
    support::TemporaryDirectory directory_;
    ImportOptions options_;
};

TEST_F(ImportCommand, TakesMessagesInAsTheKindAnAnswerCloses) {
    // Two lines are refused, by number; the rest goes in, once.
    EXPECT_EQ(import_file(options_), ExitCode::refused);
    EXPECT_EQ(closed(), 1) << "a short answer is still the answer that was given";
    EXPECT_EQ(import_file(options_), ExitCode::refused);
    EXPECT_EQ(closed(), 1);
}

TEST_F(ImportCommand, OfADryRunNothingStays) {
    options_.dry_run = true;
    EXPECT_EQ(import_file(options_), ExitCode::refused);
    EXPECT_EQ(closed(), 0);
}

// What a terminal shows of it.
std::string said_by(const ImportOptions& options) {
    std::ostringstream text;
    auto* const real = std::cerr.rdbuf(text.rdbuf());
    EXPECT_EQ(import_file(options), ExitCode::refused);
    std::cerr.rdbuf(real);
    return text.str();
}

TEST_F(ImportCommand, SaysOfEveryRefusedLineWhichKeyIsWrongAndWhatToDo) {
    std::ofstream(options_.file) << R"({"id":"1","subjct":"路灯","at":"2024-01-02 10:00:00","text":"不亮"})"
                                 << "\n[]\n5\n"
                                 << R"({"id":"2","text":"没有时间"})"
                                 << "\n"
                                 << R"({"id":"3","at":"2024-01-02 10:00:00","text":"街上到处是水"})"
                                 << "\n"
                                 << R"({"id":"4","at":"2024-01-02 10:00:00","text":"x"})"
                                 << "\n";
    const auto file = options_.file.string();
    const std::string object = "这一行不是 JSON 对象，请写成 {\"id\": …, \"at\": …, \"text\": …} 的一行\n";
    EXPECT_EQ(said_by(options_), file + ":1: subjct: 没有这一项，是不是：subject？请改名或删去\n" + file +
                                     ":2: " + object + file + ":3: " + object + file +
                                     ":4: at: 缺少这一项，请加上\n" + file +
                                     ":6: text: 至少 2 个字，请改好这一行后再导入一次；已经导入的不会重复\n");
}

struct Spoken {
    ExitCode ended;
    std::string errors, summary;
};
Spoken spoken(const ImportOptions& options) {
    std::ostringstream errors, summary;
    auto* const real_errors = std::cerr.rdbuf(errors.rdbuf());
    auto* const real_summary = std::cout.rdbuf(summary.rdbuf());
    const auto ended = import_file(options);
    std::cerr.rdbuf(real_errors);
    std::cout.rdbuf(real_summary);
    return {ended, errors.str(), summary.str()};
}

TEST_F(ImportCommand, SaysWhereAMessageOfTheSameIdDiffersAndOfTheSameMessageNothing) {
    const auto line = [](const std::string& id, const std::string& text, const std::string& reply) {
        return R"({"id":")" + id + R"(","at":"2024-01-02 10:00:00","subject":"路灯","text":")" + text +
               R"(","reply":")" + reply + R"(","replied_at":"2024-01-05 10:00:00"})" + "\n";
    };
    // One shorter and one longer than a form takes: both are the answer that was given.
    const std::string whole(5000, 'x');
    std::ofstream(options_.file) << line("1", "不亮", "好") << line("2", "全灭", whole);
    EXPECT_EQ(spoken(options_).ended, ExitCode::done);
    const auto again = spoken(options_);
    EXPECT_EQ(again.ended, ExitCode::done);
    EXPECT_EQ(again.errors, "");
    EXPECT_EQ(again.summary, "收进 0，其中已答复 0，早已收进 2，退回 0\n");

    std::ofstream(options_.file) << line("1", "又亮了", "好") << line("2", "全灭", whole + "x")
                                 << line("2", "全灭", "好");
    const auto otherwise = spoken(options_);
    EXPECT_EQ(otherwise.ended, ExitCode::refused);
    EXPECT_EQ(otherwise.summary,
              "收进 0，其中已答复 0，早已收进 0，退回 0\n早已收进但这次内容不同 3，记录没有改动\n");
    const auto file = options_.file.string();
    EXPECT_EQ(otherwise.errors.find(file + ":1: text: 这条留言早已收进（编号 24"), 0U) << otherwise.errors;
    EXPECT_NE(otherwise.errors.find(file + ":2: reply: 这条留言早已收进（编号 24"), std::string::npos);
    EXPECT_NE(otherwise.errors.find(file + ":3: reply: 与第 2 行的 id 相同而内容不同，这一行没有收进，"
                                           "请只留一行，或给其中一行另编一个 id\n"),
              std::string::npos);
    EXPECT_EQ(closed(), 2);
}

// The terminal's language for as long as this lives.
class Terminal {
 public:
    explicit Terminal(const char* locale) { ::setenv("LC_ALL", locale, 1); }
    ~Terminal() { ::unsetenv("LC_ALL"); }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;
};

std::string badly_said_by(const ImportOptions& options) {
    std::ostringstream text;
    auto* const real = std::cerr.rdbuf(text.rdbuf());
    EXPECT_EQ(import_file(options), ExitCode::bad_input);
    std::cerr.rdbuf(real);
    return text.str();
}

TEST_F(ImportCommand, SpeaksTheLanguageOfTheTerminalAndNoOther) {
    options_.place = "999";
    EXPECT_EQ(badly_said_by(options_),
              "lianxin: 没有地点用这个编码：999，请写区划代码或门牌上的编码；不写 --place 就归到全县\n");
    const Terminal english("en_GB.UTF-8");
    EXPECT_EQ(
        badly_said_by(options_),
        "lianxin: no place has the code 999; give a division code or the code on a plate; without --place "
        "they belong to the whole county\n");
    options_.place.reset();
    options_.what = "places";
    std::ofstream(options_.file) << "name,parent,kind\nHill,大瑶镇,hamlet\n";
    const auto said = said_by(options_);
    EXPECT_NE(said.find("no such kind of place; use one of "), std::string::npos) << said;
    EXPECT_EQ(said.find("镇"), std::string::npos) << said;
}

TEST_F(ImportCommand, SaysWhatIsNoWorkbookAndWhereAQuotationMarkIsOpen) {
    options_.what = "households";
    options_.file = directory_ / "doors.xlsx";
    std::ofstream(options_.file) << "门牌,所在地\n";
    EXPECT_EQ(badly_said_by(options_),
              "lianxin: " + options_.file.string() + ": 这不是一个工作簿，请另存为 CSV 或 XLSX\n");
    options_.file = directory_ / "doors.csv";
    std::ofstream(options_.file) << "门牌,所在地\n1号,青禾村\n\"2号,青禾村\n3号,青禾村\n";
    EXPECT_EQ(badly_said_by(options_),
              "lianxin: " + options_.file.string() + ":3: 引号没有配对，请核对并补上引号\n");
}

TEST_F(ImportCommand, SaysOfEveryRefusedRowWhichColumnIsWrongAndWhatToDo) {
    options_.what = "households";
    std::ofstream(options_.file) << "门牌,所在地,自\n1号,青禾村,\n2号,没有的村,\n";
    const auto said = said_by(options_);
    EXPECT_NE(said.find(":2: 所在地: “青禾村” 住户要挂在最基层的地点之下"), std::string::npos) << said;
    EXPECT_NE(said.find(":3: 所在地: “没有的村” 没有找到这个地点，请写区划代码或完整路径"), std::string::npos)
        << said;
}

// A shelf of words for every reason the readers know, with what to do.
TEST_F(ImportCommand, HasWordsForEveryReason) {
    static const std::regex code(
        R"re((?:refuse|refused|refusal =|push_back)\(?[^;"]*(?:"[a-z_0-9]+", )?"([a-z]+_[a-z_]+)")re");
    pack::Findings findings;
    const auto pack = pack::load_pack("packs/common", findings);
    ASSERT_TRUE(pack.has_value());
    const auto words = pack::Words::read(*pack, findings);
    std::set<std::string> reasons{
        "empty",          "too_large",          "encoding_unknown",    "quote_not_closed",
        "not_a_workbook", "malformed_workbook", "differs_from_record", "differs_from_line"};
    for (const auto* file : {"party/import_service_rows.cpp", "party/import_service_places.cpp",
                             "party/import_service_people.cpp", "matter/message_line_service.cpp"}) {
        std::stringstream text;
        text << std::ifstream(std::string("src/") + file).rdbuf();
        const auto source = text.str();
        for (std::sregex_iterator at(source.begin(), source.end(), code), end; at != end; ++at)
            reasons.insert((*at)[1]);
    }
    for (const auto* column : {"no_photo", "replied_at"}) reasons.erase(column);
    EXPECT_GT(reasons.size(), 30U);
    for (const auto& reason : reasons)
        for (const auto& language : pack->manifest().languages)
            for (const auto* end : {"", ".remedy"}) {
                const auto key = "import." + reason + end;
                const bool elsewhere = words.find(language, "fault." + reason) != nullptr;
                EXPECT_TRUE(words.find(language, key) != nullptr || elsewhere) << key << " in " << language;
            }
}

TEST_F(ImportCommand, WritesAnEmptyTableThatGoesInAndNeverOverAnother) {
    ASSERT_EQ(import_file(options_), ExitCode::refused);
    for (const auto* what : {"places", "people", "households", "categories"}) {
        for (const auto* extension : {".csv", ".xlsx"}) {
            ImportOptions form = options_;
            form.what = what;
            form.form = directory_ / (std::string(what) + extension);
            ASSERT_EQ(import_file(form), ExitCode::done);
            EXPECT_THROW((void)import_file(form), Ending);
            ImportOptions back = options_;
            back.what = what;
            back.file = form.form;
            back.dry_run = true;
            EXPECT_EQ(import_file(back), ExitCode::done) << what << extension;
        }
    }
    ImportOptions form = options_;
    form.what = "places";
    form.form = directory_ / "places.pdf";
    EXPECT_THROW((void)import_file(form), Ending);
    form.form = directory_ / "no such folder" / "places.csv";
    EXPECT_THROW((void)import_file(form), Ending);
}

TEST_F(ImportCommand, ACountyWhoseKeysAreGoneIsNotOpened) {
    EXPECT_EQ(import_file(options_), ExitCode::refused);
    for (const char* file : {"keys.db", "keys.db-wal", "keys.db-shm"})
        std::filesystem::remove(options_.data / file);
    EXPECT_THROW((void)import_file(options_), Fault);
    EXPECT_FALSE(std::filesystem::exists(options_.data / "keys.db")) << "no empty one takes its place";
}

}  // namespace
}  // namespace lianxin
