#include "tests/support/child_process.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>

namespace lianxin::support {

ChildProcess::ChildProcess(const std::vector<std::string>& command) {
    std::array<int, 2> in{}, out{};
    if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe for a child process");
    std::vector<char*> arguments;
    for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ == 0) {
        ::dup2(in[0], STDIN_FILENO);
        ::dup2(out[1], STDOUT_FILENO);
        ::execv(arguments[0], arguments.data());
        ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    to_child_ = in[1];
    from_child_ = out[0];
}

ChildProcess::~ChildProcess() {
    ::close(to_child_);
    if (pid_ > 0) {
        ::kill(pid_, SIGTERM);
        ::waitpid(pid_, nullptr, 0);
    }
    if (drain_.joinable()) drain_.join();
    ::close(from_child_);
}

std::string ChildProcess::read_line() {
    for (;;) {
        const std::size_t end = buffer_.find('\n');
        if (end != std::string::npos) {
            std::string line = buffer_.substr(0, end);
            buffer_.erase(0, end + 1);
            return line;
        }
        std::array<char, 4096> chunk{};
        const ssize_t got = ::read(from_child_, chunk.data(), chunk.size());
        if (got <= 0) return {};  // an unfinished line was never said
        buffer_.append(chunk.data(), static_cast<std::size_t>(got));
    }
}

void ChildProcess::ignore_output() {
    drain_ = std::thread([fd = from_child_] {
        std::array<char, 4096> chunk{};
        while (::read(fd, chunk.data(), chunk.size()) > 0) {
        }
    });
}

void ChildProcess::kill_hard() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
}

int ChildProcess::stop() {
    int status = 0;
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string source_directory() {
    return LIANXIN_SOURCE_DIR;
}

}  // namespace lianxin::support
