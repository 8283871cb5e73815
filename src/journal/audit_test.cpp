// Whatever is altered in the store is shown.
#include "journal/record_test.hpp"

namespace lianxin::journal {
namespace {

using TheAudit = TheRecord;
LIANXIN_ON_BOTH_ENGINES(TheAudit);

TEST_P(TheAudit, ShowsEveryAlteredByteOfAnEntry) {
    const KeyId resident = keys.create();
    add(chain, "one", resident);
    add(chain, "two", resident);
    add(chain, "three", resident);
    int altered = 0;
    for (const char* column : {"hash", "header", "commitments"}) {
        const std::string select = "select " + std::string(column) + " from entry where seq = $1";
        const std::string update = "update entry set " + std::string(column) + " = $1 where seq = $2";
        for (int seq = 1; seq <= 3; ++seq) {
            const Bytes bytes =
                database().read([&](store::Transaction& tx) { return tx.value<Bytes>(select, seq).value(); });
            // Key ids beside the commitments are no part of what is committed to, but a wrong one is found
            // all the same.
            const std::size_t step = GetParam() == store::Dialect::sqlite ? 1 : 13;
            for (std::size_t i = 0; i < bytes.size(); i += step) {
                Bytes wrong = bytes;
                wrong[i] ^= 0x40U;
                database().write([&](store::Transaction& tx) { tx.execute(update, wrong, seq); });
                ASSERT_NE(audit(chain), std::vector<Finding>{}) << column << " of " << seq << ", byte " << i;
                ++altered;
            }
            database().write([&](store::Transaction& tx) { tx.execute(update, bytes, seq); });
        }
    }
    EXPECT_GT(altered, 80);
    EXPECT_EQ(audit(chain), std::vector<Finding>{});
}

TEST_P(TheAudit, ShowsEveryAlteredByteOfAField) {
    add(chain, "one", keys.create());
    const std::size_t step = GetParam() == store::Dialect::sqlite ? 1 : 11;
    std::vector<std::pair<std::int64_t, Bytes>> parts;
    database().read([&](store::Transaction& tx) {
        for (store::Row row : tx.query("select sealed_with, content from entry_field order by sealed_with")) {
            parts.emplace_back(row.get<std::int64_t>(0), row.get<Bytes>(1));
        }
    });
    ASSERT_EQ(parts.size(), 2U);
    for (const auto& [key, bytes] : parts) {
        for (std::size_t i = 0; i < bytes.size(); i += step) {
            Bytes wrong = bytes;
            wrong[i] ^= 0x01U;
            database().write([&, id = key](store::Transaction& tx) {
                tx.execute("update entry_field set content = $1 where sealed_with = $2", wrong, id);
            });
            ASSERT_NE(audit(chain), std::vector<Finding>{}) << "part " << key << ", byte " << i;
        }
        database().write([&, id = key, &whole = bytes](store::Transaction& tx) {
            tx.execute("update entry_field set content = $1 where sealed_with = $2", whole, id);
        });
    }
    EXPECT_EQ(audit(chain), std::vector<Finding>{});
}

TEST_P(TheAudit, ShowsATakenOutOrMovedEntry) {
    for (int i = 0; i < 4; ++i) add(chain, std::to_string(i));
    execute("update entry set recorded_at = recorded_at + 1 where seq = 3");
    EXPECT_EQ(flaws(chain), std::vector<Flaw>{Flaw::header_misplaced});
    execute("update entry set recorded_at = recorded_at - 1 where seq = 3");
    execute("delete from entry where seq = 2");
    EXPECT_EQ(flaws(chain), std::vector<Flaw>{Flaw::link_broken});
    execute("update entry set chain_id = 43 where seq = 4");
    EXPECT_EQ(flaws({"matter", 43}), (std::vector<Flaw>{Flaw::header_misplaced, Flaw::link_broken}));
}

TEST_P(TheAudit, ShowsWhatTheLogHoldsOtherwise) {
    for (int i = 0; i < 300; ++i) add({"matter", i % 3}, std::to_string(i));
    follow_to_the_end();
    const LogHead head = publish_head(database(), keys, "532326", clock.now());
    EXPECT_EQ(head.size, 300U);
    EXPECT_TRUE(head_holds(head, keys.open_key()));
    AuditCount count;
    EXPECT_EQ(verify_record(database(), keys, &count), std::vector<Finding>{});
    EXPECT_EQ(count.chains, 3);
    EXPECT_EQ(count.entries, 300);
    EXPECT_EQ(count.fields, 900);
    // Cutting off a chain's end leaves a sound chain; only the log knows.
    execute("delete from entry where pos = 300");
    EXPECT_EQ(verify_record(database(), keys), (std::vector<Finding>{{{}, 0, Flaw::log_differs}}));
}

}  // namespace
}  // namespace lianxin::journal
