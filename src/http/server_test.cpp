#include "http/server.hpp"

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <future>
#include <latch>
#include <random>
#include <thread>

#include "http/event_hub.hpp"
#include "http/raw_client_test.hpp"

namespace lianxin::http {
namespace {

using std::chrono::milliseconds;

struct Echo {
    std::string text;
    bool operator==(const Echo&) const = default;
};
BOOST_DESCRIBE_STRUCT(Echo, (), (text))

class ServerTest : public testing::Test {
 protected:
    ServerTest() {
        spdlog::set_level(spdlog::level::off);
        api.route<Echo, Echo>(Method::post, "/echo",
                              {.id = "echo", .summary = "Says it again", .status = 201},
                              [](Request&, Echo in) -> Result<Reply<Echo>, Problem> { return Reply{in}; });
        api.route<None, Echo>(
            Method::get, "/things/{id}", {.id = "thing", .summary = "A thing"},
            [](Request& request, None) -> Result<Reply<Echo>, Problem> {
                return Reply<Echo>{.body = {request.param("id") + request.query_value("lang").value_or("")},
                                   .etag = "7"};
            });
        api.raw(Method::get, "/fault", {.hidden = true},
                [](Request&) -> Response { throw Fault("disk of Mr Li"); });
        api.raw(Method::get, "/bug", {.hidden = true},
                [](Request&) -> Response { throw std::out_of_range("Mr Li"); });
        api.raw(Method::get, "/wait", {.hidden = true}, [this](Request&) {
            entered.count_down();
            release.wait();
            return respond_json(200, "\"waited\"");
        });
        api.raw(Method::post, "/pictures", {.body_limit = 3 << 20, .hidden = true},
                [](Request& request) { return respond_json(200, std::to_string(request.body.size())); });
        api.raw(Method::get, "/events", {.hidden = true}, [this](Request& request) {
            return hub.listen(request, [](const Event& event) { return event.kind == "matter"; });
        });
        options.log_requests = false;
        options.workers = 4;
        options.grace = milliseconds(5000);
    }
    Server& start() {
        server = std::make_unique<Server>(api, clock, options, &hub);
        return *server;
    }
    std::uint16_t port() { return (server ? *server : start()).port(); }

