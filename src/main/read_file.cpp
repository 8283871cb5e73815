#include "main/read_file.hpp"

#include <fstream>
#include <iterator>

#include "main/exit_code.hpp"

namespace lianxin {

std::string read_file(const std::filesystem::path& file) {
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status))
        throw Ending(ExitCode::bad_input, "There is no file " + file.string() + ": name one that is there.");
    if (std::filesystem::is_directory(status))
        throw Ending(ExitCode::bad_input, file.string() + " is a folder: name a file in it.");
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw Ending(ExitCode::bad_input,
                     "The file " + file.string() + " cannot be read: give this user access to it.");
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace lianxin
