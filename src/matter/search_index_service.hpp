// matter/search_index_service.hpp — keeps the search index, what is learned from categories and how common
// words are up to the journal. A follower with its cursor in the index's own store: each matter an entry was
// written about is read as it stands and takes the place of what was indexed of it, so a batch done twice
// does no harm. An erasure empties the index and makes it anew: its words must not stay in the file.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "county/county.hpp"
#include "journal/journal.hpp"
#include "matter/search_store.hpp"
#include "matter/workflows.hpp"
#include "pack/scripts.hpp"
#include "place/category_suggestion.hpp"

namespace lianxin::matter {

// A matter as search, likeness and suggestions see it.
struct ReadText {
    std::string number, subject, text;  // as written; empty: erased
    std::vector<std::string> told;      // what else was written on its way
};
// Fields a workflow calls personal are left out, like names and addresses.
[[nodiscard]] ReadText read_text(const std::vector<journal::SealedEntry>& chain, journal::KeyRing& keys,
                                 const Workflows& workflows);
// Simplified and folded, one thing a line.
[[nodiscard]] std::string search_body(const ReadText& text, const pack::Scripts& scripts);

class SearchIndex {
 public:
    // `scrub`: called after the index was emptied, to clear what the engine keeps of it elsewhere.
    SearchIndex(store::Database& index, const pack::Scripts& scripts, const Workflows& workflows,
                std::function<void()> scrub)
        : index_(index), scripts_(scripts), workflows_(workflows), scrub_(std::move(scrub)) {}

    // Takes the next entries in; answers whether there may be more.
    bool advance(County& county, int batch = full_batch);
    // Entries not yet taken in.
    [[nodiscard]] std::int64_t behind(County& county) const;

    [[nodiscard]] store::Database& store() const { return index_; }
    [[nodiscard]] const pack::Scripts& scripts() const { return scripts_; }

    static constexpr std::string_view follower = "search";
    static constexpr int full_batch = 1024;

 private:
    struct Fresh {
        SearchText text;
        std::optional<CategoryId> category;
        bool decided = false;  // by the office: taken in or closed by it
        place::TextFeatures features;
    };
    [[nodiscard]] bool heed_erasures(County& county);
    [[nodiscard]] bool rescope(County& county, int batch);
    [[nodiscard]] std::vector<Fresh> read(County& county, const std::vector<MatterId>& matters) const;
    void replace(store::Transaction& tx, const County& county, const std::vector<Fresh>& documents) const;
    [[nodiscard]] std::string opened(const County& county, const IndexedDocument& document) const;

    store::Database& index_;
    const pack::Scripts& scripts_;
    const Workflows& workflows_;
    std::function<void()> scrub_;
};

}  // namespace lianxin::matter
