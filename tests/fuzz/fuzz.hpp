// tests/fuzz/fuzz.hpp — the same mutations every time: round n of a target has the seed first + n, which is
// said when the round fails and when it kills the program. LIANXIN_FUZZ_SECONDS=600 goes on for so long per
// target instead of the small budget; LIANXIN_FUZZ_SEED=N plays from one seed.
#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace lianxin::fuzz {

using Random = std::mt19937_64;

struct Budget {
    std::uint64_t rounds = 0;  // without LIANXIN_FUZZ_SECONDS
    double slowest_s = 5;      // no single round may take longer
};
// An exception that leaves a round fails the test: what is fuzzed here answers or refuses, it does not throw.
void play(const std::string& target, const Budget& budget, const std::function<void(Random&)>& round);

// Texts of one kind, and the tokens that mean something in it.
class Mutator {
 public:
    Mutator(std::vector<std::string> corpus, std::vector<std::string> tokens);
    // One of the corpus, changed in 1 … `most` places.
    [[nodiscard]] std::string mutated(Random& random, int most = 6) const;
    void change(std::string& text, Random& random) const;

 private:
    std::vector<std::string> corpus_;
    std::vector<std::string> tokens_;
};

[[nodiscard]] std::size_t below(Random& random, std::size_t bound);

}  // namespace lianxin::fuzz
