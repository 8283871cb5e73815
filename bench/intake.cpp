// How many requests of residents a second does the whole product take in durably over HTTP on SQLite, with 64
// keep-alive connections, compared with 64 producers handing the same body as one row to one group-commit
// writer on the same disk, and with the same use case called without HTTP? And how far do the followers lag?
//   bench_intake LIANXIN [FOLDER] [SECONDS OF EACH ROUND]
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <thread>

#include "bench/group_commit.hpp"
#include "bench/serving.hpp"
#include "main/county_home.hpp"
#include "main/town.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::bench;

constexpr int connections = 64;
constexpr int rounds = 6;
constexpr const char* subject = "路灯不亮";
constexpr const char* text =
    "村口到小学那一段的路灯坏了四盏，晚上孩子下晚自习走路看不清，已经有人摔倒，请尽快安排人来修。";

std::string request_body(const std::string& place, std::uint64_t n) {
    return std::string(R"({"workflow":"request","subkind":"report","place":")") + place + R"(","subject":")" +
           subject + R"(","text":")" + text +
           R"(","anonymous":false,"reporter":{"name":"居民","phone":"000)" +
           std::to_string(10'000'000 + n % 80'000'000) + R"("}})";
}

// A group: the lowest place the public sees.
std::string some_group(const ServedCounty& served) {
    std::string place = member(served.get("/api/v1/site"), "root_place");
    for (int depth = 0; depth < 4; ++depth)
        place = member(served.get("/api/v1/places?parent=" + place), "id");
    return place;
}

LoadResult over_http(const ServedCounty& served, const std::string& place, std::chrono::seconds time,
                     std::uint64_t first) {
    LoadOptions options;
    options.port = served.port();
    options.connections = connections;
    options.time = time;
    options.request = [&](std::uint64_t n) {
        const std::string key = "Idempotency-Key: bench-intake-" + std::to_string(first + n) + "\r\n";
        return json_post("/api/v1/matters", request_body(place, first + n), key);
    };
    return HttpLoad(options).run();
}

// The same use case from as many threads, without sockets and JSON.
double without_http(const std::filesystem::path& data, std::chrono::seconds time) {
    const SystemClock clock;
    CountyHome home({data, "packs", {}, "dayao"}, clock);
    Town town(home.words(), home.title(), "");
    town.settle(home.pack(), home.county());
    const auto place = home.database().read([](store::Transaction& tx) {
        return *tx.value<PlaceId>(
            "select place from place_span where household = 0 order by level desc, place limit 1");
    });
    std::atomic<std::uint64_t> taken{0};
    std::atomic<bool> stop{false};
    std::vector<std::thread> threads;
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < connections; ++i) {
        threads.emplace_back([&, i] {
            for (std::uint64_t n = 0; !stop; ++n) {
                matter::NewMatter asked;
                asked.workflow = "request";
                asked.subkind = "report";
                asked.place = place;
                asked.subject = subject;
                asked.text = text;
                asked.channel = "portal";
                asked.reporter = {
                    "居民",
                    "000" + std::to_string(10'000'000 + static_cast<std::uint64_t>(i) * 1'000'000 + n), ""};
                if (town.matters().take_in(home.county(), {}, asked)) ++taken;
            }
        });
    }
    std::this_thread::sleep_for(time);
    stop = true;
    for (auto& thread : threads) thread.join();
    return static_cast<double>(taken) /
           std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

int main(int count, char** arguments) try {
    if (count < 2) {
        std::fprintf(stderr, "usage: %s LIANXIN [FOLDER] [SECONDS]   from the project's folder\n",
                     arguments[0]);
        return 2;
    }
    start_crypto();
    const std::filesystem::path folder = count > 2 ? arguments[2] : "build/bench-intake";
    const std::chrono::seconds time(count > 3 ? std::stoi(arguments[3]) : 4);
    const auto seconds = static_cast<double>(time.count());
    const std::string body = request_body("779737890816000000", 0);
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);

    std::vector<double> ratios;
    LoadResult http;
    {
        const ServedCounty served(arguments[1], folder / "served", 8377);
        std::this_thread::sleep_for(std::chrono::seconds(5));  // nobody asks: that is what idle means
        std::printf("memory idle                 %8.1f MB\n", served.resident_mb());
        const auto place = some_group(served);
        (void)over_http(served, place, std::chrono::seconds(2), 0);  // warm
        double took = 0;
        // In turns: what the disk gives changes within seconds, and both are to have the same of it.
        for (int round = 1; round <= rounds; ++round) {
            served.wait_until_at_rest();  // or the yardstick would share the processor with followers
            const double rows = measure_group_commit(folder / "yardstick", connections, seconds, body).rate();
            const double before = served.processor_seconds();
            const auto taken = over_http(served, place, time, static_cast<std::uint64_t>(round) * 10'000'000);
            took += served.processor_seconds() - before;
            ratios.push_back(taken.per_second() / rows);
            std::printf("round %d: group commit %6.0f /s, intake over HTTP %5.0f /s, p99 %6u us: %.3f\n",
                        round, rows, taken.per_second(), taken.percentile(0.99), ratios.back());
            http.add(taken);
        }
        std::printf("intake over HTTP            %8.0f /s   p50 %u us, p99 %u us\n", http.per_second(),
                    http.percentile(0.5), http.percentile(0.99));
        std::printf("processor of the server     %8.0f us an intake, followers included; %.2f of them busy\n",
                    1e6 * took / static_cast<double>(std::max<std::uint64_t>(http.succeeded(), 1)),
                    took / http.seconds);
        const auto metrics = served.get("/metrics");
        std::printf("entries behind at once      county log %s, search index %s\n",
                    figure(metrics, "lianxin_county_log_lag_entries").c_str(),
                    figure(metrics, "lianxin_search_lag_entries").c_str());
        std::printf("memory after the load       %8.1f MB\n", served.resident_mb());
    }
    if (!http.first_refusal.empty()) std::printf("a refusal: %s\n", http.first_refusal.c_str());
    const double direct = without_http(folder / "direct", time);
    std::printf("the use case without HTTP   %8.0f /s\n", direct);
    std::sort(ratios.begin(), ratios.end());
    std::printf("HTTP / group commit %.3f (median of %d rounds)    HTTP / without HTTP %.3f\n",
                (ratios[(rounds - 1) / 2] + ratios[rounds / 2]) / 2, rounds, http.per_second() / direct);
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
