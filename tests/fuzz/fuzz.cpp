#include "tests/fuzz/fuzz.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>

// Present where a sanitizer is linked in; it ends the program without a signal we could catch.
extern "C" __attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)());

namespace lianxin::fuzz {

namespace {

std::atomic<std::uint64_t> playing{0};
const char* playing_target = "";

void say_seed() {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), playing.load()).ptr;
    const auto say = [](const char* text, std::size_t size) {
        if (::write(STDERR_FILENO, text, size) < 0) std::abort();
    };
    say("\nkilled while fuzzing ", 22);
    say(playing_target, std::strlen(playing_target));
    say(" with LIANXIN_FUZZ_SEED=", 24);
    say(digits.data(), static_cast<std::size_t>(end - digits.data()));
    say("\n", 1);
}

void on_signal(int signal) {
    say_seed();
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

void watch_for_death() {
    if (__sanitizer_set_death_callback != nullptr) {
        __sanitizer_set_death_callback(say_seed);
        return;
    }
    for (const int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGBUS, SIGILL}) std::signal(signal, on_signal);
}

double seconds_asked() {
    const char* given = std::getenv("LIANXIN_FUZZ_SECONDS");
    return given == nullptr ? 0 : std::atof(given);
}

}  // namespace

void play(const std::string& target, const Budget& budget, const std::function<void(Random&)>& round) {
    using Steady = std::chrono::steady_clock;
    watch_for_death();
    playing_target = target.c_str();
    const char* one = std::getenv("LIANXIN_FUZZ_SEED");
    const std::uint64_t first = one == nullptr ? 8311 : std::strtoull(one, nullptr, 10);
    const double seconds = seconds_asked();
    const auto begun = Steady::now();
    const auto spent = [](Steady::time_point since) {
        return std::chrono::duration<double>(Steady::now() - since).count();
    };
    std::uint64_t played = 0;
    while (seconds > 0 ? spent(begun) < seconds : played < budget.rounds) {
        playing = first + played++;
        Random random(playing.load());
        SCOPED_TRACE(target + ": LIANXIN_FUZZ_SEED=" + std::to_string(playing.load()));
        const auto at = Steady::now();
        ASSERT_NO_THROW(round(random));
        ASSERT_LT(spent(at), budget.slowest_s);
        if (testing::Test::HasFailure()) return;
    }
    testing::Test::RecordProperty(target, static_cast<int>(played));
}

std::size_t below(Random& random, std::size_t bound) {
    return bound == 0 ? 0 : random() % bound;
}

Mutator::Mutator(std::vector<std::string> corpus, std::vector<std::string> tokens)
    : corpus_(std::move(corpus)), tokens_(std::move(tokens)) {}

std::string Mutator::mutated(Random& random, int most) const {
    std::string text = corpus_[below(random, corpus_.size())];
    const auto changes = 1 + below(random, static_cast<std::size_t>(most));
    for (std::size_t i = 0; i < changes; ++i) change(text, random);
    return text;
}

void Mutator::change(std::string& text, Random& random) const {
    const std::size_t at = below(random, text.size() + 1);
    const std::size_t length = below(random, random() % 4 == 0 ? 200 : 12);
    switch (random() % 9) {
        case 0:
            if (at < text.size()) text[at] = static_cast<char>(random());
            break;
        case 1:
            if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << (random() % 8)));
            break;
        case 2:
            text.erase(at, length);
            break;
        case 3:
            text.insert(at, text.substr(below(random, text.size() + 1), length));
            break;
        case 4: {  // a piece of another text of the kind
            const std::string& other = corpus_[below(random, corpus_.size())];
            text.insert(at, other.substr(below(random, other.size() + 1), 4 * length));
            break;
        }
        case 5: {  // one token in another's place
            const std::string& old = tokens_[below(random, tokens_.size())];
            const std::size_t found = text.find(old, at);
            if (found != std::string::npos)
                text.replace(found, old.size(), tokens_[below(random, tokens_.size())]);
            break;
        }
        case 6: {  // a whole line gone, or twice
            const std::size_t begin = text.rfind('\n', at) + 1;
            const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
            if (begin >= end) break;
            random() % 2 == 0 ? text.erase(begin, end - begin)
                              : text.insert(begin, text.substr(begin, end - begin));
            break;
        }
        case 7:
            if (random() % 8 == 0) text.resize(at);
            break;
        default:
            text.insert(at, tokens_[below(random, tokens_.size())]);
    }
}

}  // namespace lianxin::fuzz