    SystemClock clock;
    Api api;
    EventHub hub;
    ServerOptions options;
    std::latch entered{1}, release{1};
    std::unique_ptr<Server> server;
};

TEST_F(ServerTest, a_typed_route_reads_and_writes_json) {
    const Answer answer = RawClient(port()).ask("POST", "/echo", R"({"text":"水"})");
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(answer.body, R"({"text":"水"})");
    EXPECT_EQ(answer.header("content-type"), "application/json; charset=utf-8");
    EXPECT_NE(answer.header("content-security-policy").find("frame-ancestors 'none'"), std::string::npos);
    EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
    EXPECT_EQ(answer.header("cache-control"), "no-store");
}

TEST_F(ServerTest, every_refusal_is_a_problem_with_a_stable_code) {
    RawClient client(port());
    const auto code = [&](const Answer& answer) {
        EXPECT_EQ(answer.header("content-type"), "application/problem+json; charset=utf-8");
        const std::size_t at = answer.body.find("\"code\":\"") + 8;
        return std::to_string(answer.status) + " " + answer.body.substr(at, answer.body.find('"', at) - at);
    };
    EXPECT_EQ(code(client.ask("GET", "/nowhere")), "404 not_found");
    EXPECT_EQ(code(client.ask("POST", "/things/1", "{}")), "405 method_not_allowed");
    EXPECT_EQ(code(client.ask("POST", "/echo", "{")), "400 malformed_json");
    EXPECT_EQ(code(client.ask("POST", "/echo", "{\"text\":1,\"more\":2}")), "422 invalid_input");
    EXPECT_EQ(
        code(client.ask("POST", "/echo", "text=1", "Content-Type: application/x-www-form-urlencoded\r\n")),
        "415 unsupported_media_type");
    EXPECT_EQ(code(client.ask("GET", "/things/1", "", "Lianxin-Api: 9\r\n")), "426 api_version_not_served");
    EXPECT_EQ(code(client.ask("GET", "/things/%zz")), "400 malformed_request");
}

TEST_F(ServerTest, an_address_that_cannot_be_read_is_a_page_to_a_person_and_refused_to_a_program) {
    api.otherwise([](Request& request) { return respond_json(200, '"' + request.path + '"'); });
    const auto ask = [&](const char* target, const char* headers) {
        const Answer answer = RawClient(port()).ask("GET", target, "", headers);
        return answer.status == 200 ? answer.body : std::to_string(answer.status);
    };
    constexpr const char* person = "Accept: text/html,*/*;q=0.8\r\n";
    EXPECT_EQ(ask("/%", person), "\"/\"");
    EXPECT_EQ(ask("/t/%E0%A4%A", person), "\"/t/\"");
    EXPECT_EQ(ask("/t/%E0%A4%A", ""), "400");
    EXPECT_EQ(ask("/things/1?x=%", person), "400") << "a question is not answered without a part of it";
}

TEST_F(ServerTest, what_breaks_inside_has_an_incident_and_tells_nothing) {
    RawClient client(port());
    const Answer fault = client.ask("GET", "/fault");
    EXPECT_EQ(fault.status, 503);
    EXPECT_EQ(fault.header("retry-after"), "2");
    const Answer bug = RawClient(port()).ask("GET", "/bug");
    EXPECT_EQ(bug.status, 500);
    for (const Answer& answer : {fault, bug}) {
        EXPECT_NE(answer.body.find("\"incident\":\""), std::string::npos);
        EXPECT_EQ(answer.body.find("Li"), std::string::npos) << answer.body;
    }
}

TEST_F(ServerTest, a_fault_is_told_by_the_name_its_kind_was_given) {
    api.faults([](const Fault&) { return FaultAnswer{507, "storage_full", 0}; });
    const Answer full = RawClient(port()).ask("GET", "/fault");
    EXPECT_EQ(full.status, 507);
    EXPECT_NE(full.body.find("\"code\":\"storage_full\""), std::string::npos);
    EXPECT_EQ(full.header("retry-after"), "");
}

TEST_F(ServerTest, a_version_that_is_known_is_not_sent_again) {
    RawClient client(port());
    const Answer first = client.ask("GET", "/things/5");
    EXPECT_EQ(first.body, R"({"text":"5"})");
    const Answer again =
        client.ask("GET", "/things/5", "", "If-None-Match: " + first.header("etag") + "\r\n");
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.body, "");
    EXPECT_EQ(
        client.ask("GET", "/things/5?lang=en", "", "If-None-Match: " + first.header("etag") + "\r\n").status,
        200);
    EXPECT_EQ(client.ask("GET", "/things/6", "", "If-None-Match: " + first.header("etag") + "\r\n").status,
              200)
        << "the same version, but another answer";
}

TEST_F(ServerTest, head_has_the_length_but_no_body) {
    RawClient client(port());
    const Answer head = client.ask("HEAD", "/things/5");
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("content-length"), "12");
    EXPECT_EQ(client.ask("GET", "/things/6").body, R"({"text":"6"})");
}

TEST_F(ServerTest, pipelined_requests_are_answered_in_order) {
    RawClient client(port());
    std::string all;
    for (int i = 1; i <= 20; ++i) all += "GET /things/" + std::to_string(i) + " HTTP/1.1\r\nHost: t\r\n\r\n";
    client.send(all);
    for (int i = 1; i <= 20; ++i) EXPECT_EQ(client.answer().body, "{\"text\":\"" + std::to_string(i) + "\"}");
}

TEST_F(ServerTest, a_request_in_single_octets_is_still_one_request) {
    RawClient client(port());
    for (const char c :
         std::string("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 12\r\n\r\n{\"text\":\"a\"}"))
        client.send(std::string(1, c));
    EXPECT_EQ(client.answer().status, 201);
}

TEST_F(ServerTest, chunked_bodies_are_read_and_bounded) {
    options.body_limit = 1000;
    RawClient client(port());
    const std::string head = "POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n";
    client.send(head + "6\r\n{\"text\r\n6\r\n\":\"a\"}\r\n0\r\n\r\n");
    EXPECT_EQ(client.answer().body, R"({"text":"a"})");
    client.send(head);
    for (int i = 0; i < 11; ++i) client.send("64\r\n" + std::string(100, ' ') + "\r\n");
    EXPECT_EQ(client.answer().status, 413);
}

TEST_F(ServerTest, ten_megabytes_of_json_get_a_clear_answer) {
    RawClient client(port());
    client.send(
        "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: "
        "10485760\r\n\r\n");
    EXPECT_EQ(client.send(std::string(10 << 20, 'x')), std::size_t{10} << 20);
    const Answer answer = client.answer();
    EXPECT_EQ(answer.status, 413);
    EXPECT_NE(answer.body.find("body_too_large"), std::string::npos);
}

