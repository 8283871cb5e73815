// How many durable rows a second does the group-commit writer take from 64 producers?
//   bench_group_commit [DIRECTORY [SECONDS [PRODUCERS [BYTES]]]]
#include "bench/group_commit.hpp"

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
    const std::filesystem::path directory = argc > 1 ? argv[1] : "build/bench";
    const double seconds = argc > 2 ? std::atof(argv[2]) : 5;
    const int producers = argc > 3 ? std::atoi(argv[3]) : 64;
    const std::size_t bytes = argc > 4 ? static_cast<std::size_t>(std::atoi(argv[4])) : 400;
    const auto result =
        lianxin::bench::measure_group_commit(directory, producers, seconds, std::string(bytes, 'x'));
    std::printf(
        "group_commit: %.0f rows/s durable (%d producers, %zu bytes a row, %.1f s), longest wait %.1f ms\n",
        result.rate(), producers, bytes, result.seconds, result.longest_wait_ms);
    return 0;
}
