#include "place/category_suggestion_service.hpp"

#include "place/category_counts_store.hpp"

namespace lianxin::place {
namespace {
constexpr std::int64_t taken_up_after = 60 * micros_per_second;
}

SuggestedCategories CategorySuggestions::suggest(County& county, std::string_view subject,
                                                 std::string_view text) {
    const Kept kept = current(county);
    const auto features = features_of(scripts_.for_search(subject), scripts_.for_search(text));
    return {kept.index, kept.suggester->suggest(features)};
}

CategorySuggestions::Kept CategorySuggestions::current(County& county) {
    const Instant now = county.clock.now();
    const auto index =
        county.database.read([&](store::Transaction& tx) { return lookup_.categories(tx, today(county)); });
    {
        const std::lock_guard lock(mutex_);
        const bool fresh = now.micros - kept_.made.micros < taken_up_after && now >= kept_.made;
        if (kept_.index == index && fresh) return kept_;
    }
    const auto learned = search_.read([](store::Transaction& tx) { return counts_version(tx); });
    {
        const std::lock_guard lock(mutex_);
        if (kept_.index == index && kept_.learned == learned) {
            kept_.made = now;
            return kept_;
        }
    }
    const auto counts = search_.read([](store::Transaction& tx) { return load_counts(tx); });
    Kept made{index, std::make_shared<const CategorySuggester>(*index, counts), learned, now};
    const std::lock_guard lock(mutex_);
    kept_ = made;
    return made;
}

}  // namespace lianxin::place
