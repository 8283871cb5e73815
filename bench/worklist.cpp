// How long does a page of work take at the server with 20,000 matters and with 1,000,000, and how much memory
// does the server need then? The first 20,000 are taken in by the use case; the rest are the same rows again
// under other ids, each with a sealed entry of its own but without clocks, since only reading is measured.
//   bench_worklist LIANXIN [FOLDER]
#include <atomic>
#include <cstdio>
#include <thread>
#include <utility>
#include <vector>

#include "bench/serving.hpp"
#include "main/county_home.hpp"
#include "main/town.hpp"
#include "matter/search_index_service.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::bench;

constexpr int first_matters = 20'000;
constexpr int copies = 50;
constexpr const char* password = "fifty-rows-a-page-8311";

std::vector<PlaceId> groups_of(CountyHome& home) {
    return home.database().read([](store::Transaction& tx) {
        std::vector<PlaceId> groups;
        for (store::Row row : tx.query("select place from place_span where household = 0 and level = 5"))
            groups.push_back(row.get<PlaceId>(0));
        return groups;
    });
}

void take_in(CountyHome& home, Town& town) {
    const auto groups = groups_of(home);
    std::atomic<int> next{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 32; ++i) {
        threads.emplace_back([&] {
            for (int n = next++; n < first_matters; n = next++) {
                matter::NewMatter asked;
                asked.workflow = "request";
                asked.subkind = n % 3 == 0 ? "question" : "report";
                asked.place = groups[static_cast<std::size_t>(n) % groups.size()];
                asked.subject = "第 " + std::to_string(n) + " 件";
                asked.text =
                    "测量用的诉求，内容与真实的一样长：村口的路灯坏了，晚上走路看不清，请来人修一下，谢谢。";
                asked.anonymous = true;
                asked.channel = "portal";
                if (!town.matters().take_in(home.county(), {}, asked))
                    throw std::runtime_error("intake refused");
            }
        });
    }
    for (auto& thread : threads) thread.join();
    // Four in five are closed, as in a county with some history.
    home.database().write([](store::Transaction& tx) {
        tx.execute("update part set state = 'closed', phase = 3 where matter % 5 <> 0");
    });
}

struct Original {
    std::int64_t matter, opening_entry;
    journal::KeyId key;
    Digest workflow;
};

std::vector<Original> originals(CountyHome& home) {
    return home.database().read([](store::Transaction& tx) {
        std::vector<Original> all;
        for (store::Row row : tx.query("select id, opening_entry, key_id, workflow_hash from matter"))
            all.push_back({row.get<std::int64_t>(0), row.get<std::int64_t>(1), row.get<journal::KeyId>(2),
                           row.get<Digest>(3)});
        return all;
    });
}

// Every copy has an opening entry of its own, sealed and linked as the product does it.
void copy_entry(store::Transaction& tx, CountyHome& home, const Original& original, std::int64_t by, int k) {
    const Instant now = home.county().clock.now();
    journal::NewEntry entry;
    entry.id = EntryId(original.opening_entry + by);
    entry.chain = {"matter", original.matter + by};
    entry.kind = "taken_in";
    entry.workflow = original.workflow;
    entry.happened_at = now;
    entry.fields = {
        {"subject", "第 " + std::to_string(original.matter % 100'000) + "-" + std::to_string(k) + " 件",
         original.key},
        {"text", "测量用的诉求，内容与真实的一样长：村口的路灯坏了，晚上走路看不清，请来人修一下，谢谢。",
         original.key}};
    (void)journal::append(tx, journal::prepare(entry, home.county().keys), now, journal::new_chain);
}

// The same matters under other ids: the k-th copy moved by k times the span of ids.
void multiply(CountyHome& home) {
    const auto first = originals(home);
    const auto [span, below] = home.database().read([](store::Transaction& tx) {
        const auto least = *tx.value<std::int64_t>("select min(id) from matter");
        const auto most = *tx.value<std::int64_t>("select max(id) from entry");
        const std::int64_t width = most - least + 1'000'000;
        return std::pair(width, least + width);
    });
    for (int k = 1; k < copies; ++k) {
        const std::int64_t by = span * k;
        home.database().write([&](store::Transaction& tx) {
            for (const Original& original : first) copy_entry(tx, home, original, by, k);
            tx.execute(
                "insert into matter (id, number, workflow, workflow_hash, subkind, category, place, "
                "about_kind, about_id, parent, merged_into, sealed_line, channel, anonymous, host_post, "
                "opening_entry, key_id, secret_hash, source_index, received_at, recorded_at, contacted_at, "
                "told_at, closed_at, ended_at, published_at, asked_times, asked_before, version) "
                "select id + $1, number || '-' || $3, workflow, workflow_hash, subkind, "
                "category, place, about_kind, about_id, parent, merged_into, sealed_line, channel, "
                "anonymous, "
                "host_post, opening_entry + $1, key_id, secret_hash, null, received_at, recorded_at, "
                "contacted_at, told_at, closed_at, ended_at, published_at, asked_times, asked_before, "
                "version "
                "from matter where id < $2",
                by, below, k);
            tx.execute(
                "insert into part (matter, no, machine, state, phase, owner_post, previous_post, person, "
                "rung, lead, bound, ended, card, due, entered_at, sealed_line, place, l1, l2, l3, l4, l5, "
                "l6, l7) select matter + $1, no, machine, state, phase, owner_post, previous_post, "
                "person, rung, lead, bound, ended, card, due + $3, entered_at, sealed_line, place, l1, l2, "
                "l3, "
                "l4, l5, l6, l7 from part where matter < $2",
                by, below, k * 1'000'000);
        });
    }
    home.database().write([](store::Transaction& tx) { tx.execute("analyze"); });
    // The copies are not searched: taking a million texts into the index is another question.
    const auto last = home.database().read([](store::Transaction& tx) { return journal::last_position(tx); });
    home.search_database().write([&](store::Transaction& tx) {
        tx.execute("update follower set pos = $1 where name = $2", last, matter::SearchIndex::follower);
    });
}

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
                              "&state=closed&include_closed=true", "&overdue=true"}) {
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
    }
    const auto many = measure(arguments[1], data, 8379, places, "1,000,000");
    std::printf("worst p99 %u us with a million; %.2f times that with twenty thousand\n", many,
                static_cast<double>(many) / std::max(1U, few));
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
