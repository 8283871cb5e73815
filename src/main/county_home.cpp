#include "main/county_home.hpp"

#include "main/exit_code.hpp"
#include "pack/pack_store.hpp"
#include "store/bigram_tokenizer.hpp"

namespace lianxin {
namespace {

namespace fs = std::filesystem;

void make_data_folder(const fs::path& data) {
    std::error_code error;
    fs::create_directories(data, error);
    if (error)
        throw Ending(ExitCode::bad_input,
                     "The data folder " + data.string() + " cannot be made: " + error.message() + ".");
    fs::permissions(data, fs::perms::owner_all, error);  // keys and personal data: nobody else's business
}

[[noreturn]] void refuse_pack(const std::string& name, const pack::Findings& findings) {
    throw Ending(ExitCode::refused, "The pack " + name +
                                        " cannot be used; `lianxin pack check` says the same:\n" +
                                        findings.sorted().text());
}

pack::Pack pack_in(const fs::path& packs, const std::string& name) {
    std::error_code error;
    // A name, not a way out of the folder.
    const bool plain = fs::path(name).filename() == name && name != "." && name != "..";
    if (!plain || !fs::exists(packs / name / "pack.toml", error))
        throw Ending(ExitCode::bad_input, "There is no pack " + name + " in " + packs.string() +
                                              ": name one with --pack, or their folder with --packs.");
    pack::Findings findings;
    auto found = pack::load_pack(packs / name, findings);
    if (!found || findings.has_errors()) refuse_pack(name, findings);
    return *std::move(found);
}

// A folder that is a county's, or that may become one: looked at before anything is made.
fs::path ready_folder(const HomeOptions& options) {
    const CountyPlace place{options.data, options.database_url};
    if (holds_county(place)) return options.data;
    if (options.pack.empty() || !options.packs) refuse_absent_county(place);
    (void)pack_in(*options.packs, options.pack);
    expect_room_for_county(place);
    make_data_folder(options.data);
    return options.data;
}

std::unique_ptr<store::Database> open_county_database(const HomeOptions& options, const Clock& clock) {
    if (!options.packs) return open_stored_county({options.data, options.database_url});
    auto database = options.database_url ? store::open_postgresql(*options.database_url)
                                         : store::open_sqlite(options.data / "county.db");
    store::migrate(*database, store::county_migrations(), clock.now());
    return database;
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

}  // namespace

CountyHome::CountyHome(const HomeOptions& options, const Clock& clock)
    : lease_(ready_folder(options), options.as),
      ids_(lease_.node()),
      calendar_(calendar::WorkingCalendar::china()) {
    database_ = open_county_database(options, clock);
    expect_keys(*database_, options.data);
    const SecretKey master = journal::read_or_make_master_key(options.data / "master.key");
    keys_database_ = store::open_sqlite(options.data / "keys.db");
    if (options.packs) {
        store::migrate(*keys_database_, store::key_migrations(), clock.now());
        open_search(options, clock);
        open_counters(options, clock);
    } else {
        store::expect_migrated(*keys_database_, store::key_migrations());
    }
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
    if (!stored && (options.pack.empty() || !options.packs))
        refuse_absent_county({options.data, options.database_url});
    if (stored && !options.pack.empty() && *stored != options.pack) {
        throw Ending(ExitCode::refused, "This data folder belongs to the pack " + *stored + ", not " +
                                            options.pack + ". Choose another folder with --data.");
    }
    pack::Findings findings;
    const std::string name = stored.value_or(options.pack);
    std::error_code error;
    if (options.packs && (!stored || fs::exists(*options.packs / name / "pack.toml", error))) {
        pack_ = pack_in(*options.packs, name);
    } else {
        pack_ =
            database_->read([&](store::Transaction& tx) { return pack::load_current_pack(tx, findings); });
    }
    if (!pack_) refuse_pack(name, findings);
    words_ = pack::Words::read(*pack_, findings);
    if (findings.has_errors()) refuse_pack(name, findings);
    if (options.packs)
        database_->write([&](store::Transaction& tx) { pack::keep_pack(tx, *pack_, clock.now()); });
}

}  // namespace lianxin
