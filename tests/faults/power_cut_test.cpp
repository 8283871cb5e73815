// What was acknowledged survives the plug being pulled at any moment; and the test can tell, for it fails
// without fsync.
#include <sqlite3.h>

#include <random>
#include <set>
#include <thread>

#include "base/crypto.hpp"
#include "store/blob_store.hpp"
#include "tests/support/power_cut_files.hpp"
#include "tests/support/power_cut_vfs.hpp"
#include "tests/support/test_database.hpp"

namespace lianxin::store {
namespace {

using support::PowerCutFiles;
using support::PowerCutVfs;

enum class Verdict { all_there, acknowledged_rows_lost, damaged };

SqliteOptions on(const PowerCutVfs& vfs, bool synchronous) {
    SqliteOptions options;
    options.vfs = vfs.name();
    options.synchronous_full = synchronous;
    options.readers = 1;
    return options;
}

// Rows of two halves in two tables, so that half a transaction would show.
void write_until_the_plug_is_pulled(Database& database, std::int64_t first,
                                    std::set<std::int64_t>& acknowledged) {
    for (std::int64_t id = first;; ++id) {
        try {
            database.write([&](Transaction& tx) {
                tx.execute("insert into head (id, body) values ($1, $2)", id, std::string(300, 'x'));
                tx.execute("insert into tail (id) values ($1)", id);
            });
        } catch (const StoreFault&) {
            return;
        }
        acknowledged.insert(id);
    }
}

Verdict judge(PowerCutVfs& vfs, bool synchronous, const std::set<std::int64_t>& acknowledged) {
    try {
        const auto database = open_sqlite("/county.db", on(vfs, synchronous));
        return database->read([&](Transaction& tx) {
            if (*tx.value<std::string>("pragma integrity_check") != "ok") return Verdict::damaged;
            if (*tx.value<int>(
                    "select count(*) from head full join tail on head.id = tail.id where head.id is null or "
                    "tail.id is null") != 0)
                return Verdict::damaged;
            std::set<std::int64_t> found;
            for (const Row row : tx.query("select id from head")) found.insert(row.get<std::int64_t>(0));
            return std::includes(found.begin(), found.end(), acknowledged.begin(), acknowledged.end())
                       ? Verdict::all_there
                       : Verdict::acknowledged_rows_lost;
        });
    } catch (const StoreFault&) {
        return Verdict::damaged;
    }
}

Verdict cut_power_once(std::uint64_t seed, bool synchronous, int writers) {
    std::mt19937_64 random(seed);
    PowerCutVfs vfs(seed);
    std::vector<std::set<std::int64_t>> acknowledged(static_cast<std::size_t>(writers));
    {
        const auto database = open_sqlite("/county.db", on(vfs, synchronous));
        database->write([](Transaction& tx) {
            tx.execute("create table head (id integer primary key, body text)");
            tx.execute("create table tail (id integer primary key)");
        });
        vfs.pull_the_plug_after(static_cast<std::int64_t>(1 + random() % 400));
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < acknowledged.size(); ++i)
            threads.emplace_back([&, i] {
                write_until_the_plug_is_pulled(*database, static_cast<std::int64_t>(i) * 1'000'000,
                                               acknowledged[i]);
            });
        for (std::thread& thread : threads) thread.join();
    }
    vfs.restore_power();
    std::set<std::int64_t> all;
    for (const auto& some : acknowledged) all.insert(some.begin(), some.end());
    return judge(vfs, synchronous, all);
}

TEST(PowerCut, loses_nothing_that_was_acknowledged) {
    for (std::uint64_t seed = 1; seed <= 150; ++seed)
        ASSERT_EQ(cut_power_once(seed, true, 1), Verdict::all_there) << seed;
}

TEST(PowerCut, loses_nothing_of_a_group_either) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed)
        ASSERT_EQ(cut_power_once(seed, true, 8), Verdict::all_there) << seed;
}

TEST(PowerCut, would_be_noticed_if_the_store_did_not_sync) {
    int noticed = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed)
        noticed += cut_power_once(seed, false, 1) != Verdict::all_there;
    EXPECT_GT(noticed, 10);
}

TEST(PowerCut, twice_in_a_row_is_survived_too) {
    PowerCutVfs vfs(7);
    std::set<std::int64_t> acknowledged;
    {
        open_sqlite("/county.db", on(vfs, true))->write([](Transaction& tx) {
            tx.execute("create table head (id integer primary key, body text)");
            tx.execute("create table tail (id integer primary key)");
        });
    }
    for (int round = 0; round < 12; ++round) {
        vfs.pull_the_plug_after(30 + 17 * round);  // sometimes while the last cut is being repaired
        try {
            const auto database = open_sqlite("/county.db", on(vfs, true));
            write_until_the_plug_is_pulled(*database, round * 1'000'000, acknowledged);
        } catch (const StoreFault&) {
        }
        vfs.pull_the_plug();
        vfs.restore_power();
        ASSERT_EQ(judge(vfs, true, acknowledged), Verdict::all_there) << round;
    }
    EXPECT_GT(acknowledged.size(), 50U);
}

// Puts blobs until the power is cut at the n-th call; answers whether every name given out still has its
// blob.
bool blobs_survive(std::int64_t n, bool synchronous) {
    const auto disk = std::make_shared<PowerCutFiles::Disk>();
    std::vector<std::pair<std::string, Bytes>> named;
    disk->calls_left = n;
    try {
        const auto blobs = open_blob_directory("/blobs", std::make_unique<PowerCutFiles>(disk), synchronous);
        for (std::uint8_t i = 0; i < 4; ++i) {
            const Bytes bytes{i, 1, 2, 3};
            named.emplace_back(blobs->put(bytes), bytes);
        }
    } catch (const StoreFault&) {
    }
    disk->cut_power();
    const auto blobs = open_blob_directory("/blobs", std::make_unique<PowerCutFiles>(disk), synchronous);
    for (const auto& [name, bytes] : named) {
        try {
            if (blobs->get(name) != bytes) return false;
        } catch (const StoreFault&) {
            return false;
        }
    }
    // What was never named is whole or not there.
    for (const StoredBlob& blob : blobs->list()) {
        try {
            (void)blobs->get(blob.name);
        } catch (const StoreFault&) {
            return false;
        }
    }
    return true;
}

TEST(PowerCut, leaves_every_named_blob_whole_at_whichever_call_it_comes) {
    for (std::int64_t n = 1; n <= 40; ++n) EXPECT_TRUE(blobs_survive(n, true)) << n;
}

TEST(PowerCut, would_be_noticed_if_blobs_were_not_synced) {
    EXPECT_FALSE(blobs_survive(39, false));
}

}  // namespace
}  // namespace lianxin::store
