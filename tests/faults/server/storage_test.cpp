// The store below the server fails: full, locked, gone, broken at any single call. The answer says which, a
// refused write left nothing behind, reads go on where they can, and the server goes on by itself when the
// store does.
#include <sys/mount.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <thread>

#include "tests/faults/server/county_server.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/failing_database.hpp"

namespace lianxin::faults {
namespace {

namespace fs = std::filesystem;

std::int64_t count_in(store::Database& database, const std::string& table) {
    return database.read([&](store::Transaction& tx) {
        return tx.value<std::int64_t>("select count(*) from " + table).value_or(-1);
    });
}

// A disk of a few megabytes of its own.
class SmallDisk {
 public:
    explicit SmallDisk(fs::path at) : at_(std::move(at)) {
        fs::create_directories(at_);
        mounted_ = ::mount("tmpfs", at_.c_str(), "tmpfs", 0, "size=96m") == 0;
    }
    ~SmallDisk() {
        if (mounted_) ::umount2(at_.c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    [[nodiscard]] bool mounted() const { return mounted_; }
    [[nodiscard]] const fs::path& path() const { return at_; }
    void fill(std::uintmax_t but_for) {
        std::ofstream ballast(at_ / "ballast", std::ios::binary | std::ios::app);
        const std::string block(4096, 'b');
        while (fs::space(at_).available > but_for && ballast.write(block.data(), 4096).flush()) {
        }
    }
    void make_room() { fs::remove(at_ / "ballast"); }

 private:
    fs::path at_;
    bool mounted_ = false;
};

TEST(FullDisk, is_told_as_507_reads_go_on_nothing_is_half_done_and_room_is_enough_to_recover) {
    const support::TemporaryDirectory directory;
    SmallDisk disk(directory / "disk");
    if (!disk.mounted()) GTEST_SKIP() << "only root may mount a small disk";
    const auto database = store::open_sqlite(disk.path() / "county.db");
    store::migrate(*database, store::county_migrations(), support::monday_morning);
    const CountyServer server(*database, disk.path());
    const Receipt before = server.reported();
    disk.fill(200 << 10);
    std::int64_t taken = 1;
    http::Answer last;
    for (int i = 0; i < 400 && (last = server.report()).status == 201; ++i) ++taken;
    EXPECT_EQ(problem_of(last), "507 storage_full");
    EXPECT_NE(last.body.find("存储空间已满"), std::string::npos) << last.body;
    disk.fill(0);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(problem_of(server.report()), "507 storage_full");
    EXPECT_EQ(problem_of(server.post("/api/v1/uploads", photo(300 << 10), "Content-Type: image/jpeg\r\n")),
              "507 storage_full");
    EXPECT_EQ(server.ask("GET", "/api/v1/track/" + before.number).status, 200);
    EXPECT_EQ(server.ask("GET", "/api/v1/matters/" + before.id, "", before.header()).status, 200);
    EXPECT_EQ(count_in(*database, "matter"), taken);
    disk.make_room();
    EXPECT_EQ(server.report().status, 201);
    EXPECT_EQ(server.post("/api/v1/uploads", photo(300 << 10), "Content-Type: image/jpeg\r\n").status, 201);
    EXPECT_EQ(count_in(*database, "matter"), taken + 1);
    EXPECT_EQ(count_in(*database, "entry where chain_kind = 'matter'"), taken + 1);
    EXPECT_EQ(count_in(*database, "upload"), 1);
    for (const auto& file : fs::recursive_directory_iterator(disk.path() / "blobs"))
        EXPECT_NE(file.path().extension(), ".tmp") << file.path();
}

TEST(LockedStore, is_told_as_busy_with_a_time_to_come_again_while_reads_go_on) {
    const support::TemporaryDirectory directory;
    store::SqliteOptions options;
    options.busy_timeout_ms = 50;
    const auto database = store::open_sqlite(directory / "county.db", options);
    store::migrate(*database, store::county_migrations(), support::monday_morning);
    const CountyServer server(*database, directory.path());
    const Receipt before = server.reported();
    {
        support::ChildProcess other({"/usr/bin/python3", "-c",
                                     "import sqlite3,sys\n"
                                     "c=sqlite3.connect(sys.argv[1],isolation_level=None)\n"
                                     "c.execute('begin immediate')\n"
                                     "print('held',flush=True)\n"
                                     "sys.stdin.read()\n",
                                     (directory / "county.db").string()});
        ASSERT_EQ(other.read_line(), "held");
        const auto refused = server.report();
        EXPECT_EQ(problem_of(refused), "503 storage_busy");
        EXPECT_EQ(refused.header("retry-after"), "2");
        EXPECT_NE(refused.body.find("\"incident\":\""), std::string::npos);
        EXPECT_EQ(server.ask("GET", "/api/v1/track/" + before.number).status, 200);
    }
    EXPECT_EQ(server.report().status, 201);
    EXPECT_EQ(count_in(*database, "matter"), 2);
}

TEST(GoneStore, a_file_moved_away_is_told_as_gone_and_served_again_once_it_is_back) {
    const support::TemporaryDirectory directory;
    const auto file = directory / "county.db";
    const auto database = store::open_sqlite(file);
    store::migrate(*database, store::county_migrations(), support::monday_morning);
    const CountyServer server(*database, directory.path());
    fs::rename(file, directory / "aside.db");
    const auto refused = server.report();
    EXPECT_EQ(problem_of(refused), "503 storage_gone");
    EXPECT_EQ(refused.header("retry-after"), "5");
    fs::rename(directory / "aside.db", file);
    EXPECT_EQ(server.report().status, 201);
    EXPECT_EQ(count_in(*database, "matter"), 1);
}

class OwnPostgresql {
 public:
    explicit OwnPostgresql(std::string directory) : directory_(std::move(directory)) {
        support::ChildProcess started(
            {"/bin/bash", script(), "start", directory_, std::to_string(::getpid())});
        url_ = started.read_line();
    }
    ~OwnPostgresql() { run("stop"); }
    OwnPostgresql(const OwnPostgresql&) = delete;
    OwnPostgresql& operator=(const OwnPostgresql&) = delete;
    // Tests' servers do not wait for their log; here what was acknowledged is to survive a kill.
    [[nodiscard]] std::string url() const { return url_ + "?options=-csynchronous_commit%3Don"; }
    [[nodiscard]] bool started() const { return !url_.empty(); }
    void run(const std::string& what) const {
        const std::string command = script() + " " + what + " " + directory_;
        EXPECT_EQ(std::system(command.c_str()), 0) << command;
    }

 private:
    static std::string script() { return support::source_directory() + "/tools/postgres_for_tests.sh"; }
    std::string directory_, url_;
};

TEST(GoneStore, a_postgresql_that_is_killed_under_load_is_served_again_without_a_restart) {
    const OwnPostgresql postgresql("/tmp/lianxin-pg-faults-" + std::to_string(::getpid()));
    ASSERT_TRUE(postgresql.started());
    const auto database = store::open_postgresql(postgresql.url());
    store::migrate(*database, store::county_migrations(), support::monday_morning);
    const support::TemporaryDirectory directory;
    const CountyServer server(*database, directory.path());
    const Receipt before = server.reported();

    std::atomic<bool> stop{false};
    std::array<std::map<std::string, int>, 4> outcomes;
    std::vector<std::thread> residents;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        residents.emplace_back([&, i] {
            while (!stop) {
                const auto answer = server.report();
                ++outcomes[i][answer.status == 201 ? "201" : problem_of(answer)];
            }
        });
    }
    while (count_in(*database, "matter") < 10) std::this_thread::yield();
    postgresql.run("halt");
    EXPECT_EQ(problem_of(server.report()), "503 storage_gone");
    EXPECT_EQ(problem_of(server.ask("GET", "/api/v1/track/" + before.number)), "503 storage_gone");
    postgresql.run("resume");
    EXPECT_EQ(server.report().status, 201);
    stop = true;
    for (std::thread& resident : residents) resident.join();

    std::int64_t acknowledged = 2, unknown = 0;
    for (const auto& of_one : outcomes) {
        for (const auto& [outcome, times] : of_one) {
            if (outcome == "201") acknowledged += times;
            // A commit whose answer was lost: it may hold, and is not told as a plain failure.
            else if (outcome == "503 temporarily_unavailable")
                unknown += times;
            else
                EXPECT_EQ(outcome, "503 storage_gone");
        }
    }
    const auto kept = count_in(*database, "matter");
    EXPECT_GE(kept, acknowledged);
    EXPECT_LE(kept, acknowledged + unknown);
}

class EachCall : public ServedCounty {
 protected:
    // Rows of every table but those that may run ahead of a write that failed: numbers set aside in advance.
    std::map<std::string, std::int64_t> rows() {
        std::vector<std::string> tables = database().read([](store::Transaction& tx) {
            const char* listed =
                tx.dialect() == store::Dialect::sqlite
                    ? "select name from sqlite_master where type = 'table' and name not like 'sqlite%'"
                    : "select table_name from information_schema.tables where table_schema = "
                      "current_schema()";
            std::vector<std::string> names;
            for (const store::Row row : tx.query(listed)) names.push_back(row.get<std::string>(0));
            return names;
        });
        std::map<std::string, std::int64_t> counted;
        for (const std::string& table : tables)
            if (table.find("serial") == std::string::npos) counted[table] = count(table);
        return counted;
    }
    // The n-th call below fails, for n = 1, 2, … until the request runs through: either nothing is there or,
    // when the call that failed came after the commit, all of it, and the repeat gets the answer that was
    // lost.
    int fail_each(support::FailingDatabase& failing, const std::function<http::Answer()>& ask, int success) {
        const auto before = rows();
        std::map<std::string, std::int64_t> after;
        for (int n = 1;; ++n) {
            failing.fail_call(n);
            const http::Answer answer = ask();
            const bool failed = failing.failed();
            failing.fail_call(0);
            if (!failed) {
                EXPECT_EQ(answer.status, success) << answer.body;
                return n - 1;
            }
            EXPECT_EQ(problem_of(answer), "503 temporarily_unavailable") << "call " << n;
            const auto now = rows();
            if (after.empty() && now != before) {
                EXPECT_EQ(ask().status, success) << "call " << n;
                after = now;
            }
            EXPECT_EQ(rows(), after.empty() ? before : after) << "call " << n;
            if (testing::Test::HasFailure()) return n;
        }
    }
};
LIANXIN_ON_BOTH_ENGINES(EachCall);

TEST_P(EachCall, below_a_report_an_action_and_an_upload_may_fail_and_nothing_is_half_done) {
    support::FailingDatabase failing(database());
    CountyServer& server = serve({.served = &failing});
    const Receipt receipt = server.reported();
    EXPECT_GT(fail_each(
                  failing, [&] { return server.report("each-call"); }, 201),
              10);
    EXPECT_EQ(count("matter"), 2);
    const auto withdraw = [&] {
        return server.post("/api/v1/matters/" + receipt.id + "/actions",
                           R"({"action":"withdraw","part":0,"version":1,"fields":{}})",
                           receipt.header() + "Idempotency-Key: each-withdrawal\r\n");
    };
    EXPECT_GT(fail_each(failing, withdraw, 200), 10);
    EXPECT_GT(
        fail_each(
            failing,
            [&] { return server.post("/api/v1/uploads", photo(500), "Content-Type: image/jpeg\r\n"); }, 201),
        3);
    EXPECT_EQ(text_at(json_of(server.ask("GET", "/api/v1/track/" + receipt.number)), "state"), "withdrawn");
}

}  // namespace
}  // namespace lianxin::faults
