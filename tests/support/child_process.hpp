// tests/support/child_process.hpp — a program started by a test, with a line to it and a line from it, ended
// with the test.
#pragma once

#include <sys/types.h>

#include <string>
#include <thread>
#include <vector>

namespace lianxin::support {

class ChildProcess {
 public:
    explicit ChildProcess(const std::vector<std::string>& command);
    ~ChildProcess();  // closes its standard input, then ends it
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    // The next line of its standard output without the line end; empty at the end.
    [[nodiscard]] std::string read_line();
    // From now on what it says is read and dropped: a child whose pipe is full stands still.
    void ignore_output();
    void kill_hard();          // SIGKILL, and waits until it is gone
    [[nodiscard]] int stop();  // SIGTERM, and waits; its exit code, -1 when a signal ended it
    [[nodiscard]] pid_t pid() const { return pid_; }

 private:
    pid_t pid_ = -1;
    int to_child_ = -1;
    int from_child_ = -1;
    std::string buffer_;
    std::thread drain_;
};

// The project's own folder.
[[nodiscard]] std::string source_directory();

}  // namespace lianxin::support
