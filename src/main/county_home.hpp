// main/county_home.hpp — opens a data folder: database, keys, blobs, the pack it was filled with. Everything
// a use case needs is owned here once and handed out as County&. Nothing is made unless a pack is named that
// may fill it; without a folder of packs a county is opened as it is stored, or refused.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "calendar/working_calendar.hpp"
#include "county/county.hpp"
#include "journal/key_ring.hpp"
#include "main/data_folder.hpp"
#include "pack/pack.hpp"
#include "pack/words.hpp"
#include "store/blob_store.hpp"
#include "store/database.hpp"

namespace lianxin {

struct HomeOptions {
    std::filesystem::path data;
    // Brings newer words, definitions and schemas with it; without, everything stays as it is stored.
    std::optional<std::filesystem::path> packs;
    std::optional<std::string> database_url;
    std::string
        pack;  // fills an empty county; must agree with the stored one otherwise (empty: whatever is stored)
    FolderLease::As as = FolderLease::As::guest;
};

class CountyHome {
 public:
    // Throws Ending or StoreFault with a sentence for the administrator.
    CountyHome(const HomeOptions& options, const Clock& clock);

    [[nodiscard]] County& county() { return *county_; }
    [[nodiscard]] const pack::Pack& pack() const { return *pack_; }
    [[nodiscard]] const pack::Words& words() const { return *words_; }
    // What the county calls itself, in its own language.
    [[nodiscard]] std::string title() const;
    [[nodiscard]] store::Database& database() { return *database_; }
    // What is found by words, in a store of its own: made of the journal, in no backup. Only where there are
    // packs.
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

    FolderLease lease_;
    std::unique_ptr<store::Database> database_;
    std::unique_ptr<store::Database> keys_database_;
    std::unique_ptr<store::Database> search_database_;
    std::unique_ptr<store::Database> counters_database_;
    std::function<void()> scrub_search_ = [] {};
    IdSource ids_;  // of the lease's node
    std::unique_ptr<journal::KeyRing> keys_;
    std::unique_ptr<store::BlobStore> blobs_;
    calendar::WorkingCalendar calendar_;
    std::optional<pack::Pack> pack_;
    std::optional<pack::Words> words_;
    std::optional<County> county_;
    bool empty_ = false;
};

}  // namespace lianxin
