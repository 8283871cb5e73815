#include <gtest/gtest.h>

#include <fstream>

#include "main/commands.hpp"
#include "main/county_home.hpp"
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

TEST_F(ImportCommand, ACountyWhoseKeysAreGoneIsNotOpened) {
    EXPECT_EQ(import_file(options_), ExitCode::refused);
    for (const char* file : {"keys.db", "keys.db-wal", "keys.db-shm"})
        std::filesystem::remove(options_.data / file);
    EXPECT_THROW((void)import_file(options_), Fault);
    EXPECT_FALSE(std::filesystem::exists(options_.data / "keys.db")) << "no empty one takes its place";
}

}  // namespace
}  // namespace lianxin
