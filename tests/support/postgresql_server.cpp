// One server per test process, started on first use and ended with the process, however that ends.
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "tests/support/test_database.hpp"

namespace lianxin::support {

namespace {

const char* const script = LIANXIN_SOURCE_DIR "/tools/postgres_for_tests.sh";

std::string first_line_of(const std::string& command) {
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
    std::array<char, 256> line{};
    const bool read = std::fgets(line.data(), static_cast<int>(line.size()), pipe) != nullptr;
    const bool succeeded = ::pclose(pipe) == 0;
    if (!read || !succeeded) throw std::runtime_error("failed: " + command);
    std::string text = line.data();
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

class Server {
 public:
    Server() {
        if (const char* shared = std::getenv("LIANXIN_TEST_PG_URL")) {
            url_ = shared;
            return;
        }
        owner_ = ::getpid();
        directory_ = "/tmp/lianxin-pg-" + std::to_string(owner_);
        url_ = first_line_of(std::string(script) + " start " + directory_ + " " + std::to_string(owner_));
    }
    ~Server() {
        // A forked child that exits leaves its parent's server alone.
        if (directory_.empty() || ::getpid() != owner_) return;
        if (std::system((std::string(script) + " stop " + directory_).c_str()) != 0)
            std::perror("stopping PostgreSQL");
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    [[nodiscard]] const std::string& url() const { return url_; }

 private:
    pid_t owner_ = 0;
    std::string directory_;
    std::string url_;
};

}  // namespace

const std::string& postgresql_url() {
    static const Server server;
    return server.url();
}

}  // namespace lianxin::support