TEST_F(ServerTest, a_route_may_take_more_than_the_default) {
    const Answer answer = RawClient(port()).ask("POST", "/pictures", std::string(2 << 20, 'x'));
    EXPECT_EQ(answer.body, std::to_string(2 << 20));
    EXPECT_EQ(RawClient(port()).ask("POST", "/pictures", std::string(4 << 20, 'x')).status, 413);
}

TEST_F(ServerTest, large_bodies_wait_for_room_and_are_told_to_come_again_when_there_is_none) {
    options.bodies_limit = 3 << 20;
    options.room_timeout = milliseconds(60);
    const std::string head =
        "POST /pictures HTTP/1.1\r\nHost: t\r\nContent-Type: image/png\r\nContent-Length: ";
    RawClient slow(port());
    slow.send(head + std::to_string(2 << 20) + "\r\n\r\n");
    slow.send(std::string(1 << 20, 'x'));
    // Until the slow one's head was read there is still room.
    Answer busy;
    for (int tries = 0; tries < 200 && busy.status != 503; ++tries)
        busy = RawClient(port()).ask("POST", "/pictures", std::string(2 << 20, 'y'),
                                     "Content-Type: image/png\r\n");
    EXPECT_EQ(busy.status, 503);
    EXPECT_NE(busy.header("retry-after"), "");
    EXPECT_NE(busy.body.find("\"code\":\"busy\""), std::string::npos);
    // Small ones and what still fits go past.
    EXPECT_EQ(RawClient(port())
                  .ask("POST", "/pictures", std::string(1 << 20, 'z'), "Content-Type: image/png\r\n")
                  .status,
              200);
    EXPECT_EQ(RawClient(port()).ask("POST", "/echo", R"({"text":"x"})").status, 201);
    slow.send(std::string(1 << 20, 'x'));
    EXPECT_EQ(slow.answer().status, 200);
    EXPECT_EQ(RawClient(port())
                  .ask("POST", "/pictures", std::string(3 << 20, 'y'), "Content-Type: image/png\r\n")
                  .status,
              200);
}

TEST_F(ServerTest, who_asks_first_is_told_to_go_on) {
    RawClient client(port());
    client.send("POST /echo HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 12\r\n\r\n");
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("{\"text\":\"a\"}");
    EXPECT_EQ(client.answer().status, 201);
}

TEST_F(ServerTest, malformed_requests_are_refused_and_closed) {
    for (const char* bad :
         {"GET /\r\n\r\n", "\x16\x03\x01\x02", "GET / HTTP/1.1\r\n\r\n", "G\0T / HTTP/1.1\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "BREW /pot HTTP/1.1\r\nHost: t\r\n\r\n",
          "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
          "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: -1\r\n\r\n",
          "POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\nContent-Length: "
          "3\r\n\r\n0\r\n\r\n"}) {
        RawClient client(port());
        client.send(bad);
        client.send_end();
        const Answer answer = client.answer();
        EXPECT_TRUE(answer.status == 400 || answer.status == 405 || answer.status == 0)
            << bad << answer.status;
        EXPECT_EQ(client.read_all(), "") << bad;
    }
    EXPECT_EQ(RawClient(port()).ask("GET", "/things/1").status, 200);
}

TEST_F(ServerTest, an_endless_header_is_refused) {
    RawClient client(port());
    client.send("GET /things/1 HTTP/1.1\r\nHost: t\r\nX: " + std::string(64 << 10, 'x'));
    EXPECT_EQ(client.answer().status, 431);
}

TEST_F(ServerTest, random_octets_do_no_harm) {
    const unsigned seed = 1966;
    std::mt19937 random(seed);
    const std::string valid =
        "POST /echo?a=b HTTP/1.1\r\nHost: t\r\nContent-Length: 12\r\n\r\n{\"text\":\"a\"}";
    for (int i = 0; i < 200; ++i) {
        std::string text = valid;
        for (int changes = 0; changes < 4; ++changes)
            text[random() % text.size()] = static_cast<char>(random());
        RawClient client(port());
        client.send(text);
        client.send_end();
        (void)client.read_all();
    }
    EXPECT_EQ(RawClient(port()).ask("GET", "/things/1").status, 200) << "seed " << seed;
}

TEST_F(ServerTest, two_hundred_stalled_connections_slow_nobody) {
    options.header_timeout = milliseconds(30'000);
    std::vector<std::unique_ptr<RawClient>> stalled;
    for (int i = 0; i < 200; ++i) {
        stalled.push_back(std::make_unique<RawClient>(port()));
        stalled.back()->send(i % 2 == 0 ? "GET /things/1 HTTP/1.1\r\nHo"
                                        : "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\n{");
    }
    const auto begin = std::chrono::steady_clock::now();
    RawClient client(port());
    for (int i = 0; i < 50; ++i) EXPECT_EQ(client.ask("GET", "/things/1").status, 200);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(3));
}

