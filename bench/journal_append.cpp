// What one entry of the record costs on SQLite: preparing it (salts, commitments, sealing; on any thread) and
// appending it (link, hash, insert; on the one writer thread), each alone; and how fast the county log
// follows.
#include <chrono>
#include <cstdio>
#include <vector>

#include "journal/county_log.hpp"
#include "journal/journal.hpp"
#include "journal/key_ring.hpp"
#include "store/database.hpp"

namespace {

using namespace lianxin;

double micros_each(std::chrono::steady_clock::time_point since, std::size_t count) {
    const std::chrono::duration<double, std::micro> taken = std::chrono::steady_clock::now() - since;
    return taken.count() / static_cast<double>(count);
}

}  // namespace

int main(int argc, char** argv) {
    start_crypto();
    const std::filesystem::path folder = argc > 1 ? argv[1] : "bench-journal";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    SystemClock clock;
    IdSource ids;
    const auto database = store::open_sqlite(folder / "county.db");
    const auto key_store = store::open_sqlite(folder / "keys.db");
    store::migrate(*database, store::county_migrations(), clock.now());
    store::migrate(*key_store, store::key_migrations(), clock.now());
    journal::KeyRing keys(*key_store, random_key(), ids, clock);

    constexpr std::size_t count = 50'000;
    constexpr std::size_t in_one_commit = 64;
    std::vector<journal::PreparedEntry> prepared;
    prepared.reserve(count);
    auto since = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < count; ++i) {
        const journal::KeyId key = keys.create();
        const std::string text(120, 'x');
        prepared.push_back(journal::prepare({ids.next<EntryNoun>(clock.now().millis()),
                                             {"matter", static_cast<std::int64_t>(i) + 1},
                                             "taken_in",
                                             1,
                                             journal::no_digest,
                                             clock.now(),
                                             {{"text", text, key},
                                              {"subject", "street lamp", key},
                                              {"name", "somebody", key},
                                              {"phone", "13800000000", key},
                                              {"actor", "", {}},
                                              {"change", text, {}}}},
                                            keys));
    }
    std::printf("prepare with a new key: %.1f us\n", micros_each(since, count));

    since = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < count; i += in_one_commit) {
        database->write([&](store::Transaction& tx) {
            for (std::size_t j = i; j < std::min(count, i + in_one_commit); ++j) {
                (void)journal::append(tx, prepared[j], clock.now(), journal::new_chain);
            }
        });
    }
    std::printf("append, %zu in a commit: %.1f us\n", in_one_commit, micros_each(since, count));

    journal::CountyLog log;
    since = std::chrono::steady_clock::now();
    while (journal::advance(*database, log) > 0) {
    }
    std::printf("county log: %.1f us an entry\n", micros_each(since, count));
    std::filesystem::remove_all(folder);
}
