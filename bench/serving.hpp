// bench/serving.hpp — the product's own server as a child process on a folder of its own, and what it costs.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "bench/http_load.hpp"

namespace lianxin::bench {

class ServedCounty {
 public:
    // `program`: build/release/lianxin. Throws when it does not answer within two minutes.
    ServedCounty(const std::string& program, const std::filesystem::path& data, std::uint16_t port)
        : port_(port) {
        std::vector<std::string> words{program,
                                       "serve",
                                       "--pack",
                                       "dayao",
                                       "--data",
                                       data.string(),
                                       "--port",
                                       std::to_string(port),
                                       "--writes-per-minute",
                                       "0"};
        pid_ = ::fork();
        if (pid_ == 0) {
            const int nowhere = ::open("/dev/null", O_WRONLY);
            ::dup2(nowhere, 1);
            ::dup2(nowhere, 2);
            std::vector<char*> arguments;
            for (std::string& word : words) arguments.push_back(word.data());
            arguments.push_back(nullptr);
            ::execv(program.c_str(), arguments.data());
            ::_exit(127);
        }
        wait_until_it_answers();
    }
    ~ServedCounty() {
        ::kill(pid_, SIGTERM);
        ::waitpid(pid_, nullptr, 0);
    }
    ServedCounty(const ServedCounty&) = delete;
    ServedCounty& operator=(const ServedCounty&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    // VmRSS, mappings included, in MB.
    [[nodiscard]] double resident_mb() const {
        std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
        for (std::string line; std::getline(status, line);)
            if (line.rfind("VmRSS:", 0) == 0) return std::stod(line.substr(6)) / 1024;
        return 0;
    }
    // Processor time it has taken so far, of all its threads.
    [[nodiscard]] double processor_seconds() const {
        std::ifstream stat("/proc/" + std::to_string(pid_) + "/stat");
        std::string text;
        std::getline(stat, text);
        std::istringstream fields(text.substr(text.rfind(')') + 2));  // the name may hold blanks
        std::string skipped;
        for (int field = 3; field < 14; ++field) fields >> skipped;
        double user = 0;
        double system = 0;
        fields >> user >> system;
        return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
    }
    // Until what follows the record has caught up: it hardly computes any more.
    void wait_until_at_rest() const {
        constexpr auto watched = std::chrono::milliseconds(300);
        constexpr double hardly = 0.02;  // of a processor
        for (int attempt = 0; attempt < 200; ++attempt) {
            const double before = processor_seconds();
            std::this_thread::sleep_for(watched);
            if ((processor_seconds() - before) / std::chrono::duration<double>(watched).count() < hardly)
                return;
        }
        throw std::runtime_error("the server did not come to rest");
    }
    // The body of one GET; empty when it fails.
    [[nodiscard]] std::string get(const std::string& path, const std::string& headers = "") const {
        std::string body;
        LoadOptions options;
        options.port = port_;
        options.connections = 1;
        options.most_requests = 1;
        options.keep_body = &body;
        options.request = [&](std::uint64_t) {
            return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
        };
        (void)HttpLoad(options).run();
        return body;
    }

 private:
    void wait_until_it_answers() const {
        for (int attempt = 0; attempt < 1200; ++attempt) {
            try {
                if (!get("/healthz").empty()) return;
            } catch (const std::runtime_error&) {
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        throw std::runtime_error("the server did not start");
    }

    pid_t pid_ = -1;
    std::uint16_t port_;
};

// The value of a figure of /metrics; "?" when it is not there.
[[nodiscard]] inline std::string figure(const std::string& metrics, const std::string& name) {
    const auto at = metrics.find("\n" + name + " ");
    if (at == std::string::npos) return "?";
    const auto from = at + name.size() + 2;
    return metrics.substr(from, metrics.find('\n', from) - from);
}

// The value of a string member, wherever it stands first.
[[nodiscard]] inline std::string member(const std::string& json, const std::string& name) {
    const std::string mark = "\"" + name + "\":\"";
    const auto at = json.find(mark);
    if (at == std::string::npos)
        throw std::runtime_error("the answer has no " + name + ": " + json.substr(0, 300));
    return json.substr(at + mark.size(), json.find('"', at + mark.size()) - at - mark.size());
}

}  // namespace lianxin::bench
