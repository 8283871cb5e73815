// journal/record_test.hpp — a record of one chain and its log, on either engine, under a manual clock.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "journal/audit.hpp"
#include "journal/county_log.hpp"
#include "journal/journal.hpp"
#include "journal/key_ring.hpp"
#include "tests/support/test_database.hpp"

namespace lianxin::journal {

class TheRecord : public support::AnyDatabase {
 protected:
    TheRecord() { start_crypto(); }

    NewEntry entry(const Chain& of, const std::string& text, std::optional<KeyId> key = {}) {
        return {ids.next<EntryNoun>(clock.now().millis()),
                of,
                "told",
                1,
                no_digest,
                clock.now(),
                {{"text", text, key}, {"actor", "17", {}}, {"phone", "13800000000", key}}};
    }
    Stored add(const Chain& to, const std::string& text, std::optional<KeyId> key = {}) {
        const PreparedEntry prepared = prepare(entry(to, text, key), keys);
        return database().write([&](store::Transaction& tx) { return append(tx, prepared, clock.now()); });
    }
    std::vector<Finding> audit(const Chain& walked) { return verify_chain(database(), walked, keys); }
    std::vector<Flaw> flaws(const Chain& walked) {
        std::vector<Flaw> found;
        for (const Finding& finding : audit(walked)) found.push_back(finding.flaw);
        return found;
    }
    void execute(const std::string& sql) {
        database().write([&](store::Transaction& tx) { tx.execute(sql); });
    }
    void follow_to_the_end() {
        while (sequence(database()) > 0) {
        }
        while (advance(database(), log, 100) > 0) {
        }
    }

    const Chain chain{"matter", 42};
    ManualClock clock{support::monday_morning};
    IdSource ids;
    support::TestDatabase key_store{store::Dialect::sqlite, store::key_migrations()};
    SecretKey master = derive_key({}, "test master");
    KeyRing keys{key_store.get(), master, ids, clock};
    CountyLog log;
};

}  // namespace lianxin::journal
