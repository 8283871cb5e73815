// How long do rates, a public board and the flow of a workflow take with 20,000 matters and with 1,000,000 of
// two years, read from the counters and counted afresh, and what does keeping the counters cost an entry?
// Asked of the services themselves: the whole county, a village, a group.
//   bench_rates [FOLDER]   a folder that is there already is asked as it is
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>

#include "bench/many_matters.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::bench;

double milliseconds(const std::function<void()>& work) {
    const auto from = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count();
}

void show(const char* what, std::vector<double> times) {
    std::sort(times.begin(), times.end());
    std::printf("  %-44s median %8.1f ms, longest %8.1f ms of %zu\n", what, times[times.size() / 2],
                times.back(), times.size());
    std::fflush(stdout);
}

// Services that read from counters, or count.
class Asker {
 public:
    Asker(CountyHome& home, Town& town, const report::Counters* counters)
        : home_(home),
          town_(town),
          counters_(counters),
          flows_(town.places(), town.workflows()),
          boards_(town.places(), town.parties(), town.workflows()) {
        if (counters == nullptr) return;
        flows_.read_from(*counters);
        boards_.read_from(*counters);
    }
    void rates(PlaceId place, Day from, Day to) {
        // A service of its own each time: it remembers its answers for a minute.
        report::ReportService reports(town_.places(), 1, 10);
        if (counters_ != nullptr) reports.read_from(*counters_);
        if (!reports.rates(home_.county(), engine_, place, from, to)) throw std::runtime_error("no rates");
    }
    void board(PlaceId place) {
        if (!boards_.board(home_.county(), engine_, place)) throw std::runtime_error("no board");
    }
    void flow(PlaceId place, Day from, Day to) {
        if (!flows_.flow(home_.county(), engine_, "request", "", {place, from, to}))
            throw std::runtime_error("no flow");
    }

 private:
    CountyHome& home_;
    Town& town_;
    const report::Counters* counters_;
    access::ActingPerson engine_ = access::ActingPerson::engine();
    report::FlowService flows_;
    board::BoardService boards_;
};

PlaceId place_of(CountyHome& home, int level) {
    return home.database().read([&](store::Transaction& tx) {
        return *tx.value<PlaceId>(
            "select place from place_span where level = $1 and household = 0 order by place limit 1", level);
    });
}

void measure(CountyHome& home, Asker& asker, const std::vector<int>& levels, int times) {
    const Day today = home.county().zone.day_of(home.county().clock.now());
    const Day month = Day::of(today.year(), today.month(), 1);
    const Day year = Day::of(today.year(), 1, 1);
    const Day before = Day::of(today.year() - 1, 1, 1);
    for (const int level : levels) {
        const PlaceId place = place_of(home, level);
        std::printf(" a place of level %d\n", level);
        const auto each = [&](const char* what, const std::function<void()>& work) {
            std::vector<double> taken;
            for (int i = 0; i < times; ++i) taken.push_back(milliseconds(work));
            show(what, std::move(taken));
        };
        each("rates of the month so far", [&] { asker.rates(place, month, today); });
        each("rates of the last 30 days", [&] { asker.rates(place, today + -29, today); });
        each("rates of the year so far", [&] { asker.rates(place, year, today); });
        each("rates of last year and this one", [&] { asker.rates(place, before, today); });
        each("public board", [&] { asker.board(place); });
        each("flow of the last 90 days", [&] { asker.flow(place, today + -89, today); });
        each("flow of the year so far", [&] { asker.flow(place, year, today); });
    }
}

double processor_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

void catch_up(CountyHome& home, report::Counters& counters) {
    const auto behind = counters.behind(home.county());
    const double before = processor_seconds();
    const double taken = milliseconds([&] {
        while (counters.advance(home.county())) {
        }
    });
    if (behind == 0) return;
    std::printf(" counters caught up with %lld entries: %.0f us of processor each, %.1f s in all\n",
                static_cast<long long>(behind),
                (processor_seconds() - before) * 1e6 / static_cast<double>(behind), taken / 1000);
}

void measure_both(CountyHome& home, Town& town, bool many) {
    report::Counters counters(home.counters_database(), town.workflows(), town.metric_words());
    catch_up(home, counters);
    std::printf(" read from the counters\n");
    Asker reading(home, town, &counters);
    measure(home, reading, {1, 3, 5}, 9);
    std::printf(" counted afresh\n");
    Asker counting(home, town, nullptr);
    measure(home, counting, many ? std::vector<int>{5} : std::vector<int>{1, 3, 5}, many ? 3 : 5);
    if (!many) return;
    const Day today = home.county().zone.day_of(home.county().clock.now());
    std::printf(" a place of level 1\n");
    show("rates of the last 30 days",
         {milliseconds([&] { counting.rates(place_of(home, 1), today + -29, today); })});
}

}  // namespace

int main(int count, char** arguments) try {
    start_crypto();
    const std::filesystem::path data = count > 1 ? arguments[1] : "build/bench-rates";
    const bool there = std::filesystem::exists(data);
    const SystemClock clock;
    CountyHome home({data, "packs", {}, "dayao"}, clock);
    Town town(home.words(), home.title(), "");
    town.settle(home.pack(), home.county());
    if (!there) {
        take_in(home, town);
        give_history(home);
        std::printf("20,000 matters\n");
        measure_both(home, town, false);
        std::printf("multiplied in %.0f s\n", milliseconds([&] { multiply(home, true); }) / 1000);
    }
    std::printf("1,000,000 matters\n");
    measure_both(home, town, true);
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
