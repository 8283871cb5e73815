// Serials of numbers: taken in blocks, never twice, and never out when many take at once.
#include <atomic>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "matter/surroundings_service.hpp"
#include "tests/support/test_county.hpp"

namespace lianxin::matter {
namespace {

class SerialsOfAYear : public support::AnyCounty {};
LIANXIN_ON_BOTH_ENGINES(SerialsOfAYear);

TEST_P(SerialsOfAYear, are_there_for_everybody_who_reserved_and_are_given_once) {
    constexpr int threads = 64, rounds = 30, each = 8;
    Serials serials;
    std::mutex mutex;
    std::set<std::int64_t> given;
    std::atomic<int> failed{0};
    std::vector<std::thread> pool;
    for (int t = 0; t < threads; ++t) {
        pool.emplace_back([&] {
            for (int round = 0; round < rounds; ++round) {
                try {
                    serials.reserve(county(), 2026, each);
                    std::this_thread::yield();
                    for (int i = 0; i < each; ++i) {
                        const auto serial = serials.next(2026);
                        const std::scoped_lock lock(mutex);
                        given.insert(serial);
                    }
                } catch (const Bug&) {
                    ++failed;
                }
            }
        });
    }
    for (std::thread& thread : pool) thread.join();
    EXPECT_EQ(failed, 0);
    EXPECT_EQ(given.size(), threads * rounds * each);
}

TEST_P(SerialsOfAYear, may_be_asked_for_by_the_thousand) {
    Serials serials;
    serials.reserve(county(), 2026, 10'000);
    std::set<std::int64_t> given;
    for (int i = 0; i < 10'000; ++i) given.insert(serials.next(2026));
    EXPECT_EQ(given.size(), 10'000U);
}

}  // namespace
}  // namespace lianxin::matter
