// The disk is full, the database is locked, damaged or gone, a call fails: each is said plainly, nothing is
// half done, and the store goes on when it can.
#include <filesystem>
#include <fstream>
#include <latch>
#include <set>
#include <thread>

#include "store/blob_store.hpp"
#include "store/outbox_courier.hpp"
#include "store/stored_answer.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/failing_database.hpp"
#include "tests/support/power_cut_vfs.hpp"
#include "tests/support/test_database.hpp"

namespace lianxin::store {
namespace {

using namespace std::chrono_literals;
using support::monday_morning;
using support::TemporaryDirectory;

FaultKind fault_of(const std::function<void()>& action, std::string* text = nullptr) {
    try {
        action();
    } catch (const StoreFault& fault) {
        if (text != nullptr) *text = fault.what();
        return fault.kind;
    }
    ADD_FAILURE() << "no fault";
    return FaultKind::statement;
}

void create_notes(Database& database) {
    database.write(
        [](Transaction& tx) { tx.execute("create table note (id integer primary key, body text)"); });
}
void add_note(Database& database, std::int64_t id) {
    database.write([&](Transaction& tx) {
        tx.execute("insert into note (id, body) values ($1, $2)", id, std::string(2000, 'x'));
    });
}
std::set<std::int64_t> notes(Database& database) {
    return database.read([](Transaction& tx) {
        std::set<std::int64_t> ids;
        for (const Row row : tx.query("select id from note")) ids.insert(row.get<std::int64_t>(0));
        return ids;
    });
}

TEST(DiskFull, fails_writes_with_its_name_lets_reads_go_on_and_recovers) {
    support::PowerCutVfs vfs(1);
    SqliteOptions options;
    options.vfs = vfs.name();
    const auto database = open_sqlite("/county.db", options);
    create_notes(*database);
    add_note(*database, 1);
    vfs.fill_disk(true);
    std::string text;
    EXPECT_EQ(fault_of([&] { add_note(*database, 2); }, &text), FaultKind::full);
    EXPECT_NE(text.find("disk is full"), std::string::npos);
    EXPECT_EQ(fault_of([&] { add_note(*database, 3); }), FaultKind::full);
    EXPECT_EQ(notes(*database), (std::set<std::int64_t>{1}));
    vfs.fill_disk(false);
    add_note(*database, 4);
    EXPECT_EQ(notes(*database), (std::set<std::int64_t>{1, 4}));
}

TEST(FailingDisk, fails_whole_groups_and_what_was_acknowledged_is_exactly_what_is_there) {
    for (std::int64_t n = 1; n <= 120; ++n) {
        support::PowerCutVfs vfs(static_cast<std::uint64_t>(n));
        SqliteOptions options;
        options.vfs = vfs.name();
        const auto database = open_sqlite("/county.db", options);
        create_notes(*database);
        vfs.fail_call(n);
        constexpr int writers = 4, each = 6;
        std::array<std::set<std::int64_t>, writers> acknowledged;
        std::vector<std::thread> threads;
        for (int w = 0; w < writers; ++w) {
            threads.emplace_back([&, w] {
                for (int i = 0; i < each; ++i) {
                    try {
                        add_note(*database, w * 100 + i);
                        acknowledged[static_cast<std::size_t>(w)].insert(w * 100 + i);
                    } catch (const StoreFault&) {
                    }
                }
            });
        }
        for (std::thread& thread : threads) thread.join();
        std::set<std::int64_t> all;
        for (const auto& some : acknowledged) all.insert(some.begin(), some.end());
        ASSERT_EQ(notes(*database), all) << "call " << n;
        vfs.fail_call(0);
        add_note(*database, 9999);
    }
}

TEST(LockedDatabase, is_said_to_be_locked_and_written_again_once_free) {
    const TemporaryDirectory directory;
    SqliteOptions options;
    options.busy_timeout_ms = 20;
    const auto database = open_sqlite(directory / "county.db", options);
    create_notes(*database);
    {
        support::ChildProcess other({"/usr/bin/python3", "-c",
                                     "import sqlite3,sys\n"
                                     "c=sqlite3.connect(sys.argv[1],isolation_level=None)\n"
                                     "c.execute('begin immediate')\n"
                                     "print('held',flush=True)\n"
                                     "sys.stdin.read()\n",
                                     (directory / "county.db").string()});
        ASSERT_EQ(other.read_line(), "held");
        std::string text;
        EXPECT_EQ(fault_of([&] { add_note(*database, 1); }, &text), FaultKind::busy);
        EXPECT_NE(text.find("another process"), std::string::npos);
        EXPECT_TRUE(notes(*database).empty());  // readers are not kept waiting
    }
    add_note(*database, 2);
    EXPECT_EQ(notes(*database), (std::set<std::int64_t>{2}));
}

TEST(GoneDatabase, is_noticed_before_anything_is_acknowledged_into_the_void) {
    const TemporaryDirectory directory;
    const auto file = directory / "county.db";
    const auto database = open_sqlite(file);
    create_notes(*database);
    add_note(*database, 1);
    std::filesystem::rename(file, directory / "aside.db");
    std::string text;
    EXPECT_EQ(fault_of([&] { add_note(*database, 2); }, &text), FaultKind::gone);
    EXPECT_NE(text.find("put the file back"), std::string::npos);
    EXPECT_EQ(fault_of([&] { (void)notes(*database); }), FaultKind::gone);
    std::filesystem::rename(directory / "aside.db", file);
    add_note(*database, 3);
    EXPECT_EQ(notes(*database), (std::set<std::int64_t>{1, 3}));
}

TEST(GoneDatabase, in_a_folder_that_does_not_exist_is_said_plainly) {
    EXPECT_EQ(fault_of([] { (void)open_sqlite("/nonexistent/folder/county.db"); }), FaultKind::gone);
}

TEST(DamagedDatabase, is_refused) {
    const TemporaryDirectory directory;
    std::ofstream(directory / "county.db")
        << "This is not a database, whatever its name says. It is a text file.";
    EXPECT_EQ(fault_of([&] { (void)open_sqlite(directory / "county.db"); }), FaultKind::io);
}

class EachCall : public support::AnyDatabase {
 protected:
    struct Left {
        std::int64_t outbox, answers, blobs;
        bool operator==(const Left&) const = default;
    };
    Left left() {
        return database().read([](Transaction& tx) {
            Left found{};
            found.outbox = *tx.value<std::int64_t>("select count(*) from outbox");
            found.answers = *tx.value<std::int64_t>("select count(*) from stored_answer");
            found.blobs = *tx.value<std::int64_t>("select count(*) from blob");
            return found;
        });
    }
};
LIANXIN_ON_BOTH_ENGINES(EachCall);

TEST_P(EachCall, may_fail_and_message_answer_and_blob_are_there_together_or_not_at_all) {
    support::FailingDatabase failing(database());
    const AnswerKey key{"account:1", "key", {}};
    OutgoingMessage message;
    message.id = Id<Outbox>(1);
    message.channel = "email";
    message.template_name = "received";
    const int calls = support::fail_each_call(
        failing,
        [&] {
            failing.write([&](Transaction& tx) {
                if (find_answer(tx, key).value()) return;
                record_blob(tx, std::string(64, 'a'), 5, monday_morning);
                enqueue(tx, message, monday_morning);
                keep_answer(tx, key, {201, {}}, monday_morning);
            });
        },
        [&] {
            EXPECT_EQ(left(), (Left{0, 0, 0}));
        });
    EXPECT_GE(calls, 6);
    EXPECT_EQ(left(), (Left{1, 1, 1}));
}

TEST_P(EachCall, may_fail_while_a_message_is_sent_and_it_still_goes_out) {
    database().write([](Transaction& tx) {
        OutgoingMessage message;
        message.id = Id<Outbox>(1);
        message.channel = "email";
        message.template_name = "received";
        message.not_before = monday_morning;
        enqueue(tx, message, monday_morning);
    });
    support::FailingDatabase failing(database());
    ManualClock clock(monday_morning);
    int sent = 0;
    OutboxCourier courier(
        failing, clock,
        [&](const ClaimedMessage&) {
            ++sent;
            return SendOutcome{};
        },
        [] { return 0.5; });
    const auto waiting = [&] {
        return database().read([](Transaction& tx) { return count_messages(tx).waiting; });
    };
    (void)support::fail_each_call(
        failing, [&] { courier.deliver_due(); },
        [&] {
            EXPECT_EQ(waiting(), 1);
            clock.advance(5min);  // the lease runs out
        });
    EXPECT_EQ(waiting(), 0);
    EXPECT_GE(sent, 1);
}

}  // namespace
}  // namespace lianxin::store
