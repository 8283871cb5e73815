#include "place/category.hpp"

#include <algorithm>
#include <cstdint>
#include <map>

#include "base/text.hpp"

namespace lianxin::place {
namespace {

// A name that is the word counts most, one that begins with it more than one that has it inside; other words
// people use count a little less than the name, and what stands above the leaf least.
constexpr int whole_name = 100, name_begins = 70, name_has = 60, also_whole = 90, also_has = 50,
              word_has_name = 40, above_has = 20, pair_in_name = 8;

std::vector<std::string> words_of(std::string_view folded) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : folded) {
        if (c == ' ' || c == ',' || c == '/') {
            if (!word.empty()) words.push_back(std::move(word));
            word.clear();
        } else {
            word += c;
        }
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

// How many of the word's neighbouring pairs of characters stand in the name: what is left when the word does
// not.
int shared_pairs(std::string_view word, std::string_view name) {
    int shared = 0;
    std::size_t previous = 0;
    std::size_t at = 0;
    while (at < word.size()) {
        const std::size_t next = at + first_code_points(word.substr(at), 1).size();
        if (at > 0 && name.find(word.substr(previous, next - previous)) != std::string_view::npos) ++shared;
        previous = at;
        at = next;
    }
    return shared;
}

int score_name(std::string_view word, std::string_view name) {
    if (name == word) return whole_name;
    if (name.starts_with(word)) return name_begins;
    if (name.find(word) != std::string_view::npos) return name_has;
    if (code_points(name) >= 2 && word.find(name) != std::string_view::npos) return word_has_name;
    return shared_pairs(word, name) * pair_in_name;
}

}  // namespace

CategoryIndex::CategoryIndex(std::vector<Category> categories) : categories_(std::move(categories)) {
    std::sort(categories_.begin(), categories_.end(),
              [](const Category& a, const Category& b) { return a.id < b.id; });
    for (std::size_t i = 0; i < categories_.size(); ++i) {
        Entry entry{i, fold(categories_[i].name), {}, {}};
        for (const auto& word : categories_[i].also) entry.folded_also.push_back(fold(word));
        for (const auto* above : path(categories_[i])) {
            if (above->id != categories_[i].id) entry.folded_above += fold(above->name) + ' ';
        }
        entries_.push_back(std::move(entry));
        by_code_.push_back(i);
    }
    std::sort(by_code_.begin(), by_code_.end(),
              [&](std::size_t a, std::size_t b) { return categories_[a].code < categories_[b].code; });
}

const Category* CategoryIndex::find(CategoryId id) const {
    const auto it =
        std::lower_bound(categories_.begin(), categories_.end(), id,
                         [](const Category& category, CategoryId wanted) { return category.id < wanted; });
    return it == categories_.end() || it->id != id ? nullptr : &*it;
}

const Category* CategoryIndex::by_code(std::string_view code) const {
    const auto it = std::lower_bound(
        by_code_.begin(), by_code_.end(), code,
        [&](std::size_t i, std::string_view wanted) { return categories_[i].code < wanted; });
    return it == by_code_.end() || categories_[*it].code != code ? nullptr : &categories_[*it];
}

std::vector<const Category*> CategoryIndex::children(std::optional<CategoryId> parent) const {
    std::vector<const Category*> children;
    for (const auto& category : categories_) {
        if (category.parent == parent) children.push_back(&category);
    }
    return children;
}

bool CategoryIndex::is_leaf(const Category& category) const {
    return std::none_of(categories_.begin(), categories_.end(),
                        [&](const Category& other) { return other.parent == category.id; });
}

std::vector<const Category*> CategoryIndex::path(const Category& category) const {
    std::vector<const Category*> path{&category};
    while (path.back()->parent && path.size() <= 3) {
        const Category* above = find(*path.back()->parent);
        if (above == nullptr) break;
        path.push_back(above);
    }
    std::reverse(path.begin(), path.end());
    return path;
}

std::string_view CategoryIndex::urgency(const Category& category) const {
    const auto above = path(category);
    for (auto it = above.rbegin(); it != above.rend(); ++it) {
        if (!(*it)->urgency.empty()) return (*it)->urgency;
    }
    return {};
}

std::vector<CategoryHit> CategoryIndex::search(std::string_view text, std::size_t limit) const {
    const auto words = words_of(fold(text));
    std::vector<std::pair<int, std::size_t>> scored;  // negative score, entry
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const Entry& entry = entries_[i];
        int score = 0;
        for (const auto& word : words) {
            int best = score_name(word, entry.folded);
            for (const auto& also : entry.folded_also) {
                if (also == word)
                    best = std::max(best, also_whole);
                else if (also.find(word) != std::string::npos || word.find(also) != std::string::npos)
                    best = std::max(best, also_has);
            }
            if (entry.folded_above.find(word) != std::string::npos) best += above_has;
            score += best;
        }
        // A pair of characters in common is too little when a word of three or more was asked for.
        if (score >= 2 * pair_in_name ||
            (score > 0 && words.size() == 1 && code_points(words.front()) <= 2)) {
            scored.emplace_back(-(score * 4 + categories_[entry.category].level), i);
        }
    }
    const auto kept = std::min(limit, scored.size());
    std::partial_sort(scored.begin(), scored.begin() + static_cast<std::ptrdiff_t>(kept), scored.end());
    std::vector<CategoryHit> hits;
    for (std::size_t i = 0; i < kept; ++i) {
        const Category& category = categories_[entries_[scored[i].second].category];
        hits.push_back({&category, path(category), is_leaf(category), -scored[i].first});
    }
    return hits;
}

}  // namespace lianxin::place
