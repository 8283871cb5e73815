// How often the suggested categories are right, on real messages with a top-level label and a real tree of
// 517 leaves: from the names alone, and with what was learned from nine tenths of the messages for the tenth.
//   bench_category_suggestion MESSAGES.jsonl CATEGORIES.tsv [SEED]
#include <algorithm>
#include <boost/json/parse.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "place/category_suggestion.hpp"

using namespace lianxin;
using namespace lianxin::place;

namespace {

struct Message {
    std::string subject, text;
    std::size_t label = 0;
};
struct Given {
    CategoryIndex index;
    std::vector<CategoryId> tops;
    std::vector<Message> messages;
    std::vector<std::size_t> labels;  // those that occur
};
struct Told {  // of one message
    std::size_t first = 0;
    bool among_leaves = false;  // the label is the top of one of the three leaves shown
    bool among_tops = false;    // or one of the three best tops
};
struct Figures {
    double f1 = 0, right = 0, leaves = 0, tops = 0;
};

Given read(const char* messages, const char* categories) {
    Given given;
    std::vector<Category> all;
    std::map<std::string, CategoryId> known;
    std::map<std::string, std::size_t> tops;
    const auto add = [&](const std::string& key, const std::string& name, std::optional<CategoryId> parent,
                         int level) {
        const auto [at, fresh] =
            known.try_emplace(key, CategoryId(static_cast<std::int64_t>(known.size()) + 1));
        if (fresh) all.push_back({at->second, parent, level, key, name, {}, false, {}, {}, {}});
        return at->second;
    };
    std::ifstream tree(categories);
    std::string line;
    std::getline(tree, line);
    while (std::getline(tree, line)) {
        const auto one = line.find('\t'), two = line.find('\t', one + 1);
        const std::string top = line.substr(0, one), mid = line.substr(0, two);
        const CategoryId first = add(top, top, {}, 1);
        if (tops.try_emplace(top, tops.size()).second) given.tops.push_back(first);
        const CategoryId second = add(mid, mid.substr(one + 1), first, 2);
        add(line, line.substr(two + 1), second, 3);
    }
    given.index = CategoryIndex(std::move(all));
    std::ifstream file(messages);
    std::set<std::size_t> labels;
    while (std::getline(file, line)) {
        const auto message = boost::json::parse(line);
        const auto text = [&](const char* key) {
            return fold(std::string_view(message.at(key).as_string()));
        };
        const auto label = tops.at(std::string(message.at("category").as_string()));
        given.messages.push_back({text("subject"), text("text"), label});
        labels.insert(label);
    }
    given.labels.assign(labels.begin(), labels.end());
    return given;
}

double macro_f1(const Given& given, const std::vector<std::size_t>& rows, const std::vector<Told>& told) {
    double sum = 0;
    for (const std::size_t label : given.labels) {
        double hit = 0, wrong = 0, missed = 0;
        for (const std::size_t i : rows) {
            const bool is = given.messages[i].label == label, said = told[i].first == label;
            hit += is && said;
            wrong += !is && said;
            missed += is && !said;
        }
        sum += hit == 0 ? 0 : 2 * hit / (2 * hit + wrong + missed);
    }
    return sum / static_cast<double>(given.labels.size());
}

Figures figures(const Given& given, const std::vector<std::size_t>& rows, const std::vector<Told>& told) {
    Figures all;
    all.f1 = macro_f1(given, rows, told);
    for (const std::size_t i : rows) {
        all.right += told[i].first == given.messages[i].label;
        all.leaves += told[i].among_leaves;
        all.tops += told[i].among_tops;
    }
    const auto n = static_cast<double>(rows.size());
    return {all.f1, all.right / n, all.leaves / n, all.tops / n};
}

Told ask(const Given& given, const CategorySuggester& suggester, const SuggestionWeights& weights,
         const Message& message, bool only_labels) {
    const auto order = suggester.suggest(features_of(message.subject, message.text, weights), 100000);
    std::vector<std::size_t> tops;
    Told told;
    std::size_t leaves = 0;
    for (const Suggestion& one : order) {
        const auto id = given.index.path(*one.category).front()->id;
        const auto top = static_cast<std::size_t>(std::find(given.tops.begin(), given.tops.end(), id) -
                                                  given.tops.begin());
        if (only_labels && !std::binary_search(given.labels.begin(), given.labels.end(), top)) continue;
        if (leaves++ < 3) told.among_leaves |= top == message.label;
        if (std::find(tops.begin(), tops.end(), top) == tops.end()) tops.push_back(top);
        if (tops.size() == 3 && leaves >= 3) break;
    }
    told.first = tops.empty() ? given.tops.size() : tops.front();
    told.among_tops = std::find(tops.begin(), tops.end(), message.label) != tops.end();
    return told;
}

std::map<CategoryId, CategoryCounts> learn(const Given& given, const SuggestionWeights& weights,
                                           const std::vector<std::size_t>& rows) {
    std::map<CategoryId, CategoryCounts> learned;
    for (const std::size_t i : rows)
        count(learned[given.tops[given.messages[i].label]],
              features_of(given.messages[i].subject, given.messages[i].text, weights));
    return learned;
}

std::vector<int> folds_of(const Given& given, int folds, std::uint64_t seed,
                          const std::vector<std::size_t>& rows) {
    std::mt19937_64 random(seed);
    std::vector<int> fold(given.messages.size(), -1);
    int next = 0;
    for (const std::size_t label : given.labels) {
        std::vector<std::size_t> members;
        for (const std::size_t i : rows)
            if (given.messages[i].label == label) members.push_back(i);
        for (std::size_t i = members.size(); i > 1; --i) std::swap(members[i - 1], members[random() % i]);
        for (const std::size_t i : members) fold[i] = next++ % folds;
    }
    return fold;
}

// Cross-validated predictions for `rows`.
std::vector<Told> cross(const Given& given, const SuggestionWeights& weights,
                        const std::vector<std::size_t>& rows, int folds, std::uint64_t seed,
                        bool only_labels = false) {
    const auto fold = folds_of(given, folds, seed, rows);
    std::vector<Told> told(given.messages.size());
    for (int f = 0; f < folds; ++f) {
        std::vector<std::size_t> training;
        for (const std::size_t i : rows)
            if (fold[i] != f) training.push_back(i);
        const CategorySuggester suggester(given.index, learn(given, weights, training), weights);
        for (const std::size_t i : rows)
            if (fold[i] == f) told[i] = ask(given, suggester, weights, given.messages[i], only_labels);
    }
    return told;
}

std::vector<Told> from_names(const Given& given, const SuggestionWeights& weights,
                             const std::vector<std::size_t>& rows, bool only_labels = false) {
    const CategorySuggester suggester(given.index, {}, weights);
    std::vector<Told> told(given.messages.size());
    for (const std::size_t i : rows) told[i] = ask(given, suggester, weights, given.messages[i], only_labels);
    return told;
}

void print(const char* what, const Given& given, const std::vector<std::size_t>& rows,
           const std::vector<Told>& told, std::uint64_t seed) {
    const Figures all = figures(given, rows, told);
    std::mt19937_64 random(seed + 1);
    std::vector<double> f1;
    for (int i = 0; i < 2000; ++i) {
        std::vector<std::size_t> drawn;
        for (std::size_t k = 0; k < rows.size(); ++k) drawn.push_back(rows[random() % rows.size()]);
        f1.push_back(macro_f1(given, drawn, told));
    }
    std::sort(f1.begin(), f1.end());
    std::printf("%-58s F1 %.3f [%.3f, %.3f]  first right %.3f  among 3 leaves %.3f  among 3 tops %.3f\n",
                what, all.f1, f1[50], f1[1949], all.right, all.leaves, all.tops);
    std::fflush(stdout);
}

std::vector<SuggestionWeights> grid_of_names() {
    std::vector<SuggestionWeights> grid;
    for (const float subject : {1.0F, 3.0F, 5.0F})
        for (const float above : {0.0F, 0.3F, 1.0F})
            for (const float kin : {0.0F, 0.3F, 0.6F})
                for (const float shortness : {0.2F, 0.4F, 0.6F}) {
                    SuggestionWeights one;
                    one.subject = subject;
                    one.above = above;
                    one.kin = kin;
                    one.shortness = shortness;
                    grid.push_back(one);
                }
    return grid;
}

std::vector<SuggestionWeights> grid_of_all() {
    std::vector<SuggestionWeights> grid;
    for (const float subject : {3.0F, 5.0F})
        for (const float learned : {1.0F, 2.0F, 3.0F, 5.0F, 10.0F})
            for (const float smoothing : {0.1F, 0.3F, 1.0F}) {
                SuggestionWeights one;
                one.subject = subject;
                one.learned = learned;
                one.smoothing = smoothing;
                grid.push_back(one);
            }
    return grid;
}

// Each fold is told with the weights that were best on the other nine, which never saw it.
std::vector<Told> nested(const Given& given, const std::vector<SuggestionWeights>& grid,
                         const std::vector<std::size_t>& rows, std::uint64_t seed, bool learning) {
    const auto fold = folds_of(given, 10, seed, rows);
    std::vector<Told> told(given.messages.size());
    for (int f = 0; f < 10; ++f) {
        std::vector<std::size_t> training;
        for (const std::size_t i : rows)
            if (fold[i] != f) training.push_back(i);
        double best = -1;
        SuggestionWeights chosen;
        for (const SuggestionWeights& weights : grid) {
            const auto tried = learning ? cross(given, weights, training, 5, seed + 17)
                                        : from_names(given, weights, training);
            const double f1 = macro_f1(given, training, tried);
            if (f1 > best) {
                best = f1;
                chosen = weights;
            }
        }
        const auto learned =
            learning ? learn(given, chosen, training) : std::map<CategoryId, CategoryCounts>();
        const CategorySuggester suggester(given.index, learned, chosen);
        for (const std::size_t i : rows)
            if (fold[i] == f) told[i] = ask(given, suggester, chosen, given.messages[i], false);
    }
    return told;
}

// How soon decisions help: n of them, drawn at random, the rest asked; mean of 20 draws.
void print_curve(const Given& given, const std::vector<std::size_t>& rows, std::uint64_t seed) {
    for (const std::size_t n : {0UL, 5UL, 10UL, 25UL, 50UL, 100UL, 200UL}) {
        Figures sum;
        std::mt19937_64 random(seed);  // the same draws for each n
        for (int draw = 0; draw < 20; ++draw) {
            auto order = rows;
            for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
            const std::vector<std::size_t> training(order.begin(),
                                                    order.begin() + static_cast<std::ptrdiff_t>(n));
            const std::vector<std::size_t> rest(order.begin() + 200, order.end());
            const CategorySuggester suggester(given.index, learn(given, {}, training));
            std::vector<Told> told(given.messages.size());
            for (const std::size_t i : rest) told[i] = ask(given, suggester, {}, given.messages[i], false);
            const Figures one = figures(given, rest, told);
            sum.f1 += one.f1 / 20;
            sum.right += one.right / 20;
            sum.leaves += one.leaves / 20;
        }
        std::printf(
            "  after %3zu decisions: F1 %.3f  first right %.3f  among 3 leaves %.3f (50 others, mean of 20 "
            "draws)\n",
            n, sum.f1, sum.right, sum.leaves);
    }
}

void print_time(const Given& given, const std::vector<std::size_t>& rows) {
    const CategorySuggester suggester(given.index, learn(given, {}, rows));
    std::vector<double> took;
    for (int round = 0; round < 4; ++round) {
        for (const std::size_t i : rows) {
            const auto before = std::chrono::steady_clock::now();
            const auto& message = given.messages[i];
            const auto found = suggester.suggest(features_of(message.subject, message.text));
            took.push_back(
                std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before).count());
            if (found.size() > 3) std::abort();
        }
    }
    std::sort(took.begin(), took.end());
    std::printf(
        "time of one suggestion, %zu leaves, everything learned: median %.3f ms, p99 %.3f ms, longest %.3f "
        "ms\n",
        given.index.all().size(), took[took.size() / 2], took[took.size() * 99 / 100], took.back());
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "bench_category_suggestion MESSAGES.jsonl CATEGORIES.tsv [SEED]\n");
        return 2;
    }
    const std::uint64_t seed = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 8311;
    const Given given = read(argv[1], argv[2]);
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < given.messages.size(); ++i) rows.push_back(i);
    std::printf(
        "%zu messages, %zu labels, %zu categories, %zu tops, seed %llu; intervals: 2000 bootstrap draws, 95 "
        "%%\n",
        rows.size(), given.labels.size(), given.index.all().size(), given.tops.size(),
        static_cast<unsigned long long>(seed));
    print("names alone", given, rows, from_names(given, {}, rows), seed);
    print("names alone, asked among the 7 labels only", given, rows, from_names(given, {}, rows, true), seed);
    print("names alone, weights chosen inside 10 folds", given, rows,
          nested(given, grid_of_names(), rows, seed, false), seed);
    double least = 1, most = 0;
    for (const auto& weights : grid_of_names()) {
        const double f1 = macro_f1(given, rows, from_names(given, weights, rows));
        least = std::min(least, f1);
        most = std::max(most, f1);
    }
    std::printf("  over all %zu settings of the weights of names: F1 from %.3f to %.3f\n",
                grid_of_names().size(), least, most);
    SuggestionWeights only;
    only.learned = 1e6F;
    print("decisions alone, 10-fold", given, rows, cross(given, only, rows, 10, seed), seed);
    print("names and decisions, 10-fold", given, rows, cross(given, {}, rows, 10, seed), seed);
    print("names and decisions, among the 7 labels only", given, rows, cross(given, {}, rows, 10, seed, true),
          seed);
    print("names and decisions, weights chosen inside the folds", given, rows,
          nested(given, grid_of_all(), rows, seed, true), seed);
    for (std::uint64_t more = 1; more <= 4; ++more)
        print(("names and decisions, 10-fold, seed " + std::to_string(seed + more)).c_str(), given, rows,
              cross(given, {}, rows, 10, seed + more), seed);
    print_curve(given, rows, seed);
    print_time(given, rows);
    return 0;
}
