// main/demo_note.hpp — the logins of a demo, kept beside the data and told at every start as long as they
// are true: whose password somebody has changed since is told without one, whose account is closed is not
// told. Beside each stands a digest of what the account keeps of its password, so that a start compares and
// never has to try passwords out. Those who make up an electorate stand together on a line, with the password
// they begin with.
#pragma once

#include <filesystem>
#include <string>

#include "county/county.hpp"
#include "main/demo_player.hpp"

namespace lianxin::demo {

void keep_logins(const std::filesystem::path& note, County& county, const DemoReport& report);
// What `lianxin serve` prints under the addresses; empty where no demo was played to its end.
[[nodiscard]] std::string told_logins(const std::filesystem::path& note, County& county);

}  // namespace lianxin::demo
