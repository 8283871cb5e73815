#include "main/unfinished_demo.hpp"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <vector>

#include "http/server.hpp"
#include "main/exit_code.hpp"
#include "store/transaction.hpp"

namespace lianxin::demo {
namespace {

namespace fs = std::filesystem;

fs::path mark_in(const fs::path& data) {
    return data / unfinished_demo_file;
}

void drop_schemas(const std::string& url) {
    for (const char* name : {"lianxin_counters", "lianxin_search", "lianxin"}) {
        const std::string schema = name;
        if (!store::postgresql_holds(url, schema)) continue;
        store::open_postgresql(url, schema)->write([&](store::Transaction& tx) {
            tx.execute("drop schema " + schema + " cascade");
        });
    }
}

// Databases come with files of their own beside them: county.db-wal.
void remove_county(const fs::path& data) {
    std::vector<fs::path> going;
    for (const auto& entry : fs::directory_iterator(data)) {
        const std::string name = entry.path().filename().string();
        const bool stays = name == lease_file || name == unfinished_demo_file;
        if (!stays && is_of_county(name)) going.push_back(entry.path());
    }
    for (const fs::path& file : going) fs::remove_all(file);
}

[[noreturn]] void stop_at_once() {
    std::cerr << "\nStopped while the demo was played: the next start plays it from the beginning.\n";
    std::_Exit(static_cast<int>(ExitCode::done));  // the stores outlive a kill; nothing here waits for more
}

}  // namespace

void forget_unfinished(const CountyPlace& place) {
    std::error_code error;
    if (!fs::exists(mark_in(place.data), error)) return;
    const FolderLease lease(place.data, FolderLease::As::only_server);
    if (lease.node() != 0)
        throw Ending(ExitCode::refused, "Another program has " + place.data.string() +
                                            " open, which holds an unfinished demo: stop it first.");
    if (place.database_url) drop_schemas(*place.database_url);
    remove_county(place.data);
    fs::remove(mark_in(place.data));  // last: whoever is stopped before begins with it again
}

void keep_unfinished(const fs::path& data) {
    std::error_code error;
    fs::remove(mark_in(data), error);
}

Playing::Playing(const fs::path& data)
    : mark_(mark_in(data)), watch_([](const std::stop_token& played) {
          while (!played.stop_requested())
              if (http::stop_signal_within(std::chrono::milliseconds(100))) stop_at_once();
      }) {
    if (!std::ofstream(mark_)) throw Fault("The file " + mark_.string() + " cannot be written.");
}

void Playing::finish() {
    fs::remove(mark_);
}

}  // namespace lianxin::demo
