// main/county_home.hpp — opens a data folder: database, keys, blobs, the pack it was filled with; makes what
// is absent. Everything a use case needs is owned here once and handed out as County&.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "calendar/working_calendar.hpp"
#include "county/county.hpp"
#include "journal/key_ring.hpp"
#include "pack/pack.hpp"
#include "pack/words.hpp"
#include "store/blob_store.hpp"
#include "store/database.hpp"

namespace lianxin {

struct HomeOptions {
    std::filesystem::path data;
    std::filesystem::path packs;
    std::optional<std::string> database_url;
    std::string
        pack;  // fills an empty county; must agree with the stored one otherwise (empty: whatever is stored)
};

class CountyHome {
 public:
    // Migrates both stores. Throws StoreFault or Fault with a sentence for the administrator.
    CountyHome(const HomeOptions& options, const Clock& clock);

    [[nodiscard]] County& county() { return *county_; }
    [[nodiscard]] const pack::Pack& pack() const { return *pack_; }
    [[nodiscard]] const pack::Words& words() const { return *words_; }
    // What the county calls itself, in its own language.
    [[nodiscard]] std::string title() const;
    [[nodiscard]] store::Database& database() { return *database_; }
    // What is found by words, in a store of its own: made of the journal, in no backup.
    [[nodiscard]] store::Database& search_database() { return *search_database_; }
    // Clears what the engine still keeps of emptied pages.
    [[nodiscard]] std::function<void()> scrub_search() const { return scrub_search_; }
    // What figures are read from, in a store of its own: made of the journal, in no backup.
    [[nodiscard]] store::Database& counters_database() { return *counters_database_; }
    // The county has no places yet: it was just made.
    [[nodiscard]] bool is_empty() const { return empty_; }
    // The same home under another clock (the demo plays in the past).
    [[nodiscard]] County county_at(const Clock& clock);

 private:
    void open_search(const HomeOptions& options, const Clock& clock);
    void open_counters(const HomeOptions& options, const Clock& clock);
    void open_pack(const HomeOptions& options, const Clock& clock);

    std::unique_ptr<store::Database> database_;
    std::unique_ptr<store::Database> keys_database_;
    std::unique_ptr<store::Database> search_database_;
    std::unique_ptr<store::Database> counters_database_;
    std::function<void()> scrub_search_ = [] {};
    IdSource ids_;
    std::unique_ptr<journal::KeyRing> keys_;
    std::unique_ptr<store::BlobStore> blobs_;
    calendar::WorkingCalendar calendar_;
    std::optional<pack::Pack> pack_;
    std::optional<pack::Words> words_;
    std::optional<County> county_;
    bool empty_ = false;
};

}  // namespace lianxin
