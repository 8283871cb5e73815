// Handlers that leave their worker while something else takes its time.
#include <gmock/gmock.h>

#include <atomic>
#include <boost/describe/class.hpp>
#include <mutex>
#include <thread>
#include <vector>

#include "http/raw_client_test.hpp"
#include "http/server.hpp"

namespace lianxin::http {
namespace {

struct Told {
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Told, (), (text))

Result<Reply<Told>, Problem> told(std::string text) {
    return Reply{Told{std::move(text)}};
}

class PendingTest : public testing::Test {
 protected:
    PendingTest() {
        api.route_later<Told, Told>(Method::post, "/later", {.id = "later", .summary = "Answers later"},
                                    [this](Request&, Told in, Later<Told> later) {
                                        if (in.text == "fault") throw Fault("before it left");
                                        {
                                            const std::lock_guard lock(mutex);
                                            left.push_back({std::move(in.text), std::move(later)});
                                        }
                                        if (api_holds) api_holds();
                                    });
        api.raw(Method::get, "/now", {.hidden = true}, [](Request&) { return respond_json(200, "\"now\""); });
        options.log_requests = false;
        options.workers = 1;
        options.brisk_workers = 1;
        options.waiting_requests = 1;
        options.grace = std::chrono::milliseconds(5000);
    }
    Server& start() {
        server = std::make_unique<Server>(api, clock, options, nullptr);
        return *server;
    }
    struct Left {
        std::string text;
        Later<Told> later;
    };
    [[nodiscard]] std::size_t waiting() {
        const std::lock_guard lock(mutex);
        return left.size();
    }
    void wait_for(std::size_t count) {
        while (waiting() < count) std::this_thread::yield();
    }
    std::vector<Left> take() {
        const std::lock_guard lock(mutex);
        return std::exchange(left, {});
    }
    static void send(RawClient& client, const std::string& text) {
        const std::string body = R"({"text":")" + text + "\"}";
        client.send("POST /later HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n\r\n" + body);
    }

    SystemClock clock;
    Api api;
    std::function<void()> api_holds;  // what the handler does before it leaves
    ServerOptions options;
    std::mutex mutex;
    std::vector<Left> left;
    std::unique_ptr<Server> server;
};

TEST_F(PendingTest, many_that_left_take_no_worker_and_each_gets_its_own_answer) {
    start();
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 8; ++i) {
        clients.push_back(std::make_unique<RawClient>(server->port()));
        send(*clients.back(), std::to_string(i));
        wait_for(clients.size());  // one at a time: only one may wait before the worker
    }
    EXPECT_EQ(RawClient(server->port()).ask("GET", "/now").body, "\"now\"");
    // From a thread of its own, as a store does it.
    std::thread([this] {
        for (Left& one : take())
            one.later.come_back([text = one.text] { return told("came back with " + text); });
    }).join();
    for (std::size_t i = 0; i < clients.size(); ++i) {
        const Answer answer = clients[i]->answer();
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, R"({"text":"came back with )" + std::to_string(i) + "\"}");
    }
}

TEST_F(PendingTest, what_goes_wrong_before_it_leaves_or_after_it_came_back_is_an_answer) {
    start();
    RawClient before(server->port()), after(server->port()), refused(server->port());
    send(before, "fault");
    EXPECT_EQ(before.answer().status, 503);
    send(after, "a");
    wait_for(1);
    take().front().later.come_back([]() -> Result<Reply<Told>, Problem> { throw Fault("the disk"); });
    EXPECT_EQ(after.answer().status, 503);
    send(refused, "b");
    wait_for(1);
    take().front().later.come_back(
        []() -> Result<Reply<Told>, Problem> { return fail(problem(409, "changed_meanwhile")); });
    const Answer answer = refused.answer();
    EXPECT_EQ(answer.status, 409);
    EXPECT_NE(answer.body.find("changed_meanwhile"), std::string::npos);
}

TEST_F(PendingTest, what_is_done_meanwhile_waits_for_requests_and_its_faults_are_nobodys) {
    start();
    std::vector<std::string> order;  // of the one worker
    std::mutex busy;
    busy.lock();
    api_holds = [&] { const std::lock_guard until_free(busy); };
    RawClient first(server->port());
    send(first, "first");  // keeps the worker until `busy` is free
    wait_for(1);
    {
        const Later<Told> later = take().front().later;  // whoever holds it is waited for
        later.meanwhile([&] { order.emplace_back("meanwhile"); });
        later.meanwhile([] { throw Fault("nobody hears of it"); });
        later.come_back([&] {
            order.emplace_back("came back");
            return told("done");
        });
    }
    busy.unlock();
    EXPECT_EQ(first.answer().body, R"({"text":"done"})");
    server->stop();
    EXPECT_EQ(order, (std::vector<std::string>{"came back", "meanwhile"}));
}

TEST_F(PendingTest, a_stop_waits_for_what_left) {
    start();
    RawClient client(server->port());
    send(client, "last");
    wait_for(1);
    std::atomic<bool> stopped{false};
    std::thread stopping([&] {
        server->stop();
        stopped = true;
    });
    EXPECT_FALSE(stopped);
    take().front().later.come_back([] { return told("in time"); });
    EXPECT_EQ(client.answer().body, R"({"text":"in time"})");
    stopping.join();
}

TEST_F(PendingTest, whoever_asks_without_a_server_waits_for_what_comes_back) {
    Request request;
    request.method = Method::post;
    request.path = "/later";
    request.body = R"({"text":"x"})";
    std::thread store([this] {
        wait_for(1);
        take().front().later.come_back([] { return told("y"); });
    });
    EXPECT_EQ(api.answer(request).body, R"({"text":"y"})");
    store.join();
}

}  // namespace
}  // namespace lianxin::http
