// main/read_file.hpp — a file named on the command line, whole.
#pragma once

#include <filesystem>
#include <string>

namespace lianxin {

// Throws Ending{bad_input} when there is none, it is a folder or may not be read.
[[nodiscard]] std::string read_file(const std::filesystem::path& file);

}  // namespace lianxin
