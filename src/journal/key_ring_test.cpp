#include "journal/key_ring.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <thread>

#include "tests/support/test_database.hpp"

namespace lianxin::journal {
namespace {

class Ring : public testing::Test {
 protected:
    Ring() { start_crypto(); }
    ManualClock clock{support::monday_morning};
    IdSource ids;
    support::TestDatabase store{store::Dialect::sqlite, store::key_migrations()};
    SecretKey master = derive_key({}, "test master");
    KeyRing open(std::size_t cached = 16) { return KeyRing(store.get(), master, ids, clock, cached); }
};

TEST_F(Ring, SealsForOneResidentOnly) {
    KeyRing keys = open();
    const KeyId mine = keys.create();
    const KeyId theirs = keys.create();
    const Bytes sealed = keys.seal(mine, "张三", "party.name");
    EXPECT_EQ(keys.unseal_text(mine, sealed, "party.name"), "张三");
    EXPECT_FALSE(keys.unseal_text(theirs, sealed, "party.name"));
    EXPECT_FALSE(keys.unseal_text(mine, sealed, "party.phone"));
    EXPECT_FALSE(keys.exists(KeyId(7)));
}

TEST_F(Ring, KeepsItsKeysOverARestart) {
    KeyId resident;
    Bytes sealed;
    std::array<std::uint8_t, 32> open_key{};
    Digest blind{};
    SecretKey purpose{};
    {
        KeyRing keys = open();
        resident = keys.create();
        sealed = keys.seal(resident, "张三", "c");
        open_key = keys.open_key();
        blind = keys.blind_index("party.phone", "13800000000");
        purpose = keys.purpose_key("matter_number");
    }
    KeyRing keys = open();
    EXPECT_EQ(keys.unseal_text(resident, sealed, "c"), "张三");
    EXPECT_EQ(keys.open_key(), open_key);
    EXPECT_EQ(keys.blind_index("party.phone", "13800000000"), blind);
    EXPECT_EQ(keys.purpose_key("matter_number"), purpose);
}

TEST_F(Ring, OpensWithItsMasterKeyAlone) {
    { KeyRing keys = open(); }
    EXPECT_THROW(KeyRing(store.get(), derive_key({}, "another"), ids, clock), Fault);
}

TEST_F(Ring, ForgetsAnErasedKeyAtOnceAndForGood) {
    KeyRing keys = open();
    const KeyId resident = keys.create();
    const Bytes sealed = keys.seal(resident, "张三", "c");
    keys.erase(resident, clock.now());
    EXPECT_FALSE(keys.unseal(resident, sealed, "c"));
    EXPECT_FALSE(keys.exists(resident));
    EXPECT_THROW((void)keys.seal(resident, "x", "c"), Fault);
    EXPECT_EQ(keys.erased_keys(), std::vector<KeyId>{resident});
    KeyRing reopened = open();
    EXPECT_FALSE(reopened.unseal(resident, sealed, "c"));
}

TEST_F(Ring, StopsUsingAKeyThatAnotherProcessErased) {
    KeyRing server = open();
    const KeyId resident = server.create(), neighbour = server.create();
    const Bytes sealed = server.seal(resident, "张三", "c"), kept = server.seal(neighbour, "李四", "c");
    const auto second_connection = store.open_again();
    KeyRing command_line(*second_connection, master, ids, clock);
    command_line.erase(resident, clock.now());
    clock.advance(std::chrono::seconds(1));
    EXPECT_FALSE(server.exists(resident));
    EXPECT_FALSE(server.unseal_text(resident, sealed, "c"));
    EXPECT_THROW((void)server.seal(resident, "more", "c"), Fault);
    EXPECT_EQ(server.unseal_text(neighbour, kept, "c"), "李四");
}

TEST_F(Ring, WorksWhenItsCacheIsMuchTooSmall) {
    KeyRing keys = open(2);
    std::vector<std::pair<KeyId, Bytes>> sealed;
    for (int i = 0; i < 50; ++i) {
        const KeyId key = keys.create();
        sealed.emplace_back(key, keys.seal(key, std::to_string(i), "c"));
    }
    for (int i = 0; i < 50; ++i) {
        const auto& [key, bytes] = sealed[static_cast<std::size_t>(i)];
        EXPECT_EQ(keys.unseal_text(key, bytes, "c"), std::to_string(i));
    }
}

TEST_F(Ring, NeverHandsOutAKeyTwiceNorBeforeItIsDurable) {
    KeyRing keys = open(4096);
    std::vector<std::vector<KeyId>> made(4);
    std::vector<std::thread> threads;
    for (auto& mine : made) {
        threads.emplace_back([&] {
            for (int i = 0; i < 600; ++i) mine.push_back(keys.create());
        });
    }
    for (auto& thread : threads) thread.join();
    std::set<KeyId> all;
    for (const auto& mine : made) all.insert(mine.begin(), mine.end());
    EXPECT_EQ(all.size(), 2400U);
    store->read([&](store::Transaction& tx) {
        std::set<KeyId> stored;
        for (store::Row row : tx.query("select id from resident_key")) stored.insert(row.get<KeyId>(0));
        EXPECT_TRUE(std::includes(stored.begin(), stored.end(), all.begin(), all.end()));
    });
}

TEST_F(Ring, KeepsBlindIndexesOfTwoColumnsApart) {
    KeyRing keys = open();
    EXPECT_EQ(keys.blind_index("a", "1"), keys.blind_index("a", "1"));
    EXPECT_NE(keys.blind_index("a", "1"), keys.blind_index("b", "1"));
    EXPECT_NE(keys.purpose_key("a"), keys.purpose_key("b"));
}

TEST(MasterKey, IsMadeOnceForItsOwnerAlone) {
    start_crypto();
    const support::TemporaryDirectory folder;
    const auto file = folder / "master.key";
    const SecretKey key = read_or_make_master_key(file);
    EXPECT_EQ(read_or_make_master_key(file), key);
    EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms(0600));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
    std::ofstream(file, std::ios::app) << "x";
    EXPECT_THROW((void)read_or_make_master_key(file), Fault);
}

}  // namespace
}  // namespace lianxin::journal
