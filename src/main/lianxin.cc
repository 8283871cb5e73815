#include "base/crypto.hpp"
#include "main/command_line.hpp"

int main(int argc, char** argv) {
    lianxin::start_crypto();
    return static_cast<int>(lianxin::run_command_line(argc, argv));
}
