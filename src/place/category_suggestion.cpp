#include "place/category_suggestion.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "base/tokens.hpp"

namespace lianxin::place {
namespace {

constexpr int feature_bits = 20;
constexpr std::size_t longest_read = 1000;  // characters

using FeatureMap = std::map<std::uint32_t, float>;

std::string_view first_character(std::string_view text) {
    return first_code_points(text, 1);
}

void add_pairs(FeatureMap& features, std::string_view folded, float weight) {
    each_token(folded, [&](const Token& token) {
        if (token.kind == Token::Kind::pair) {
            float& known = features[token_bucket(token.text, feature_bits)];
            known = std::max(known, weight);
        }
        return true;
    });
}

// Characters and pairs, so often as they stand there.
void add_all(FeatureMap& features, std::string_view folded, float weight) {
    each_token(first_code_points(folded, longest_read), [&](const Token& token) {
        if (token.kind == Token::Kind::word) return true;
        features[token_bucket(first_character(token.text), feature_bits)] += weight;
        if (token.kind == Token::Kind::pair) features[token_bucket(token.text, feature_bits)] += weight;
        return true;
    });
}

float rarity(std::size_t all, std::size_t having) {
    return std::log(1.0F + static_cast<float>(all) / static_cast<float>(having));
}

}  // namespace

TextFeatures features_of(std::string_view subject, std::string_view text, const SuggestionWeights& weights) {
    FeatureMap features;
    add_all(features, subject, weights.subject);
    add_all(features, text, 1);
    return {features.begin(), features.end()};
}

void count(CategoryCounts& counts, const TextFeatures& features, int sign) {
    counts.matters += sign;
    for (const auto& [feature, times] : features) {
        const auto at = counts.features.try_emplace(feature, 0.0F).first;
        at->second += static_cast<float>(sign) * times;
        if (at->second <= 0) counts.features.erase(at);
    }
}

void forget_rare(CategoryCounts& counts, std::size_t kept) {
    if (counts.features.size() <= kept) return;
    std::vector<float> times;
    for (const auto& [feature, n] : counts.features) times.push_back(n);
    std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(kept), times.end(),
                     std::greater<>());
    const float least = times[kept];
    std::erase_if(counts.features, [&](const auto& feature) { return feature.second <= least; });
}

template <class Entry>
void Postings<Entry>::build(std::vector<std::pair<std::uint32_t, Entry>> entries) {
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [feature, entry] : entries) {
        if (features_.empty() || features_.back() != feature) {
            features_.push_back(feature);
            starts_.push_back(static_cast<std::uint32_t>(entries_.size()));
        }
        entries_.push_back(entry);
    }
    starts_.push_back(static_cast<std::uint32_t>(entries_.size()));
}

template <class Entry>
std::span<const Entry> Postings<Entry>::under(std::uint32_t feature) const {
    const auto it = std::lower_bound(features_.begin(), features_.end(), feature);
    if (it == features_.end() || *it != feature) return {};
    const auto at = static_cast<std::size_t>(it - features_.begin());
    return std::span(entries_).subspan(starts_[at], starts_[at + 1] - starts_[at]);
}

CategorySuggester::CategorySuggester(const CategoryIndex& index,
                                     const std::map<CategoryId, CategoryCounts>& learned,
                                     const SuggestionWeights& weights)
    : weights_(weights) {
    read_names(index);
    read_learned(index, learned);
}

