// bench/group_commit.hpp — the yardstick of durable intake: producers in this process hand one row each to
// the one writer.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "store/database.hpp"

namespace lianxin::bench {

struct GroupCommitResult {
    std::int64_t rows = 0;
    double seconds = 0;
    double longest_wait_ms = 0;
    [[nodiscard]] double rate() const { return seconds > 0 ? static_cast<double>(rows) / seconds : 0; }
};

// `producers` threads, each handing over `body` as one row and waiting until it is on disk
// (synchronous=FULL), again and again for `seconds`, into a new database in `directory`, which must be on the
// disk to be measured.
[[nodiscard]] inline GroupCommitResult measure_group_commit(const std::filesystem::path& directory,
                                                            int producers, double seconds,
                                                            const std::string& body) {
    using Clock = std::chrono::steady_clock;
    std::filesystem::create_directories(directory);
    const auto file = directory / "group_commit.db";
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + suffix);
    const auto database = store::open_sqlite(file);
    database->write(
        [](store::Transaction& tx) { tx.execute("create table row (id integer primary key, body text)"); });

    std::atomic<bool> stop{false};
    std::vector<std::int64_t> rows(static_cast<std::size_t>(producers), 0);
    std::vector<double> longest(static_cast<std::size_t>(producers), 0);
    std::vector<std::thread> threads;
    const auto begin = Clock::now();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        threads.emplace_back([&, i] {
            while (!stop.load(std::memory_order_relaxed)) {
                const auto start = Clock::now();
                const auto id = static_cast<std::int64_t>(i) << 40U | ++rows[i];
                database->write([&](store::Transaction& tx) {
                    tx.execute("insert into row (id, body) values ($1, $2)", id, body);
                });
                longest[i] = std::max(
                    longest[i], std::chrono::duration<double, std::milli>(Clock::now() - start).count());
            }
        });
    }
    std::this_thread::sleep_until(begin + std::chrono::duration<double>(seconds));
    stop = true;
    for (std::thread& thread : threads) thread.join();
    GroupCommitResult result;
    result.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    for (const std::int64_t count : rows) result.rows += count;
    result.longest_wait_ms = *std::max_element(longest.begin(), longest.end());
    return result;
}

}  // namespace lianxin::bench
