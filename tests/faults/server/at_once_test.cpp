// Many at once, the same twice, more than there is room for, and a clock that jumps: each gets a clear answer
// and nothing is lost or done twice.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <map>
#include <set>
#include <thread>

#include "tests/faults/server/county_server.hpp"

namespace lianxin::faults {
namespace {

namespace json = boost::json;
using std::chrono::hours;

class AtOnce : public ServedCounty {};
LIANXIN_ON_BOTH_ENGINES(AtOnce);

std::string act(const std::string& action, std::int64_t version, const json::object& fields = {}) {
    return json::serialize(
        json::object{{"action", action}, {"part", 0}, {"version", version}, {"fields", fields}});
}
std::string key(const std::string& text) {
    return "Idempotency-Key: " + text + "\r\n";
}
std::vector<http::Answer> together(int count, const std::function<http::Answer(int)>& ask) {
    std::vector<http::Answer> answers(static_cast<std::size_t>(count));
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i)
        threads.emplace_back([&, i] { answers[static_cast<std::size_t>(i)] = ask(i); });
    for (std::thread& thread : threads) thread.join();
    return answers;
}
// Without a copy of it for each: the memory measured is the server's.
http::Answer send_picture(const CountyServer& server, const std::string& picture) {
    http::RawClient client(server.port());
    client.send("POST /api/v1/uploads HTTP/1.1\r\nHost: t\r\nContent-Type: image/jpeg\r\nContent-Length: " +
                std::to_string(picture.size()) + "\r\n\r\n");
    client.send(picture);
    return client.answer();
}
std::size_t kilobytes(const std::string& name) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(name + ":")) return std::stoul(line.substr(name.size() + 1));
    return 0;
}

TEST_P(AtOnce, one_of_several_who_act_on_the_same_is_first_and_the_others_hear_that_it_changed) {
    CountyServer& server = serve();
    for (int round = 0; round < 5; ++round) {
        const Receipt receipt = server.reported();
        const std::int64_t entries = count("entry");
        const auto answers = together(6, [&](int i) {
            return server.post("/api/v1/matters/" + receipt.id + "/actions", act("withdraw", 1),
                               receipt.header() + key("at-once-" + std::to_string(i)));
        });
        std::map<std::string, int> outcomes;
        for (const http::Answer& answer : answers)
            ++outcomes[answer.status == 200 ? "200" : problem_of(answer)];
        EXPECT_EQ(outcomes, (std::map<std::string, int>{{"200", 1}, {"409 changed_meanwhile", 5}}));
        EXPECT_EQ(count("entry"), entries + 1);
    }
}

TEST_P(AtOnce, the_same_key_gives_one_matter_and_one_answer_however_often_and_however_fast) {
    CountyServer& server = serve();
    const std::string mine = "0f3c5a7e-1b2d-4c6f-8a9b-0123456789ab";
    std::set<std::string> bodies;
    for (const http::Answer& answer : together(8, [&](int) { return server.report(mine); })) {
        EXPECT_EQ(answer.status, 201) << answer.body;
        bodies.insert(answer.body);
    }
    EXPECT_EQ(server.report(mine).status, 201);
    EXPECT_EQ(bodies.size(), 1U);
    EXPECT_EQ(count("matter"), 1);
    const auto other = server.post(
        "/api/v1/matters", R"({"workflow":"request","subkind":"help","subject":"别的事"})", key(mine));
    EXPECT_EQ(problem_of(other), "422 same_key_with_other_content");
    EXPECT_EQ(problem_of(server.report("has blanks in it")), "400 idempotency_key_malformed");
    EXPECT_EQ(count("matter"), 1);
}

TEST_P(AtOnce, whoever_comes_again_is_the_same_resident_at_once_and_after_a_restart) {
    CountyServer* server = &serve();
    const auto comes = [&](const std::string& phone) {
        const http::Answer answer = server->post(
            "/api/v1/matters",
            R"({"workflow":"request","subkind":"report","subject":"路灯不亮","text":"村口","reporter":{"phone":")" +
                phone + R"("}})");
        EXPECT_EQ(answer.status, 201) << answer.body;
    };
    const std::int64_t before = count("contact");
    comes("00011112222");
    comes("+86 000 1111 2222");
    EXPECT_EQ(count("contact"), before + 1);
    // As after a crash: nothing was put in its place before.
    const bool buffered = GetParam() == store::Dialect::sqlite;
    if (buffered) {
        EXPECT_EQ(count("contact_fresh"), 1);
    }
    server = &serve();
    server->clock().jump(hours(1));
    comes("00011112222");
    EXPECT_EQ(count("contact"), before + 1);
    EXPECT_FALSE(server->town().contacts().settle(server->county()));
    if (buffered) {
        EXPECT_EQ(count("contact_fresh"), 0);
    }
    comes("00011112222");
    comes("00011113333");
    EXPECT_EQ(count("contact"), before + 2);
}

