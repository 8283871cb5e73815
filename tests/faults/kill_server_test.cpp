// The real server under load, killed twenty times: every receipt it handed out can still be looked up, and a
// request whose answer was lost gets one matter, not two, when it is sent again.
#include <arpa/inet.h>
#include <curl/curl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "tests/support/child_process.hpp"
#include "tests/support/temporary_directory.hpp"

namespace lianxin {
namespace {

struct Answer {
    long status = 0;  // 0: no answer came
    std::string body;
};

// A keep-alive connection.
class Client {
 public:
    explicit Client(std::string base) : base_(std::move(base)), curl_(curl_easy_init()) {
        curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl_, CURLOPT_TIMEOUT, 30L);
        curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, &Client::take);
    }
    ~Client() { curl_easy_cleanup(curl_); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    Answer get(const std::string& path) {
        curl_easy_setopt(curl_, CURLOPT_HTTPGET, 1L);
        return perform(path);
    }
    Answer post(const std::string& path, const std::string& body, const std::string& key) {
        curl_slist* headers = curl_slist_append(nullptr, "Content-Type: application/json");
        headers = curl_slist_append(headers, ("Idempotency-Key: " + key).c_str());
        curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
        curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, body.c_str());
        curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, headers);
        Answer answer = perform(path);
        curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, nullptr);
        curl_slist_free_all(headers);
        return answer;
    }

 private:
    static std::size_t take(char* data, std::size_t size, std::size_t count, void* into) {
        static_cast<std::string*>(into)->append(data, size * count);
        return size * count;
    }
    Answer perform(const std::string& path) {
        Answer answer;
        curl_easy_setopt(curl_, CURLOPT_URL, (base_ + path).c_str());
        curl_easy_setopt(curl_, CURLOPT_WRITEDATA, static_cast<void*>(&answer.body));
        if (curl_easy_perform(curl_) != CURLE_OK) return {};  // even half an answer is none
        curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &answer.status);
        return answer;
    }

    std::string base_;
    CURL* curl_;
};

int spare_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size), 0);
    ::close(socket);
    return ntohs(address.sin_port);
}

std::string member(const std::string& json, const std::string& name) {
    const std::string mark = "\"" + name + "\":\"";
    const std::size_t at = json.find(mark);
    if (at == std::string::npos) return {};
    return json.substr(at + mark.size(), json.find('"', at + mark.size()) - at - mark.size());
}

class KilledServer : public testing::Test {
 protected:
    void SetUp() override {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        program_ = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "lianxin";
        if (!std::filesystem::exists(program_)) GTEST_SKIP() << "the server was not built: " << program_;
    }
    void start() {
        const std::string source = support::source_directory();
        server_ = std::make_unique<support::ChildProcess>(std::vector<std::string>{
            program_.string(), "serve", "--data", (directory_ / "data").string(), "--packs",
            source + "/packs", "--pack", "dayao", "--web", source + "/web", "--writes-per-minute", "0",
            "--port", std::to_string(port_)});
        for (std::string line = server_->read_line(); line.find("Stop with") == std::string::npos;
             line = server_->read_line())
            ASSERT_TRUE(!line.empty() || ++empty_lines_ < 1000) << "the server did not start";
        server_->ignore_output();
    }
    [[nodiscard]] std::string base() const { return "http://127.0.0.1:" + std::to_string(port_) + "/api/v1"; }
    static std::string request(const std::string& key) {
        return R"({"workflow":"request","subkind":"report","subject":"路灯不亮","text":"村口的路灯坏了。)" +
               key + R"(","anonymous":true})";
    }
    // One resident after another until the server is gone.
    void report_until_killed(int resident, int round) {
        Client client(base());
        for (int n = 0;; ++n) {
            const std::string key =
                "kill-" + std::to_string(round) + "-" + std::to_string(resident) + "-" + std::to_string(n);
            const Answer answer = client.post("/matters", request(key), key);
            const std::scoped_lock lock(mutex_);
            if (answer.status != 201) {
                if (answer.status != 0) refused_ = answer.body;
                unanswered_.push_back(key);
                return;
            }
            numbers_[key] = member(answer.body, "number");
            if (--until_kill_ == 0) server_->kill_hard();
        }
    }

    support::TemporaryDirectory directory_;
    std::filesystem::path program_;
    std::unique_ptr<support::ChildProcess> server_;
    int port_ = spare_port();
    int empty_lines_ = 0;
    std::mutex mutex_;
    int until_kill_ = 0;
    std::map<std::string, std::string> numbers_;
    std::vector<std::string> unanswered_;
    std::string refused_;
};

TEST_F(KilledServer, keeps_every_receipt_it_handed_out_and_doubles_none) {
    std::mt19937 random(8311);
    for (int round = 0; round < 20; ++round) {
        ASSERT_NO_FATAL_FAILURE(start());
        {
            Client client(base());
            for (const std::string& key : unanswered_) {
                const Answer first = client.post("/matters", request(key), key);
                const Answer again = client.post("/matters", request(key), key);
                ASSERT_EQ(first.status, 201) << first.body;
                EXPECT_EQ(again.status, 201);
                EXPECT_TRUE(first.body == again.body) << "a repeat gets the first answer, to the letter";
                numbers_[key] = member(first.body, "number");
            }
            unanswered_.clear();
            for (const auto& [key, number] : numbers_)
                ASSERT_EQ(client.get("/track/" + number).status, 200) << "round " << round << ", " << key;
        }
        until_kill_ = static_cast<int>(5 + random() % 60);
        std::vector<std::thread> residents;
        for (int resident = 0; resident < 8; ++resident)
            residents.emplace_back([&, resident] { report_until_killed(resident, round); });
        for (std::thread& thread : residents) thread.join();
        ASSERT_EQ(refused_, "") << "an answer that is neither a receipt nor silence";
    }
    std::map<std::string, int> times;
    for (const auto& [key, number] : numbers_) EXPECT_EQ(++times[number], 1) << number;
    EXPECT_GT(numbers_.size(), 20U * 5);
}

}  // namespace
}  // namespace lianxin