void CategorySuggester::read_names(const CategoryIndex& index) {
    std::map<CategoryId, std::size_t> tops;
    std::vector<FeatureMap> words;
    std::map<std::uint32_t, std::size_t> having;
    std::map<CategoryId, bool> parents;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> spoken;
    for (const Category& category : index.all())
        if (category.parent) parents[*category.parent] = true;
    for (const Category& category : index.all()) {
        if (parents.contains(category.id)) continue;
        const auto path = index.path(category);
        Leaf leaf;
        leaf.category = &category;
        leaf.top = tops.try_emplace(path.front()->id, tops.size()).first->second;
        FeatureMap own;
        for (const Category* step : path) {
            const float weight = step == path.back() ? 1.0F : weights_.above;
            add_pairs(own, fold(step->name), weight);
            for (const auto& word : step->also) add_pairs(own, fold(word), weight);
        }
        const auto add_phrase = [&](const std::string& phrase) {
            FeatureMap pairs;
            add_pairs(pairs, fold(phrase), 1);
            for (const auto& [pair, once] : pairs)
                spoken.emplace_back(pair, static_cast<std::uint32_t>(phrases_.size()));
            phrases_.push_back(
                {static_cast<std::uint32_t>(leaves_.size()), static_cast<std::uint32_t>(pairs.size())});
        };
        add_phrase(category.name);
        for (const auto& word : category.also) add_phrase(word);
        for (const auto& [feature, weight] : own) ++having[feature];
        words.push_back(std::move(own));
        leaves_.push_back(leaf);
    }
    tops_ = tops.size();
    std::vector<std::pair<std::uint32_t, Named>> entries;
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
        for (const auto& [feature, weight] : words[i]) {
            const float weighed = weight * rarity(leaves_.size(), having[feature]);
            leaves_[i].length += weighed;
            entries.push_back({feature, {static_cast<std::uint32_t>(i), weighed}});
        }
    }
    named_.build(std::move(entries));
    spoken_.build(std::move(spoken));
}

// What was decided for a category speaks for everything above it too.
void CategorySuggester::read_learned(const CategoryIndex& index,
                                     const std::map<CategoryId, CategoryCounts>& learned) {
    std::map<CategoryId, std::int32_t> node_of;
    std::map<std::pair<std::uint32_t, std::int32_t>, float> sums;
    std::map<std::uint32_t, bool> seen;
    float decisions = 1;
    for (const auto& [id, counts] : learned) {
        const Category* category = index.find(id);
        if (category == nullptr) continue;  // no longer in force
        decisions += static_cast<float>(counts.matters);
        const auto path = index.path(*category);
        for (std::size_t level = 0; level < path.size() && level < levels; ++level) {
            const auto [at, fresh] =
                node_of.try_emplace(path[level]->id, static_cast<std::int32_t>(nodes_.size()));
            if (fresh) nodes_.push_back({level, 0, 0});
            nodes_[static_cast<std::size_t>(at->second)].matters += static_cast<float>(counts.matters);
            for (const auto& [feature, times] : counts.features) {
                sums[{feature, at->second}] += times;
                nodes_[static_cast<std::size_t>(at->second)].total += times;
                totals_.at(level) += times;
                seen[feature] = true;
            }
        }
    }
    vocabulary_ = static_cast<float>(seen.size());
    trust_ = weights_.learned * decisions / (decisions + weights_.settled);
    std::vector<std::pair<std::uint32_t, Counted>> entries;
    for (const auto& [key, times] : sums) entries.push_back({key.first, {key.second, times}});
    counted_.build(std::move(entries));
    for (Leaf& leaf : leaves_) {
        const auto path = index.path(*leaf.category);
        for (std::size_t level = 0; level < path.size() && level < levels; ++level) {
            const auto at = node_of.find(path[level]->id);
            if (at != node_of.end()) leaf.nodes.at(level) = at->second;
        }
    }
}

// Shared words of text and leaf, rare ones counting more, a repeated one little more than once; a leaf whose
// whole branch agrees with the text counts more. The best leaf has 1, and all have 0 when none has a word.
std::vector<float> CategorySuggester::by_names(const TextFeatures& features) const {
    std::vector<float> scores(leaves_.size(), 0);
    for (const auto& [feature, times] : features) {
        const float heard = times / (times + weights_.saturation);
        for (const Named& named : named_.under(feature)) scores[named.leaf] += heard * named.weight;
    }
    std::vector<float> squares(tops_, 0);
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
        if (scores[i] == 0) continue;
        scores[i] /= std::pow(leaves_[i].length, weights_.shortness);
        squares[leaves_[i].top] += scores[i] * scores[i];
    }
    float best = 0;
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
        scores[i] = (1 - weights_.kin) * scores[i] + weights_.kin * std::sqrt(squares[leaves_[i].top]);
        best = std::max(best, scores[i]);
    }
    if (best > 0)
        for (float& score : scores) score /= best;
    return scores;
}