TEST_P(AtOnce, two_hundred_stalled_connections_keep_nobody_waiting) {
    CountyServer& server = serve();
    std::vector<std::unique_ptr<http::RawClient>> stalled;
    for (int i = 0; i < 200; ++i) {
        stalled.push_back(std::make_unique<http::RawClient>(server.port()));
        stalled.back()->send(i % 2 == 0 ? "POST /api/v1/matters HTTP/1.1\r\nHost: t\r\nContent-Le"
                                        : "POST /api/v1/matters HTTP/1.1\r\nHost: t\r\nContent-Type: "
                                          "application/json\r\nContent-Length: 9000\r\n\r\n{\"workflow\"");
    }
    const auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < 20; ++i) EXPECT_EQ(server.report().status, 201);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(8));
    EXPECT_EQ(count("matter"), 20);
}

TEST_P(AtOnce, whoever_nobody_vouches_for_is_told_when_to_come_again) {
    CountyServer& server = serve({.writes_per_minute = 5});
    for (int i = 0; i < 5; ++i) EXPECT_EQ(server.report().status, 201);
    const auto refused = server.report();
    EXPECT_EQ(problem_of(refused), "429 too_many_requests");
    EXPECT_EQ(refused.header("retry-after"), "12");
    server.clock().jump(hours(-3));  // a clock set back gives no one a second purse, and takes none away
    EXPECT_EQ(problem_of(server.report()), "429 too_many_requests");
    server.clock().jump(hours(6));
    EXPECT_EQ(server.report().status, 201);
}

TEST_P(AtOnce, one_receipt_adds_to_its_matter_so_often_and_no_oftener_beside_its_neighbours) {
    CountyServer& server = serve({.writes_per_minute = 5});
    const Receipt one = server.reported(), other = server.reported();
    const auto add = [&](const Receipt& receipt) {
        return server.post("/api/v1/matters/" + receipt.id + "/actions",
                           R"({"action":"any.remark","part":0,"fields":{"remark":"又灭了一盏"}})",
                           receipt.header());
    };
    for (int i = 0; i < 5; ++i) EXPECT_EQ(add(one).status, 200);
    EXPECT_EQ(problem_of(add(one)), "429 too_many_requests");
    EXPECT_EQ(add(other).status, 200);
    server.clock().jump(hours(1));
    EXPECT_EQ(add(one).status, 200);
}

TEST_P(AtOnce, two_hundred_photos_are_bounded_by_request_by_matter_and_in_memory_and_none_is_lost) {
    CountyServer& server = serve({.bodies_limit = 8 << 20, .room_timeout = std::chrono::milliseconds(100)});
    const Receipt receipt = server.reported();

    std::string form;
    for (int i = 0; i < 200; ++i)
        form += "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" + std::to_string(i) +
                ".jpg\"\r\nContent-Type: image/jpeg\r\n\r\n" + photo(2000, i) + "\r\n";
    const std::string type = "Content-Type: multipart/form-data; boundary=b\r\n";
    EXPECT_EQ(problem_of(server.post("/api/v1/uploads", form + "--b--\r\n", type)), "413 too_many_parts");
    const std::size_t second = form.find("--b", 3), third = form.find("--b", second + 3);
    EXPECT_EQ(problem_of(server.post("/api/v1/uploads", form.substr(0, third) + "--b--\r\n", type)),
              "413 one_file_at_a_time");
    EXPECT_EQ(problem_of(server.post("/api/v1/uploads", photo(11 << 20), "Content-Type: image/jpeg\r\n")),
              "413 body_too_large");
    EXPECT_EQ(count("upload"), 0);

    const std::string shared = photo(1 << 20);
    std::ofstream("/proc/self/clear_refs") << '5';  // the high-water mark begins anew
    const std::size_t before = kilobytes("VmRSS");
    std::atomic<int> turned_away{0};
    const auto uploaded = together(40, [&](int) {
        http::Answer last;
        json::array ids;
        for (int n = 0; n < 5; ++n) {
            for (;;) {
                last = send_picture(server, shared);
                if (last.status != 503) break;
                EXPECT_EQ(problem_of(last), "503 busy");
                EXPECT_NE(last.header("retry-after"), "");
                ++turned_away;
            }
            EXPECT_EQ(last.status, 201) << last.body;
            ids.emplace_back(text_at(json_of(last), "id"));
        }
        last.body = json::serialize(ids);
        return last;
    });
    // Bodies, what is left of each once it is cleaned, and what is sealed: three times the room there is. The
    // forty askers are of this process, too, each with its request of a megabyte.
    EXPECT_LT(kilobytes("VmHWM"), before + 3U * 8 * 1024 + 40U * 1100) << before;
    EXPECT_GT(turned_away, 0);
    EXPECT_EQ(count("upload"), 200);

    json::array all;
    for (const http::Answer& answer : uploaded) {
        const json::value ids = json_of(answer);
        all.insert(all.end(), ids.as_array().begin(), ids.as_array().end());
    }
    ASSERT_EQ(all.size(), 200U);
    const auto report = [&](const json::array& uploads) {
        return server.post(
            "/api/v1/matters",
            json::serialize(json::object{
                {"workflow", "request"}, {"subkind", "report"}, {"subject", "照片"}, {"uploads", uploads}}));
    };
    const auto refused = report(all);
    EXPECT_EQ(problem_of(refused), "422 invalid");
    EXPECT_NE(refused.body.find(R"("pointer":"/uploads","code":"too_many")"), std::string::npos)
        << refused.body;
    EXPECT_EQ(count("attachment"), 0);
    const json::array twenty(all.begin(), all.begin() + 20);
    const auto taken = report(twenty);
    EXPECT_EQ(taken.status, 201) << taken.body;
    EXPECT_EQ(count("attachment"), 20);
    EXPECT_EQ(problem_of(report(twenty)).substr(0, 3), "422");  // each belongs to one matter
    EXPECT_EQ(count("matter"), 2);
}

