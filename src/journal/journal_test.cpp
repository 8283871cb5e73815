#include "journal/journal.hpp"

#include <gtest/gtest.h>

#include <random>
#include <thread>

#include "journal/erasure.hpp"
#include "journal/merkle.hpp"
#include "journal/record_test.hpp"

namespace lianxin::journal {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

LIANXIN_ON_BOTH_ENGINES(TheRecord);

TEST_P(TheRecord, LinksEveryEntryToTheOneBefore) {
    const Stored first = add(chain, "one");
    const Stored second = add(chain, "two");
    EXPECT_EQ(first.header.seq, 1);
    EXPECT_EQ(first.header.previous, no_digest);
    EXPECT_EQ(second.header.seq, 2);
    EXPECT_EQ(second.header.previous, first.hash);
    EXPECT_EQ(database().read([&](store::Transaction& tx) { return head_of(tx, chain); }), second.head());
    EXPECT_EQ(audit(chain), std::vector<Finding>{});
}

TEST_P(TheRecord, KeepsTheChainsOfTwoThingsApart) {
    add(chain, "one");
    const Stored other = add({"notice", 42}, "another");
    EXPECT_EQ(other.header.seq, 1);
    EXPECT_EQ(read_chain(database(), {"notice", 42}, keys).size(), 1U);
}

TEST_P(TheRecord, GivesBackWhatWasWritten) {
    const KeyId resident = keys.create();
    const Stored stored = add(chain, "路灯不亮", resident);
    const std::vector<Entry> timeline = read_chain(database(), chain, keys);
    ASSERT_EQ(timeline.size(), 1U);
    EXPECT_EQ(timeline[0].header, stored.header);
    EXPECT_EQ(timeline[0].hash, stored.hash);
    EXPECT_EQ(timeline[0].fields, (std::vector<Field>{{"actor", "17", FieldState::open},
                                                      {"phone", "13800000000", FieldState::unsealed},
                                                      {"text", "路灯不亮", FieldState::unsealed}}));
    EXPECT_EQ(timeline[0].field("text"), "路灯不亮");
    EXPECT_FALSE(timeline[0].field("email"));
}

TEST_P(TheRecord, PagesALongChain) {
    for (int i = 0; i < 7; ++i) add(chain, std::to_string(i));
    EXPECT_EQ(read_chain(database(), chain, keys, 0, 3).back().header.seq, 3);
    const auto rest = read_chain(database(), chain, keys, 3, 100);
    ASSERT_EQ(rest.size(), 4U);
    EXPECT_EQ(rest[0].field("text"), "3");
}

TEST_P(TheRecord, StoresNothingPersonalInTheClear) {
    add(chain, "a very private matter", keys.create());
    const std::vector<SealedEntry> stored =
        database().read([&](store::Transaction& tx) { return load_chain(tx, chain); });
    for (const auto& part : stored.at(0).parts) {
        EXPECT_EQ(as_text(part.content).find("private"), std::string_view::npos);
        EXPECT_EQ(as_text(part.content).find("138"), std::string_view::npos);
    }
}

TEST_P(TheRecord, NeverRecordsEarlierThanTheEntryBeforeThoughTheClockJumpsBack) {
    const Stored first = add(chain, "one");
    clock.advance(-hours(5));
    const Stored second = add(chain, "two");
    EXPECT_EQ(second.header.recorded_at, first.header.recorded_at);
    EXPECT_EQ(second.header.happened_at, clock.now());
    clock.advance(hours(9));
    EXPECT_EQ(add(chain, "three").header.recorded_at, clock.now());
    EXPECT_EQ(audit(chain), std::vector<Finding>{});
}

TEST_P(TheRecord, TakesAKnownHeadButOnlyTheTrueOne) {
    const PreparedEntry one = prepare(entry(chain, "one"), keys);
    const PreparedEntry two = prepare(entry(chain, "two"), keys);
    const Stored second = database().write([&](store::Transaction& tx) {
        const Stored first = append(tx, one, clock.now(), new_chain);
        return append(tx, two, clock.now(), first.head());
    });
    EXPECT_EQ(second.header.seq, 2);
    const PreparedEntry three = prepare(entry(chain, "three"), keys);
    EXPECT_THROW(
        database().write([&](store::Transaction& tx) { return append(tx, three, clock.now(), new_chain); }),
        store::StoreFault);
    EXPECT_EQ(audit(chain), std::vector<Finding>{});
}

TEST_P(TheRecord, NumbersAllEntriesWithoutAGap) {
    for (int i = 0; i < 20; ++i) add({"matter", i % 4}, "x");
    EXPECT_THROW(database().write([&](store::Transaction& tx) {
        (void)append(tx, prepare(entry(chain, "given up"), keys), clock.now());
        throw Fault("given up");
    }),
                 Fault);
    add(chain, "last");
    while (sequence(database(), 6) > 0) {
    }
    const auto headers = database().read([](store::Transaction& tx) {
        std::vector<std::pair<std::int64_t, Bytes>> found;
        for (store::Row row : tx.query("select pos, header from entry order by pos"))
            found.emplace_back(row.get<std::int64_t>(0), row.get<Bytes>(1));
        return found;
    });
    ASSERT_EQ(headers.size(), 21U);
    std::map<std::int64_t, std::int64_t> last_seq;
    for (std::size_t i = 0; i < headers.size(); ++i) {
        EXPECT_EQ(headers[i].first, static_cast<std::int64_t>(i) + 1);
        const Header header = parse_header(headers[i].second).value();
        EXPECT_EQ(header.seq, ++last_seq[header.chain.id]) << "a chain's entries stand in its order";
    }
    EXPECT_EQ(database().read([](store::Transaction& tx) { return last_position(tx); }), 21);
}

TEST_P(TheRecord, NumbersWithoutAGapWhileManyWriteAndSequence) {
    std::vector<std::thread> writers;
    for (int w = 0; w < 4; ++w) {
        writers.emplace_back([&, w] {
            for (int i = 0; i < 10; ++i) {
                const PreparedEntry prepared = prepare(entry({"matter", w}, "x"), keys);
                database().write([&](store::Transaction& tx) { append(tx, prepared, clock.now()); });
                sequence(database(), 3);
            }
        });
    }
    for (auto& writer : writers) writer.join();
    follow_to_the_end();
    EXPECT_EQ(database().read([](store::Transaction& tx) { return last_position(tx); }), 40);
    EXPECT_EQ(verify_record(database(), keys), std::vector<Finding>{});
}

TEST_P(TheRecord, ForgetsAFieldAndEveryHashStays) {
    const KeyId resident = keys.create();
    const Stored stored = add(chain, "secret", resident);
    add(chain, "later", resident);
    erase_fields(database(), keys, chain, 1, {"text", "actor"}, clock.now());
    const Entry erased = read_chain(database(), chain, keys).at(0);
    EXPECT_EQ(erased.fields, (std::vector<Field>{{"actor", "", FieldState::erased},
                                                 {"phone", "13800000000", FieldState::unsealed},
                                                 {"text", "", FieldState::erased}}));
    EXPECT_EQ(erased.hash, stored.hash);
    EXPECT_EQ(audit(chain), std::vector<Finding>{});
    EXPECT_NO_THROW(erase_fields(database(), keys, chain, 1, {"text"}, clock.now()));
}

TEST_P(TheRecord, ForgetsAResidentWithTheirKey) {
    const KeyId resident = keys.create();
    const KeyId neighbour = keys.create();
    add(chain, "mine", resident);
    add(chain, "theirs", neighbour);
    erase_key(database(), keys, resident, clock.now());
    const auto timeline = read_chain(database(), chain, keys);
    EXPECT_EQ(timeline[0].fields[2], (Field{"text", "", FieldState::key_erased}));
    EXPECT_EQ(timeline[0].field("actor"), "17");
    EXPECT_EQ(timeline[1].field("text"), "theirs");
    EXPECT_EQ(audit(chain), std::vector<Finding>{});
    EXPECT_THROW((void)prepare(entry(chain, "again", resident), keys), Fault);
    erase_fields(database(), keys, chain, 1, {"text"}, clock.now());
    EXPECT_EQ(audit(chain), std::vector<Finding>{});
}

TEST_P(TheRecord, ErasesAgainWhatARestoreBroughtBack) {
    const KeyId resident = keys.create();
    add(chain, "one", resident);
    const auto copy_of = [](store::Database& from, const char* sql) {
        return from.read([&](store::Transaction& tx) { return tx.value<Bytes>(sql).value(); });
    };
    const Bytes field = copy_of(database(), "select content from entry_field where sealed_with = 0");
    const Bytes key = key_store->read([&](store::Transaction& tx) {
        return tx.value<Bytes>("select wrapped from resident_key where id = $1", resident).value();
    });
    erase_fields(database(), keys, chain, 1, {"actor"}, clock.now());
    erase_key(database(), keys, resident, clock.now());

    // An old copy of the keys' store is put back …
    key_store->write([&](store::Transaction& tx) {
        tx.execute("delete from erasure");
        tx.execute("update resident_key set wrapped = $1, erased_at = null where id = $2", key, resident);
    });
    KeyRing restored(key_store.get(), master, ids, clock);
    EXPECT_EQ(read_chain(database(), chain, restored).at(0).field("text"), "one");
    EXPECT_EQ(apply_erasures(database(), restored, clock.now()), 1);
    EXPECT_FALSE(read_chain(database(), chain, restored).at(0).field("text"));
    EXPECT_EQ(restored.erased_fields().size(), 1U);

    // … and then an old copy of the data.
    database().write([&](store::Transaction& tx) {
        tx.execute("delete from erasure");
        tx.execute("insert into entry_field (entry, sealed_with, content) select id, 0, $1 from entry",
                   field);
    });
    EXPECT_EQ(read_chain(database(), chain, restored).at(0).field("actor"), "17");
    EXPECT_EQ(apply_erasures(database(), restored, clock.now()), 1);
    EXPECT_FALSE(read_chain(database(), chain, restored).at(0).field("actor"));
    EXPECT_EQ(apply_erasures(database(), restored, clock.now()), 0);
    EXPECT_EQ(verify_chain(database(), chain, restored), std::vector<Finding>{});
}

TEST_P(TheRecord, IsProvenByItsLogToWhoeverKeptAHead) {
    std::vector<Digest> hashes;
    for (int i = 0; i < 520; ++i) {
        hashes.push_back(add({"matter", i % 5}, "x").hash);
        clock.advance(seconds(1));
        if (i == 250) follow_to_the_end();
    }
    const LogHead early = publish_head(database(), keys, "532326", clock.now());
    follow_to_the_end();
    const LogHead late = publish_head(database(), keys, "532326", clock.now());
    EXPECT_EQ(early.size, 251U);
    EXPECT_EQ(late.size, 520U);
    EXPECT_EQ(publish_head(database(), keys, "532326", clock.now() + hours(1)).signed_at, late.signed_at);
    database().read([&](store::Transaction& tx) {
        EXPECT_EQ(log_root(tx, early.size), early.root);
        const auto proof = prove_consistency(tx, early.size, late.size);
        EXPECT_TRUE(consistency_holds(early.size, early.root, late.size, late.root, proof.value()));
        for (std::size_t i = 0; i < hashes.size(); i += 37) {
            const auto inclusion = prove_inclusion(tx, hashes[i], late.size);
            ASSERT_TRUE(inclusion);
            EXPECT_EQ(inclusion->index, i);
            EXPECT_TRUE(inclusion_holds(hashes[i], inclusion->index, late.size, inclusion->path, late.root));
        }
        EXPECT_FALSE(prove_inclusion(tx, hashes[400], early.size));
        EXPECT_FALSE(prove_inclusion(tx, sha256(as_bytes("nothing")), late.size));
        EXPECT_FALSE(prove_consistency(tx, 0, 5));
        EXPECT_FALSE(prove_consistency(tx, 6, 5));
        EXPECT_FALSE(prove_consistency(tx, 1, 521));
    });
    LogHead forged = late;
    forged.size = 519;
    EXPECT_FALSE(head_holds(forged, keys.open_key()));
}

class CountingFollower final : public Follower {
 public:
    [[nodiscard]] std::string_view name() const override { return "counting"; }
    void follow(store::Transaction& tx, std::span<const FollowedEntry> entries) override {
        for (const FollowedEntry& entry : entries) {
            tx.execute("insert into log_leaf (prefix, leaf) values ($1, $2)", entry.header.seq, entry.pos);
        }
        if (fails) throw Fault("not today");
    }
    bool fails = false;
};

TEST_P(TheRecord, IsFollowedOnceWhateverFailsInBetween) {
    for (int i = 0; i < 12; ++i) add(chain, "x");
    sequence(database());
    CountingFollower follower;
    const auto counted = [&] {
        return database().read(
            [](store::Transaction& tx) { return tx.value<std::int64_t>("select count(*) from log_leaf"); });
    };
    const auto cursor = [&] {
        return database().read([](store::Transaction& tx) { return cursor_of(tx, "counting"); });
    };
    EXPECT_EQ(advance(database(), follower, 5), 5);
    follower.fails = true;
    EXPECT_THROW(advance(database(), follower, 5), Fault);
    EXPECT_EQ(cursor(), 5);
    EXPECT_EQ(counted(), 5);
    follower.fails = false;
    EXPECT_EQ(advance(database(), follower, 5), 5);
    EXPECT_EQ(advance(database(), follower, 5), 2);
    EXPECT_EQ(advance(database(), follower, 5), 0);
    EXPECT_EQ(cursor(), 12);
    EXPECT_EQ(counted(), 12);
    database().write([](store::Transaction& tx) { rewind(tx, "counting"); });
    EXPECT_EQ(cursor(), 0);
}

}  // namespace
}  // namespace lianxin::journal
