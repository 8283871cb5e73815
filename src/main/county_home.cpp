#include "main/county_home.hpp"

#include <fstream>

#include "pack/pack_store.hpp"
#include "store/bigram_tokenizer.hpp"

namespace lianxin {
namespace {

namespace fs = std::filesystem;

void make_data_folder(const fs::path& data) {
    std::error_code error;
    fs::create_directories(data, error);
    if (error) throw Fault("The data folder " + data.string() + " cannot be made: " + error.message());
    fs::permissions(data, fs::perms::owner_all, error);  // keys and personal data: nobody else's business
}

std::unique_ptr<store::Database> open_county_database(const HomeOptions& options) {
    if (options.database_url) return store::open_postgresql(*options.database_url);
    return store::open_sqlite(options.data / "county.db");
}

// A county without its keys cannot read what it holds: new ones in their place would hide that they are gone.
void expect_keys(store::Database& database, const fs::path& data) {
    const auto stored = database.read([](store::Transaction& tx) { return pack::current_pack_name(tx); });
    if (!stored) return;
    std::error_code error;
    for (const char* file : {"master.key", "keys.db"}) {
        if (fs::exists(data / file, error)) continue;
        throw Fault("This county's " + std::string(file) + " is not in " + data.string() +
                    ". Nothing personal can be read without it: put it back from its backup.");
    }
}

[[noreturn]] void refuse_pack(const std::string& name, const pack::Findings& findings) {
    throw Fault("The pack " + name + " cannot be used; `lianxin pack check` says the same:\n" +
                findings.sorted().text());
}

}  // namespace

CountyHome::CountyHome(const HomeOptions& options, const Clock& clock)
    : calendar_(calendar::WorkingCalendar::china()) {
    make_data_folder(options.data);
    database_ = open_county_database(options);
    store::migrate(*database_, store::county_migrations(), clock.now());
    expect_keys(*database_, options.data);
    const SecretKey master = journal::read_or_make_master_key(options.data / "master.key");
    keys_database_ = store::open_sqlite(options.data / "keys.db");
    store::migrate(*keys_database_, store::key_migrations(), clock.now());
    open_search(options, clock);
    open_counters(options, clock);
    keys_ = std::make_unique<journal::KeyRing>(*keys_database_, master, ids_, clock);
    blobs_ = store::open_blob_directory(options.data / "blobs");
    open_pack(options, clock);
    empty_ = database_->read([](store::Transaction& tx) {
        return tx.value<std::int64_t>("select count(*) from (select 1 from place limit 1) as any_place")
                   .value_or(0) == 0;
    });
    county_.emplace(county_at(clock));
}

void CountyHome::open_search(const HomeOptions& options, const Clock& clock) {
    if (options.database_url) {
        constexpr int connections = 3;  // one for the follower, the others for those who look
        search_database_ = store::open_postgresql(*options.database_url, "lianxin_search", connections);
    } else {
        const fs::path file = options.data / "search.db";
        store::SqliteOptions search;
        search.readers = 2;
        search.background = true;
        search.on_connect = store::add_bigram_tokenizer;
        search_database_ = store::open_sqlite(file, search);
        scrub_search_ = [file] { store::empty_write_ahead_log(file); };
    }
    store::migrate(*search_database_, store::search_migrations(), clock.now());
}

void CountyHome::open_counters(const HomeOptions& options, const Clock& clock) {
    if (options.database_url) {
        constexpr int connections = 4;
        counters_database_ = store::open_postgresql(*options.database_url, "lianxin_counters", connections);
    } else {
        store::SqliteOptions counters;
        counters.background = true;
        counters_database_ = store::open_sqlite(options.data / "counters.db", counters);
    }
    store::migrate(*counters_database_, store::counter_migrations(), clock.now());
}

County CountyHome::county_at(const Clock& clock) {
    return County{*database_, *keys_, *blobs_, calendar_, clock, ids_, pack_->manifest().zone};
}

std::string CountyHome::title() const {
    return words_->get(words_->default_language(), pack_->manifest().title);
}

// The stored pack serves; a folder fills an empty county, or brings its own newer words and definitions.
void CountyHome::open_pack(const HomeOptions& options, const Clock& clock) {
    const auto stored = database_->read([](store::Transaction& tx) { return pack::current_pack_name(tx); });
    if (!stored && options.pack.empty()) {
        throw Fault("The data folder " + options.data.string() +
                    " is empty: say which pack it shall be filled with (--pack NAME).");
    }
    if (stored && !options.pack.empty() && *stored != options.pack) {
        throw Fault("This data folder belongs to the pack " + *stored + ", not " + options.pack +
                    ". Choose another folder with --data.");
    }
    pack::Findings findings;
    const std::string name = stored.value_or(options.pack);
    const fs::path folder = options.packs / name;
    std::error_code error;
    if (fs::exists(folder / "pack.toml", error)) {
        pack_ = pack::load_pack(folder, findings);
    } else if (stored) {
        pack_ =
            database_->read([&](store::Transaction& tx) { return pack::load_current_pack(tx, findings); });
    } else {
        throw Fault("There is no pack " + name + " in " + options.packs.string() + ".");
    }
    if (!pack_) refuse_pack(name, findings);
    words_ = pack::Words::read(*pack_, findings);
    if (findings.has_errors()) refuse_pack(name, findings);
    database_->write([&](store::Transaction& tx) { pack::keep_pack(tx, *pack_, clock.now()); });
}

}  // namespace lianxin