// Complement naive Bayes at each level of the tree: how much less likely the text is under everything that
// was decided otherwise. A category without decisions stands at nought, neither drawn nor pushed.
void CategorySuggester::add_decisions(const TextFeatures& features, std::vector<float>& scores) const {
    if (nodes_.empty()) return;
    const float a = weights_.smoothing;
    std::vector<float> gains(nodes_.size(), 0);
    float length = 0, known = 0;
    for (const auto& [feature, times] : features) {
        length += times;
        const auto counted = counted_.under(feature);
        if (counted.empty()) continue;
        known += times;
        std::array<float, levels> all{};
        for (const Counted& one : counted)
            all.at(nodes_[static_cast<std::size_t>(one.node)].level) += one.count;
        for (const Counted& one : counted) {
            const auto node = static_cast<std::size_t>(one.node);
            const float whole = all.at(nodes_[node].level);
            gains[node] += times * (std::log(whole + a) - std::log(std::max(0.0F, whole - one.count) + a));
        }
    }
    if (known == 0) return;
    for (std::size_t node = 0; node < nodes_.size(); ++node) {
        const float whole = totals_.at(nodes_[node].level);
        const float others = std::max(0.0F, whole - nodes_[node].total);
        const float against = std::log(whole + a * vocabulary_) - std::log(others + a * vocabulary_);
        const float trust = nodes_[node].matters / (nodes_[node].matters + weights_.few);
        gains[node] = trust * (gains[node] - known * against) / (length + weights_.brevity);
    }
    for (std::size_t i = 0; i < leaves_.size(); ++i)
        for (const std::int32_t node : leaves_[i].nodes)
            if (node >= 0) scores[i] += trust_ * gains[static_cast<std::size_t>(node)];
    add_said_in_full(features, scores);
}

// A leaf nobody has decided for yet has only its words: where the text says them in full, they stand against
// what other leaves have learned. The longer they are and the shorter the text, the less by chance.
void CategorySuggester::add_said_in_full(const TextFeatures& features, std::vector<float>& scores) const {
    std::vector<std::uint32_t> heard(phrases_.size(), 0);
    float length = 0;
    for (const auto& [feature, times] : features) {
        length += times;
        for (const std::uint32_t phrase : spoken_.under(feature)) ++heard[phrase];
    }
    std::vector<float> said(leaves_.size(), 0);
    for (std::size_t i = 0; i < phrases_.size(); ++i) {
        const auto [leaf, pairs] = phrases_[i];
        if (pairs == 0 || heard[i] < pairs) continue;
        const auto longer = static_cast<float>(pairs);
        said[leaf] = std::max(said[leaf], longer / (longer + 2));
    }
    const float weight = trust_ * weights_.said * weights_.brevity / (length + weights_.brevity);
    for (std::size_t i = 0; i < leaves_.size(); ++i) scores[i] += weight * said[i];
}

std::vector<Suggestion> CategorySuggester::suggest(const TextFeatures& features, std::size_t limit) const {
    std::vector<float> scores = by_names(features);
    const bool named = std::any_of(scores.begin(), scores.end(), [](float score) { return score > 0; });
    add_decisions(features, scores);
    if (!named && std::all_of(scores.begin(), scores.end(), [](float score) { return score <= 0; }))
        return {};
    std::vector<Suggestion> order;
    for (std::size_t i = 0; i < leaves_.size(); ++i) order.push_back({leaves_[i].category, scores[i]});
    const auto kept = static_cast<std::ptrdiff_t>(std::min(limit, order.size()));
    std::partial_sort(order.begin(), order.begin() + kept, order.end(),
                      [](const Suggestion& a, const Suggestion& b) {
                          return a.score != b.score ? a.score > b.score : a.category->id < b.category->id;
                      });
    order.resize(static_cast<std::size_t>(kept));
    return order;
}

}  // namespace lianxin::place
