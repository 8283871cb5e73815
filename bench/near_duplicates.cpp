// The pairs of real messages that are most likely the same thing asked twice, best first, by the line numbers
// of the two messages: to be judged by reading them. No place is known of these, so words and days decide.
//   bench_near_duplicates MESSAGES.jsonl [PAIRS]             line, line, score, text, time
//   bench_near_duplicates MESSAGES.jsonl PAIRS VERDICTS.tsv  precision of what was judged
//   (docs/near-duplicates.tsv)
#include <algorithm>
#include <boost/json/parse.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "base/text.hpp"
#include "base/time.hpp"
#include "matter/likeness.hpp"

using namespace lianxin;
using namespace lianxin::matter;

namespace {

struct Message {
    Instant at;
    TokenWeights weights;
};
struct Pair {
    std::size_t first = 0, second = 0;  // lines, from 1
    Likeness likeness;
};

std::vector<Message> read(const char* path) {
    std::ifstream file(path);
    std::vector<std::pair<std::string, std::string>> texts;
    std::vector<Message> messages;
    TokenFrequencies frequencies;
    for (std::string line; std::getline(file, line);) {
        const auto json = boost::json::parse(line);
        const auto text = [&](const char* key) { return fold(std::string_view(json.at(key).as_string())); };
        texts.emplace_back(text("subject"), text("text"));
        messages.push_back({parse_local(std::string_view(json.at("at").as_string()), Zone{}).value(), {}});
        frequencies.count(likeness_tokens(texts.back().first + "\n" + texts.back().second));
    }
    for (std::size_t i = 0; i < texts.size(); ++i)
        messages[i].weights = weigh(texts[i].first, texts[i].second, frequencies);
    return messages;
}

// Every pair that shares a token.
std::vector<Pair> ranked(const std::vector<Message>& messages, std::size_t kept) {
    std::unordered_map<std::uint32_t, std::vector<std::pair<std::size_t, float>>> under;
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        std::vector<float> sums(i, 0);
        for (const auto& [token, weight] : messages[i].weights)
            for (const auto& [j, other] : under[token]) sums[j] += weight * other;
        for (std::size_t j = 0; j < i; ++j)
            if (sums[j] > 0.2F)
                pairs.push_back({j + 1, i + 1,
                                 likeness(messages[j].weights, {}, messages[j].at, messages[i].weights, {},
                                          messages[i].at)});
        for (const auto& [token, weight] : messages[i].weights) under[token].emplace_back(i, weight);
    }
    std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
        return std::tuple(-a.likeness.score(), a.first, a.second) <
               std::tuple(-b.likeness.score(), b.first, b.second);
    });
    if (pairs.size() > kept) pairs.resize(kept);
    return pairs;
}

void print_precision(const char* what, double yes, double n) {
    if (n == 0) return;
    const double z = 1.959964, p = yes / n;
    const double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    std::printf("%-24s %3.0f of %3.0f the same  %.3f  [%.3f, %.3f]\n", what, yes, n, p, middle - half,
                std::min(1.0, middle + half));
}

int judge(const std::vector<Pair>& pairs, const char* verdicts) {
    std::ifstream file(verdicts);
    std::map<std::pair<std::size_t, std::size_t>, bool> same;
    for (std::string line; std::getline(file, line);) {
        std::istringstream in(line);
        std::size_t rank = 0, first = 0, second = 0;
        std::string verdict, score;
        if (in >> rank >> first >> second >> score >> verdict) same[{first, second}] = verdict == "same";
    }
    const auto over = [&](const char* what, auto&& wanted) {
        double yes = 0, n = 0;
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const auto at = same.find({pairs[i].first, pairs[i].second});
            if (at == same.end() || !wanted(i, pairs[i].likeness.score())) continue;
            ++n;
            yes += at->second;
        }
        print_precision(what, yes, n);
    };
    for (const std::size_t top : {50UL, 100UL, 200UL})
        over(("first " + std::to_string(top)).c_str(), [&](std::size_t i, float) { return i < top; });
    for (const auto& [low, high] : {std::pair{0.9F, 2.0F},
                                    {0.8F, 0.9F},
                                    {0.7F, 0.8F},
                                    {0.6F, 0.7F},
                                    {0.5F, 0.6F},
                                    {0.4F, 0.5F},
                                    {0.35F, 0.4F},
                                    {0.3F, 0.35F},
                                    {0.25F, 0.3F}}) {
        char what[64];
        std::snprintf(what, sizeof what, "score %.2f to %.2f", static_cast<double>(low),
                      static_cast<double>(std::min(high, 1.0F)));
        const auto all = std::count_if(pairs.begin(), pairs.end(), [&](const Pair& pair) {
            return pair.likeness.score() >= low && pair.likeness.score() < high;
        });
        std::printf("%6ld pairs  ", static_cast<long>(all));
        over(what, [&](std::size_t, float score) { return score >= low && score < high; });
        std::puts("");
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "bench_near_duplicates MESSAGES.jsonl [PAIRS [VERDICTS.tsv]]\n");
        return 2;
    }
    const auto messages = read(argv[1]);
    const auto before = std::chrono::steady_clock::now();
    const auto pairs = ranked(messages, argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 200);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
    std::fprintf(stderr, "%zu messages, all pairs ranked in %.1f s\n", messages.size(), seconds);
    if (argc > 3) return judge(pairs, argv[3]);
    std::size_t rank = 0;
    for (const Pair& pair : pairs)
        std::printf("%zu\t%zu\t%zu\t%.3f\t%.3f\t%.3f\n", ++rank, pair.first, pair.second,
                    static_cast<double>(pair.likeness.score()), static_cast<double>(pair.likeness.text),
                    static_cast<double>(pair.likeness.time));
    return 0;
}