TEST_F(ServerTest, what_stalls_is_closed_in_time) {
    options.header_timeout = options.body_timeout = options.idle_timeout = milliseconds(50);
    for (const char* part :
         {"", "GET /thi", "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\n{"}) {
        RawClient client(port());
        client.send(part);
        EXPECT_EQ(client.read_all(), "") << part;
    }
    EXPECT_EQ(server->counts().timed_out, 3U);
}

TEST_F(ServerTest, too_many_waiting_requests_are_told_to_come_again) {
    options.workers = 1;
    options.waiting_requests = 1;
    options.io_threads = 1;
    RawClient first(port()), second(port()), third(port());
    const std::string wait = "GET /wait HTTP/1.1\r\nHost: t\r\n\r\n";
    first.send(wait);
    entered.wait();
    second.send("GET /things/2 HTTP/1.1\r\nHost: t\r\n\r\n");
    while (server->counts().connections < 3) std::this_thread::yield();
    Answer refused = third.ask("GET", "/things/3");
    // The second may still have been on its way to the queue: then the third took its place, and it is the
    // refused one.
    release.count_down();
    const Answer other = second.answer();
    EXPECT_EQ(std::min(refused.status, other.status), 200);
    EXPECT_EQ(std::max(refused.status, other.status), 503);
    EXPECT_EQ(first.answer().body, "\"waited\"");
}

TEST_F(ServerTest, a_stop_finishes_what_is_under_way_and_takes_nothing_new) {
    RawClient busy(port()), idle(port());
    EXPECT_EQ(idle.ask("GET", "/things/1").status, 200);
    busy.send("GET /wait HTTP/1.1\r\nHost: t\r\n\r\n");
    entered.wait();
    const std::uint16_t there = port();
    std::thread stopping([&] { server->stop(); });
    EXPECT_EQ(idle.read_all(), "");  // closed at once
    release.count_down();
    const Answer answer = busy.answer();
    EXPECT_EQ(answer.body, "\"waited\"");
    EXPECT_EQ(answer.header("connection"), "close");
    stopping.join();
    EXPECT_FALSE(RawClient(there).connected());
}

TEST_F(ServerTest, a_taken_port_is_said_to_be_taken) {
    options.port = port();
    EXPECT_THROW(Server(api, clock, options), Fault);
}

std::string listen_text(const std::string& more = "") {
    return "GET /events HTTP/1.1\r\nHost: t\r\n" + more + "\r\n";
}

TEST_F(ServerTest, listeners_hear_what_they_may_and_take_no_worker) {
    options.workers = 1;
    RawClient first(port()), second(port()), third(port());
    for (RawClient* client : {&first, &second, &third}) {
        client->send(listen_text());
        const std::string head = client->read_until("\r\n\r\n");
        EXPECT_NE(head.find("text/event-stream"), std::string::npos);
        EXPECT_EQ(client->read_until("\n\n"), "retry: 3000\n\n");
    }
    EXPECT_EQ(hub.listeners(), 3U);
    EXPECT_EQ(RawClient(port()).ask("GET", "/things/1").status, 200);
    hub.publish({"notice", 1, 1, 10});
    hub.publish({"matter", 9007199254740993, 2, 11});
    EXPECT_EQ(third.read_until("\n\n"),
              "id: 11\ndata: {\"kind\":\"matter\",\"id\":\"9007199254740993\",\"version\":2,\"pos\":11}\n\n");
    EXPECT_EQ(first.read_until("\n\n").substr(0, 7), "id: 11\n");
}

TEST_F(ServerTest, a_listener_that_comes_back_gets_what_it_missed) {
    for (int pos = 1; pos <= 5; ++pos) hub.publish({"matter", pos, 1, pos});
    RawClient client(port());
    client.send(listen_text("Last-Event-ID: 3\r\n"));
    (void)client.read_until("retry: 3000\n\n");
    EXPECT_EQ(client.read_until("\n\n").substr(0, 6), "id: 4\n");
    EXPECT_EQ(client.read_until("\n\n").substr(0, 6), "id: 5\n");
}

TEST_F(ServerTest, a_silent_stream_is_kept_alive_and_ends_with_the_server) {
    options.heartbeat = milliseconds(20);
    RawClient client(port());
    client.send(listen_text());
    (void)client.read_until("retry: 3000\n\n");
    EXPECT_EQ(client.read_until(":\n\n"), ":\n\n");
    server->stop();
    (void)client.read_all();
}

}  // namespace
}  // namespace lianxin::http
