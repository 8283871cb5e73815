// How long does a page of work take at the server with 20,000 matters and with 1,000,000, and how much memory
// does the server need then? The first 20,000 are taken in by the use case; the rest are the same rows again
// under other ids, each with a sealed entry of its own but without clocks, since only reading is measured.
//   bench_worklist LIANXIN [FOLDER]
#include <cstdio>
#include <thread>
#include <utility>
#include <vector>

#include "bench/many_matters.hpp"
#include "bench/serving.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::bench;

constexpr const char* password = "fifty-rows-a-page-8311";

void make_account(CountyHome& home, Town& town) {
    const auto holder = home.database().read([](store::Transaction& tx) {
        const auto found = tx.value<PartyId>(
            "select h.party from holding h join post p on p.id = h.post join post_kind k on k.name = p.kind "
            "join place_span s on s.place = p.place where s.level = 1 and p.unit is null and k.rights like "
            "'%lead%' limit 1");
        if (!found) throw std::runtime_error("nobody leads the county");
        return *found;
    });
    if (!town.identity().create_account(home.county(), access::ActingPerson::engine(), "bench", holder,
                                        password, false))
        throw std::runtime_error("no account was made");
}

// The account's person was asked to vote in every matter there is, and is still waited for in a page of them:
// what was voted long ago must cost nothing.
void ask_to_vote(CountyHome& home) {
    home.database().write([](store::Transaction& tx) {
        tx.execute(
            "insert into ballot_voter (matter, name, round, party, voted) select m.id, 'bench', 1, a.party, "
            "case when m.id % 5 = 0 and m.id in (select id from matter where id % 5 = 0 order by id limit "
            "60) "
            "then 0 else 2 end from matter m, account a where a.login = 'bench' on conflict do nothing");
    });
}

// Signs in and answers the cookie header.
std::string cookie_of(const ServedCounty& served) {
    std::string head;
    LoadOptions options;
    options.port = served.port();
    options.connections = 1;
    options.most_requests = 1;
    options.keep_head = &head;
    options.request = [](std::uint64_t) {
        return json_post("/api/v1/session",
                         std::string(R"({"login":"bench","password":")") + password + "\"}");
    };
    (void)HttpLoad(options).run();
    const auto at = head.find("lianxin_session=");
    if (at == std::string::npos) throw std::runtime_error("not signed in: " + head);
    return "Cookie: " + head.substr(at, head.find(';', at) - at) + "\r\n";
}

// What is measured is a page, not a page beside followers that catch up.
void wait_for_followers(const ServedCounty& served) {
    for (;;) {
        const auto metrics = served.get("/metrics");
        if (figure(metrics, "lianxin_county_log_lag_entries") == "0" &&
            figure(metrics, "lianxin_search_lag_entries") == "0")
            return;
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
    }
}

std::uint32_t measure(const std::string& program, const std::filesystem::path& data, std::uint16_t port,
                      const std::vector<std::string>& places, const char* what) {
    const ServedCounty served(program, data, port);
    wait_for_followers(served);
    const std::string cookie = cookie_of(served);
    std::uint32_t worst = 0;
    for (const char* query : {"", "&include_closed=true", "&state=offered",
                              "&state=closed&include_closed=true", "&overdue=true", "&mine=true"}) {
        LoadOptions options;
        options.port = port;
        options.connections = 1;
        options.time = std::chrono::seconds(60);
        options.most_requests = 1000;
        options.request = [&](std::uint64_t n) {
            return "GET /api/v1/matters?limit=50&place=" + places[n % places.size()] + query +
                   " HTTP/1.1\r\nHost: localhost\r\n" + cookie + "\r\n";
        };
        const auto result = HttpLoad(options).run();
        std::printf("%-10s %-34s p50 %6u us  p99 %6u us  of %zu\n", what, *query == 0 ? "(open)" : query,
                    result.percentile(0.5), result.percentile(0.99), result.micros.size());
        if (!result.first_refusal.empty()) throw std::runtime_error(result.first_refusal);
        worst = std::max(worst, result.percentile(0.99));
    }
    std::printf("%-10s memory %.1f MB\n", what, served.resident_mb());
    return worst;
}

}  // namespace

int main(int count, char** arguments) try {
    if (count < 2) {
        std::fprintf(stderr, "usage: %s LIANXIN [FOLDER]   from the project's folder\n", arguments[0]);
        return 2;
    }
    start_crypto();
    const std::filesystem::path data = count > 2 ? arguments[2] : "build/bench-worklist";
    std::filesystem::remove_all(data);
    const SystemClock clock;
    std::vector<std::string> places;
    std::uint32_t few = 0;
    {
        CountyHome home({data, "packs", {}, "dayao"}, clock);
        Town town(home.words(), home.title(), "");
        town.settle(home.pack(), home.county());
        make_account(home, town);
        take_in(home, town);
        close_most(home);
        ask_to_vote(home);
        home.database().read([&](store::Transaction& tx) {
            // Each with more than a page of open work from the first, so that both answers have fifty rows.
            for (store::Row row : tx.query("select place from place_span where level <= 3"))
                places.push_back(row.get<PlaceId>(0).text());
        });
    }
    few = measure(arguments[1], data, 8378, places, "20,000");
    {
        CountyHome home({data, "packs", {}, "dayao"}, clock);
        multiply(home);
        ask_to_vote(home);
    }
    const auto many = measure(arguments[1], data, 8379, places, "1,000,000");
    std::printf("worst p99 %u us with a million; %.2f times that with twenty thousand\n", many,
                static_cast<double>(many) / std::max(1U, few));
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
