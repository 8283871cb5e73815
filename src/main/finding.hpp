// main/finding.hpp — what finds things by their words, bound together: the search index and its follower, the
// search over matters, suggestions of categories.
#pragma once

#include <functional>

#include "main/town.hpp"
#include "matter/search_service.hpp"
#include "pack/scripts.hpp"
#include "place/category_suggestion_service.hpp"

namespace lianxin {

class Finding {
 public:
    // `store`: the search index's own, migrated. Both outlive it.
    Finding(
        Town& town, store::Database& store, std::function<void()> scrub = [] {})
        : index_(store, scripts_, town.workflows(), std::move(scrub)),
          search_(index_, town.matters()),
          suggestions_(town.places().lookup(), store, scripts_) {}
    Finding(const Finding&) = delete;
    Finding& operator=(const Finding&) = delete;

    [[nodiscard]] matter::SearchIndex& index() { return index_; }
    [[nodiscard]] matter::SearchService& search() { return search_; }
    [[nodiscard]] place::CategorySuggestions& suggestions() { return suggestions_; }

 private:
    pack::Scripts scripts_;
    matter::SearchIndex index_;
    matter::SearchService search_;
    place::CategorySuggestions suggestions_;
};

}  // namespace lianxin
