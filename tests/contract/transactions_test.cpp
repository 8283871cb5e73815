// What a write and a read promise, on both engines.
#include <latch>
#include <set>
#include <thread>

#include "tests/support/test_database.hpp"

namespace lianxin::store {
namespace {

enum class Refused { on_purpose };
struct Thrown : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Transactions : public support::AnyDatabase {
 protected:
    Transactions() : AnyDatabase(std::span<const Migration>{}) {
        database().write(
            [](Transaction& tx) { tx.execute("create table note (id bigint primary key, n bigint)"); });
    }
    void add(std::int64_t id) {
        database().write([&](Transaction& tx) { tx.execute("insert into note values ($1, 0)", id); });
    }
    std::int64_t count() {
        return database().read(
            [](Transaction& tx) { return *tx.value<std::int64_t>("select count(*) from note"); });
    }
};
LIANXIN_ON_BOTH_ENGINES(Transactions);

TEST_P(Transactions, a_write_answers_what_its_closure_answers) {
    const auto answer = database().write([](Transaction& tx) -> Result<int, Refused> {
        tx.execute("insert into note values (1, 0)");
        return 7;
    });
    EXPECT_EQ(answer.value(), 7);
    EXPECT_EQ(count(), 1);
}

TEST_P(Transactions, a_refusal_rolls_back) {
    const auto answer = database().write([](Transaction& tx) -> Result<int, Refused> {
        tx.execute("insert into note values (1, 0)");
        return fail(Refused::on_purpose);
    });
    EXPECT_EQ(answer.error(), Refused::on_purpose);
    EXPECT_EQ(count(), 0);
}

TEST_P(Transactions, an_exception_rolls_back_and_reaches_the_caller_as_it_is) {
    EXPECT_THROW(database().write([](Transaction& tx) {
        tx.execute("insert into note values (1, 0)");
        throw Thrown("mine");
    }),
                 Thrown);
    EXPECT_EQ(count(), 0);
    add(2);
    EXPECT_EQ(count(), 1);
}

TEST_P(Transactions, a_write_is_seen_by_the_next_read) {
    for (int i = 0; i < 20; ++i) {
        add(i);
        EXPECT_EQ(count(), i + 1);
    }
}

TEST_P(Transactions, a_transaction_reads_its_own_writes) {
    EXPECT_EQ(database().write([](Transaction& tx) {
        tx.execute("insert into note values (1, 41)");
        tx.execute("update note set n = n + 1");
        return *tx.value<int>("select n from note");
    }),
              42);
}

TEST_P(Transactions, a_failing_job_harms_none_of_those_that_run_beside_it) {
    constexpr int threads = 16, each = 30;
    std::latch start(threads);
    std::vector<std::thread> pool;
    std::atomic<int> refused{0}, thrown{0}, broken{0};
    for (int t = 0; t < threads; ++t) {
        pool.emplace_back([&, t] {
            start.arrive_and_wait();
            for (int i = 0; i < each; ++i) {
                const int id = t * each + i;
                try {
                    const auto answer = database().write([&](Transaction& tx) -> Result<int, Refused> {
                        tx.execute("insert into note values ($1, 0)", id);
                        if (id % 5 == 1) return fail(Refused::on_purpose);
                        if (id % 5 == 2) throw Thrown("mine");
                        if (id % 5 == 3) tx.execute("insert into note values ($1, 0)", id);
                        return 0;
                    });
                    if (!answer) ++refused;
                } catch (const Thrown&) {
                    ++thrown;
                } catch (const StoreFault& fault) {
                    if (fault.kind == FaultKind::unique) ++broken;
                }
            }
        });
    }
    for (std::thread& thread : pool) thread.join();
    EXPECT_EQ(count(), threads * each * 2 / 5);
    EXPECT_EQ(refused, threads * each / 5);
    EXPECT_EQ(thrown, threads * each / 5);
    EXPECT_EQ(broken, threads * each / 5);
}

TEST_P(Transactions, writes_are_serializable) {
    database().write([](Transaction& tx) { tx.execute("insert into note values (1, 0), (2, 0)"); });
    constexpr int threads = 4, each = 25;
    std::latch start(threads);
    std::vector<std::thread> pool;
    // Each adds one to a row after looking at both: lost updates and write skew would show in the sum.
    for (int t = 0; t < threads; ++t) {
        pool.emplace_back([&, t] {
            start.arrive_and_wait();
            for (int i = 0; i < each; ++i) {
                database().write([&](Transaction& tx) {
                    const auto sum = *tx.value<std::int64_t>("select sum(n) from note");
                    const auto row = *tx.value<std::int64_t>("select n from note where id = $1", t % 2 + 1);
                    const auto other = sum - row;
                    tx.execute("update note set n = $2 where id = $1", t % 2 + 1, sum + 1 - other);
                });
            }
        });
    }
    for (std::thread& thread : pool) thread.join();
    EXPECT_EQ(
        database().read([](Transaction& tx) { return *tx.value<std::int64_t>("select sum(n) from note"); }),
        threads * each);
}

TEST_P(Transactions, a_read_stands_on_one_snapshot_while_others_write) {
    database().read([&](Transaction& tx) {
        EXPECT_EQ(tx.value<int>("select count(*) from note"), 0);
        std::thread([&] { add(1); }).join();
        EXPECT_EQ(tx.value<int>("select count(*) from note"), 0);
    });
    EXPECT_EQ(count(), 1);
}

TEST_P(Transactions, readers_run_in_parallel) {
    constexpr int readers = 4;
    std::latch together(readers);
    std::vector<std::thread> pool;
    for (int i = 0; i < readers; ++i) {
        pool.emplace_back([&] {
            database().read([&](Transaction& tx) {
                (void)tx.value<int>("select count(*) from note");
                together.arrive_and_wait();  // would never be reached one after the other
            });
        });
    }
    for (std::thread& thread : pool) thread.join();
}

TEST_P(Transactions, more_readers_than_connections_wait_their_turn) {
    std::vector<std::thread> pool;
    std::atomic<int> done{0};
    for (int i = 0; i < 40; ++i) pool.emplace_back([&] { done += count() == 0 ? 1 : 0; });
    for (std::thread& thread : pool) thread.join();
    EXPECT_EQ(done, 40);
}

TEST_P(Transactions, writing_inside_a_read_is_a_fault) {
    EXPECT_THROW(database().read([](Transaction& tx) { tx.execute("insert into note values (1, 0)"); }),
                 StoreFault);
    EXPECT_EQ(count(), 0);
}

TEST_P(Transactions, a_second_result_while_one_is_open_is_a_bug) {
    add(1);
    add(2);
    EXPECT_THROW(database().read([](Transaction& tx) {
        for (const Row row : tx.query("select id from note"))
            (void)tx.value<int>("select n from note where id = $1", row.get<std::int64_t>(0));
    }),
                 Bug);
    EXPECT_THROW(database().write([](Transaction& tx) {
        for (const Row row : tx.query("select id from note"))
            tx.execute("delete from note where id = $1", row.get<std::int64_t>(0));
    }),
                 Bug);
    EXPECT_EQ(count(), 2);
}

TEST_P(Transactions, a_result_read_to_its_end_or_dropped_makes_room_for_the_next) {
    add(1);
    add(2);
    database().read([](Transaction& tx) {
        Rows rows = tx.query("select id from note");
        for (auto it = rows.begin(); it != Rows::end(); ++it) (void)*it;
        EXPECT_EQ(tx.value<int>("select count(*) from note"), 2);
        { (void)tx.query("select id from note"); }
        EXPECT_EQ(tx.value<int>("select count(*) from note"), 2);
    });
}

TEST_P(Transactions, a_result_that_outlives_its_transaction_is_a_bug) {
    add(1);
    std::optional<Rows> kept;
    EXPECT_THROW(database().write([&](Transaction& tx) { kept.emplace(tx.query("select id from note")); }),
                 Bug);
    EXPECT_THROW(database().read([&](Transaction& tx) { kept.emplace(tx.query("select id from note")); }),
                 Bug);
    kept.reset();
    add(2);
    EXPECT_EQ(count(), 2);
}

TEST_P(Transactions, going_on_after_a_failed_statement_is_a_bug_and_nothing_is_committed) {
    add(1);
    EXPECT_THROW(database().write([](Transaction& tx) {
        tx.execute("insert into note values (2, 0)");
        try {
            tx.execute("insert into note values (1, 0)");
        } catch (const StoreFault&) {
        }
    }),
                 Bug);
    EXPECT_EQ(count(), 1);
}

FaultKind kind_of_failure(const std::function<void()>& use) {
    try {
        use();
    } catch (const StoreFault& fault) {
        return fault.kind;
    }
    ADD_FAILURE() << "nothing failed";
    return FaultKind::io;
}

TEST_P(Transactions, what_is_sent_is_done_in_order_and_seen_by_what_follows) {
    const auto seen = database().write([](Transaction& tx) {
        for (int i = 1; i <= 1000; ++i) tx.send("insert into note values ($1, 0)", i);
        tx.send("update note set n = n + 1 where id <= $1", 10);
        tx.send("delete from note where n = 1");
        return *tx.value<int>("select count(*) from note");
    });
    EXPECT_EQ(seen, 990);
    database().write([](Transaction& tx) { tx.send("delete from note where id > $1", 500); });
    EXPECT_EQ(count(), 490);
}

TEST_P(Transactions, what_was_sent_and_failed_shows_at_the_commit_at_the_latest_and_undoes_all) {
    add(1);
    const auto broken = [](Transaction& tx) {
        tx.send("insert into note values (2, 0)");
        tx.send("insert into note values (1, 0)");
        tx.send("insert into note values (3, 0)");
    };
    EXPECT_EQ(kind_of_failure([&] { database().write(broken); }), FaultKind::unique);
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(kind_of_failure([&] {
                  database().write([&](Transaction& tx) {
                      broken(tx);
                      (void)tx.value<int>("select count(*) from note");
                      ADD_FAILURE() << "the failure before it was not heard";
                  });
              }),
              FaultKind::unique);
    EXPECT_EQ(kind_of_failure([&] {
                  database().write([&](Transaction& tx) {
                      (void)tx.value<int>("select count(*) from note");
                      broken(tx);
                  });
              }),
              FaultKind::unique);
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(kind_of_failure([&] {
                  database().read([](Transaction& tx) { tx.send("insert into note values (4, 0)"); });
              }),
              FaultKind::statement);
    add(5);
    EXPECT_EQ(count(), 2);
}

TEST_P(Transactions, a_statement_sent_that_cannot_be_read_harms_no_later_use_of_its_neighbours) {
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(kind_of_failure([&] {
                      database().write([&](Transaction& tx) {
                          tx.send("insert into no_such_table values ($1)", i);
                          tx.send("update note set n = $1 where id = $2", i, i);
                      });
                  }),
                  FaultKind::statement);
    }
    add(1);
    database().write([](Transaction& tx) { tx.send("update note set n = $1 where id = $2", 7, 1); });
    EXPECT_EQ(
        database().read([](Transaction& tx) { return *tx.value<int>("select n from note where id = 1"); }),
        7);
}

TEST_P(Transactions, a_refusal_rolls_back_what_was_sent) {
    const auto answer = database().write([](Transaction& tx) -> Result<int, Refused> {
        tx.send("insert into note values (1, 0)");
        return fail(Refused::on_purpose);
    });
    EXPECT_EQ(answer.error(), Refused::on_purpose);
    EXPECT_EQ(count(), 0);
}

TEST_P(Transactions, questions_announced_are_answered_as_if_they_had_not_been) {
    for (int i = 1; i <= 3; ++i) add(i);
    constexpr const char* one = "select id from note where id = $1";
    database().read([&](Transaction& tx) {
        for (int i = 1; i <= 4; ++i) tx.ahead(one, i);
        tx.ahead("select count(*) from note");
        EXPECT_EQ(tx.value<int>(one, 3), 3);
        EXPECT_EQ(tx.value<int>(one, 4), std::nullopt);
        EXPECT_EQ(tx.value<int>("select max(id) from note"), 3);
        EXPECT_EQ(tx.value<int>("select count(*) from note"), 3);
        EXPECT_EQ(tx.value<int>(one, 3), 3);
    });
    database().write([&](Transaction& tx) {
        tx.ahead("select count(*) from note");
        tx.send("delete from note where id = 3");
        EXPECT_EQ(tx.value<int>("select count(*) from note"), 2);
        tx.ahead("select count(*) from note");
        EXPECT_EQ(tx.value<int>("select max(id) from note"), 2);
        EXPECT_EQ(tx.execute("delete from note where id = 2"), 1);
        EXPECT_EQ(tx.value<int>("select count(*) from note"), 1);
        tx.ahead("select count(*) from note");
        (void)tx.value<int>("insert into note values (9, 0) returning id");
        EXPECT_EQ(tx.value<int>("select count(*) from note"), 2);
    });
    database().read([](Transaction& tx) { tx.ahead("select count(*) from note"); });
    EXPECT_EQ(count(), 2);
}

TEST_P(Transactions, a_write_or_read_inside_a_closure_is_a_bug) {
    EXPECT_THROW(database().write([&](Transaction&) { add(1); }), Bug);
    EXPECT_THROW(database().write([&](Transaction&) { (void)count(); }), Bug);
    EXPECT_THROW(database().read([&](Transaction&) { (void)count(); }), Bug);
    EXPECT_THROW(database().read([&](Transaction&) { add(1); }), Bug);
    EXPECT_EQ(count(), 0);
}

TEST_P(Transactions, a_submitted_write_says_when_it_is_done_or_what_failed) {
    std::latch done(3);
    std::atomic<int> faults{0};
    const auto on_done = [&](std::exception_ptr fault) {
        if (fault) ++faults;
        done.count_down();
    };
    const auto insert = [](Transaction& tx) {
        tx.execute("insert into note values (1, 0)");
        return true;
    };
    database().submit(insert, on_done);
    database().submit(insert, on_done);  // the same key again
    database().submit(
        [](Transaction& tx) {
            tx.execute("insert into note values (2, 0)");
            return false;
        },
        on_done);
    done.wait();
    EXPECT_EQ(faults, 1);
    EXPECT_EQ(count(), 1);
}

TEST_P(Transactions, what_was_committed_is_there_after_closing_and_opening) {
    for (int i = 0; i < 10; ++i) add(i);
    test_database().close();
    test_database().reopen();
    EXPECT_EQ(count(), 10);
}

TEST_P(Transactions, two_connections_see_each_others_commits) {
    const auto other = test_database().open_again();
    add(1);
    other->write([](Transaction& tx) {
        EXPECT_EQ(tx.value<int>("select count(*) from note"), 1);
        tx.execute("insert into note values (2, 0)");
    });
    EXPECT_EQ(count(), 2);
}

TEST(PostgresqlConnections, a_lost_connection_is_made_anew) {
    support::TestDatabase test(Dialect::postgresql);
    const auto pid =
        test->read([](Transaction& tx) { return *tx.value<std::int64_t>("select pg_backend_pid()"); });
    const auto other = test.open_again();
    const auto ended = other->write([&](Transaction& tx) {
        return *tx.value<bool>("select pg_terminate_backend(cast($1 as integer), 5000)", pid);
    });
    ASSERT_TRUE(ended);
    EXPECT_EQ(test->write([](Transaction& tx) { return *tx.value<int>("select 1"); }), 1);
}

TEST(PostgresqlConnections, a_connection_lost_between_writes_loses_none_of_them) {
    support::TestDatabase test(Dialect::postgresql);
    const auto send = [&](const char* name) {
        test->write([&](Transaction& tx) { tx.send("insert into blob values ($1, 1, 1)", name); });
    };
    send("a");
    const auto pid =
        test->read([](Transaction& tx) { return *tx.value<std::int64_t>("select pg_backend_pid()"); });
    const auto other = test.open_again();
    other->write([&](Transaction& tx) {
        (void)tx.value<bool>("select pg_terminate_backend(cast($1 as integer), 5000)", pid);
    });
    send("b");
    EXPECT_EQ(test->read([](Transaction& tx) { return *tx.value<int>("select count(*) from blob"); }), 2);
}

TEST(PostgresqlConnections, a_connection_lost_inside_a_closure_runs_it_again) {
    support::TestDatabase test(Dialect::postgresql);
    const auto other = test.open_again();
    int runs = 0;
    test->write([&](Transaction& tx) {
        ++runs;
        const auto pid = *tx.value<std::int64_t>("select pg_backend_pid()");
        if (runs == 1)
            other->write([&](Transaction& killer) {
                (void)killer.value<bool>("select pg_terminate_backend(cast($1 as integer), 5000)", pid);
            });
        tx.execute("insert into blob values ('a', 1, 1)");
    });
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(test->read([](Transaction& tx) { return *tx.value<int>("select count(*) from blob"); }), 1);
}

TEST(PostgresqlConnections, an_unreachable_server_is_said_plainly_and_without_the_password) {
    try {
        (void)open_postgresql("postgresql://lianxin:hush@127.0.0.1:1/none", "lianxin");
        FAIL();
    } catch (const StoreFault& fault) {
        EXPECT_EQ(fault.kind, FaultKind::gone);
        EXPECT_EQ(std::string(fault.what()).find("hush"), std::string::npos);
    }
}

TEST(PostgresqlConnections, a_schema_name_is_a_plain_identifier) {
    EXPECT_THROW((void)open_postgresql(support::postgresql_url(), "a; drop schema public"), StoreFault);
}

}  // namespace
}  // namespace lianxin::store
