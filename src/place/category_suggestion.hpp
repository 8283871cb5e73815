// place/category_suggestion.hpp — the leaves a text most likely belongs to, as it is typed. On the first day
// it has only the tree: names, other words for them, and the names above. Later it has learned, besides, how
// the county itself decided: counts of characters and pairs of characters under each category, as hashed
// numbers that nobody can read back, and nothing of who wrote what. The person always decides.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "place/category.hpp"

namespace lianxin::place {

// Feature (a hashed character or pair) and how often, ascending.
using TextFeatures = std::vector<std::pair<std::uint32_t, float>>;

// Knobs, each with what the measurement in docs/category-suggestion.md chose.
struct SuggestionWeights {
    float subject = 3;        // a word of the subject counts as so many of the text
    float above = 0.3F;       // a word of a name above the leaf, beside 1 of its own
    float kin = 0.3F;         // how much of a leaf's score is that of its whole top-level branch
    float shortness = 0.4F;   // how much a leaf with few words gains by each of them
    float saturation = 1.5F;  // what a word's first occurrence counts beside all later ones
    float learned = 4;        // how the county's own decisions count beside the names, once there are many;
    float settled = 100;      // half as much when there are this many
    float smoothing = 0.3F;
    float brevity = 20;  // a text of so many features says half of what a long one says by decisions
    float few = 3;       // a category with so many decisions is trusted half
    float said = 2;      // what a leaf's own words gain, said in full in a short text, beside what is learned
};

// Only Han characters: numbers and Latin letters say who and where, not what. The texts are simplified and
// folded. At most the first thousand characters, which is what anybody writes before the point is made.
[[nodiscard]] TextFeatures features_of(std::string_view subject, std::string_view text,
                                       const SuggestionWeights& weights = {});
// What the counts of a category keep of a text: each feature's number, once counted.
struct CategoryCounts {
    std::int64_t matters = 0;
    std::map<std::uint32_t, float> features;
};
// `sign` -1 takes a decision back that was corrected.
void count(CategoryCounts& counts, const TextFeatures& features, int sign = 1);
// Past this many features the rarest of a category go: they are names and slips rather than words.
inline constexpr std::size_t most_features_kept = 6000;
void forget_rare(CategoryCounts& counts, std::size_t kept = most_features_kept);

struct Suggestion {
    const Category* category = nullptr;  // a leaf
    float score = 0;
};

// From a feature to all it stands under, flat: many features, few entries each.
template <class Entry>
class Postings {
 public:
    void build(std::vector<std::pair<std::uint32_t, Entry>> entries);
    [[nodiscard]] std::span<const Entry> under(std::uint32_t feature) const;

 private:
    std::vector<std::uint32_t> features_;  // ascending
    std::vector<std::uint32_t> starts_;    // into entries_; one more than features_
    std::vector<Entry> entries_;
};

// Immutable, shared between threads. `index` outlives it.
class CategorySuggester {
 public:
    CategorySuggester(const CategoryIndex& index, const std::map<CategoryId, CategoryCounts>& learned,
                      const SuggestionWeights& weights = {});
    // Best first, at most `limit`; none when nothing in the text says anything.
    [[nodiscard]] std::vector<Suggestion> suggest(const TextFeatures& features, std::size_t limit = 3) const;

 private:
    static constexpr std::size_t levels = 3;
    struct Leaf {
        const Category* category = nullptr;
        std::size_t top = 0;                                 // its branch
        std::array<std::int32_t, levels> nodes{-1, -1, -1};  // what was decided about it and above it
        float length = 0;                                    // of its words, rare ones longer
    };
    struct Named {
        std::uint32_t leaf = 0;
        float weight = 0;
    };
    struct Phrase {  // a name of a leaf, or another word for it
        std::uint32_t leaf = 0;
        std::uint32_t pairs = 0;
    };
    struct Counted {
        std::int32_t node = 0;
        float count = 0;
    };
    struct Node {  // a category with decisions, its own or below it
        std::size_t level = 0;
        float total = 0;
        float matters = 0;
    };

    void read_names(const CategoryIndex& index);
    void read_learned(const CategoryIndex& index, const std::map<CategoryId, CategoryCounts>& learned);
    [[nodiscard]] std::vector<float> by_names(const TextFeatures& features) const;
    void add_decisions(const TextFeatures& features, std::vector<float>& scores) const;
    void add_said_in_full(const TextFeatures& features, std::vector<float>& scores) const;

    SuggestionWeights weights_;
    std::vector<Leaf> leaves_;
    std::size_t tops_ = 0;
    Postings<Named> named_;
    std::vector<Phrase> phrases_;
    Postings<std::uint32_t> spoken_;  // the phrases that hold a pair
    Postings<Counted> counted_;
    std::vector<Node> nodes_;
    std::array<float, levels> totals_{};  // of all counts of a level
    float vocabulary_ = 0;
    float trust_ = 0;  // in the decisions: they are few at first
};

}  // namespace lianxin::place
