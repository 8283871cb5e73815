#include <fstream>
#include <iostream>

#include "main/check_pack.hpp"
#include "main/commands.hpp"

namespace lianxin {

ExitCode check_pack_folder(const PackOptions& options) {
    const auto findings = check_pack(options.pack);
    std::cerr << findings.text();
    if (findings.has_errors()) return ExitCode::refused;
    std::cout << options.pack.string() << ": proved, " << findings.all().size() << " warnings\n";
    return ExitCode::done;
}

}  // namespace lianxin
