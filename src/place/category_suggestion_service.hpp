// place/category_suggestion_service.hpp — the three most likely leaves for what is being typed. Nothing of it
// is kept. What was learned is taken up a minute later at most, not at every keystroke.
#pragma once

#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "pack/scripts.hpp"
#include "place/category_suggestion.hpp"
#include "place/place_service.hpp"

namespace lianxin::place {

struct SuggestedCategories {
    std::shared_ptr<const CategoryIndex> index;  // keeps what the suggestions point at
    std::vector<Suggestion> best;
};

class CategorySuggestions {
 public:
    // `search`: where what was learned is kept.
    CategorySuggestions(PlaceLookup& lookup, store::Database& search, const pack::Scripts& scripts)
        : lookup_(lookup), search_(search), scripts_(scripts) {}

    [[nodiscard]] SuggestedCategories suggest(County& county, std::string_view subject,
                                              std::string_view text);

 private:
    struct Kept {
        std::shared_ptr<const CategoryIndex> index;
        std::shared_ptr<const CategorySuggester> suggester;
        std::int64_t learned = -1;
        Instant made;
    };
    [[nodiscard]] Kept current(County& county);

    PlaceLookup& lookup_;
    store::Database& search_;
    const pack::Scripts& scripts_;
    std::mutex mutex_;
    Kept kept_;
};

}  // namespace lianxin::place
