// kill -9 in the middle of load, twenty times: every acknowledged write is there.
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <random>
#include <set>
#include <thread>

#include "tests/support/test_database.hpp"

namespace lianxin::store {
namespace {

// In the child: writes from several threads, and says each id over the pipe once it is durable.
[[noreturn]] void write_for_ever(const std::filesystem::path& file, std::int64_t first, int pipe) {
    const auto database = open_sqlite(file);
    std::vector<std::thread> threads;
    for (std::int64_t t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            for (std::int64_t id = first + t;; id += 8) {
                database->write([&](Transaction& tx) {
                    tx.execute("insert into head values ($1, $2)", id, std::string(200, 'x'));
                    tx.execute("insert into tail values ($1)", id);
                });
                if (::write(pipe, &id, sizeof id) != sizeof id) ::_exit(1);  // whole: shorter than PIPE_BUF
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    ::_exit(1);
}

std::set<std::int64_t> acknowledged_until_killed(const std::filesystem::path& file, std::int64_t first,
                                                 std::size_t enough) {
    std::array<int, 2> pipe{};
    EXPECT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(pipe[0]);
        write_for_ever(file, first, pipe[1]);
    }
    ::close(pipe[1]);
    std::set<std::int64_t> acknowledged;
    std::int64_t id = 0;
    while (::read(pipe[0], &id, sizeof id) == sizeof id) {
        acknowledged.insert(id);
        if (acknowledged.size() == enough) ::kill(child, SIGKILL);
    }
    ::close(pipe[0]);
    ::waitpid(child, nullptr, 0);
    return acknowledged;
}

TEST(Killed, twenty_times_in_the_middle_of_load_and_nothing_acknowledged_is_lost) {
    const support::TemporaryDirectory directory;
    const auto file = directory / "county.db";
    open_sqlite(file)->write([](Transaction& tx) {
        tx.execute("create table head (id integer primary key, body text)");
        tx.execute("create table tail (id integer primary key)");
    });
    std::mt19937 random(20);
    std::set<std::int64_t> all;
    for (int round = 0; round < 20; ++round) {
        const auto acknowledged = acknowledged_until_killed(file, round * 1'000'000, 20 + random() % 400);
        ASSERT_GE(acknowledged.size(), 20U);
        all.insert(acknowledged.begin(), acknowledged.end());
        const auto database = open_sqlite(file);
        database->read([&](Transaction& tx) {
            EXPECT_EQ(*tx.value<std::string>("pragma integrity_check"), "ok");
            EXPECT_EQ(*tx.value<int>(
                          "select count(*) from head full join tail on head.id = tail.id where head.id is "
                          "null or tail.id is null"),
                      0);
            std::set<std::int64_t> found;
            for (const Row row : tx.query("select id from head")) found.insert(row.get<std::int64_t>(0));
            EXPECT_TRUE(std::includes(found.begin(), found.end(), all.begin(), all.end()))
                << "round " << round;
        });
    }
}

}  // namespace
}  // namespace lianxin::store