TEST_P(AtOnce, a_clock_a_year_ahead_lets_each_deadline_act_once_and_shuts_nobody_out_for_good) {
    CountyServer& server = serve();
    const std::string staff = server.sign_in_almighty();
    const Receipt receipt = server.reported();
    const auto session = [&] { return server.ask("GET", "/api/v1/session", "", staff).status; };
    const auto acted = [&] {
        return server.town().matters().run_due_clocks(server.county(), server.clock().now());
    };
    for (const auto jump : {hours(0), hours(-5), hours(5)}) {
        server.clock().jump(jump);
        EXPECT_EQ(acted(), 0);
        EXPECT_EQ(session(), 200);
    }
    server.clock().jump(hours(24 * 365));
    EXPECT_EQ(session(), 401);
    EXPECT_GT(acted(), 0);
    const std::int64_t entries = count("entry");
    EXPECT_EQ(acted(), 0);
    server.clock().jump(-hours(24 * 365));
    EXPECT_EQ(acted(), 0);
    EXPECT_EQ(count("entry"), entries);
    EXPECT_EQ(session(), 200);
    EXPECT_EQ(server.ask("GET", "/api/v1/matters/" + receipt.id, "", receipt.header()).status, 200);
}

TEST_P(AtOnce, a_clock_that_jumps_never_makes_the_record_run_backwards) {
    CountyServer& server = serve();
    const auto report_and_withdraw = [&](std::chrono::microseconds jump) {
        const Receipt receipt = server.reported();
        server.clock().jump(jump);
        const auto done =
            server.post("/api/v1/matters/" + receipt.id + "/actions", act("withdraw", 1), receipt.header());
        EXPECT_EQ(done.status, 200) << done.body;
        return receipt;
    };
    const Receipt back = report_and_withdraw(-hours(72));
    report_and_withdraw(hours(24 * 400));
    report_and_withdraw(-hours(24 * 365 * 20));  // to before the county was opened
    server.clock().set(support::monday_morning);
    report_and_withdraw(hours(1));

    std::map<std::int64_t, std::int64_t> last;
    int entries = 0;
    database().read([&](store::Transaction& tx) {
        for (const store::Row row : tx.query("select chain_id, recorded_at from entry where chain_kind = "
                                             "'matter' order by chain_id, seq")) {
            const auto chain = row.get<std::int64_t>(0), at = row.get<std::int64_t>(1);
            EXPECT_GE(at, last[chain]);
            last[chain] = at;
            ++entries;
        }
    });
    EXPECT_EQ(entries, 8);
    const auto timeline = json_of(server.ask("GET", "/api/v1/matters/" + back.id, "", back.header()));
    const auto& steps = timeline.at("timeline").as_array();
    EXPECT_EQ(steps.at(0).at("recorded_at"), steps.at(1).at("recorded_at"));
    EXPECT_EQ(text_at(timeline, "state"), "withdrawn");
}

}  // namespace
}  // namespace lianxin::faults
