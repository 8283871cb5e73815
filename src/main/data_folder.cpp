#include "main/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "main/exit_code.hpp"

namespace lianxin {
namespace {

namespace fs = std::filesystem;

constexpr int nodes = 64;  // as many as IdSource tells apart

fs::path county_file(const fs::path& data) {
    return data / "county.db";
}

// What may stand in the folder before a county does: leavings of one that was never finished, and what every
// new disk has.
bool is_harmless(std::string_view name) {
    return is_of_county(name) || name == "lost+found";
}

// The first byte of the file that nobody has locked. Locks belong to the open file, so they go with it
// however the program ends.
std::optional<int> free_node(int file) {
    for (int node = 0; node < nodes; ++node) {
        struct flock lock {};
        lock.l_type = F_WRLCK;
        lock.l_whence = SEEK_SET;
        lock.l_start = node;
        lock.l_len = 1;
        if (::fcntl(file, F_OFD_SETLK, &lock) == 0) return node;
    }
    return {};
}

}  // namespace

bool is_of_county(std::string_view name) {
    static constexpr std::array<std::string_view, 5> whole{"master.key", "blobs", "demo.txt", lease_file,
                                                           unfinished_demo_file};
    static constexpr std::array<std::string_view, 4> databases{"county.db", "keys.db", "search.db",
                                                               "counters.db"};
    return std::find(whole.begin(), whole.end(), name) != whole.end() ||
           std::any_of(databases.begin(), databases.end(),
                       [&](std::string_view file) { return name.starts_with(file); });
}

bool holds_county(const CountyPlace& place) {
    if (place.database_url) return store::postgresql_holds(*place.database_url);
    std::error_code error;
    return fs::exists(county_file(place.data), error);
}

void refuse_absent_county(const CountyPlace& place) {
    const std::string where = place.database_url ? "that database" : place.data.string();
    throw Ending(ExitCode::bad_input, "There is no county in " + where +
                                          ": name another, or make one with `lianxin serve --data " +
                                          place.data.string() + " --pack NAME`.");
}

void expect_room_for_county(const CountyPlace& place) {
    std::error_code error;
    if (!fs::exists(place.data, error)) return;
    if (!fs::is_directory(place.data, error))
        throw Ending(ExitCode::bad_input, place.data.string() + " is no folder: name one with --data.");
    for (const auto& entry : fs::directory_iterator(place.data, error)) {
        const std::string name = entry.path().filename().string();
        if (!is_harmless(name))
            throw Ending(ExitCode::refused, "The folder " + place.data.string() + " holds other things (" +
                                                name + "): name an empty one with --data.");
        if (!place.database_url && name == "keys.db")
            throw Ending(ExitCode::fault,
                         "This county's county.db is not in " + place.data.string() +
                             " though its keys are: put it back from its backup, or give --database if the "
                             "county is on PostgreSQL.");
    }
    if (error)
        throw Ending(ExitCode::bad_input,
                     "The folder " + place.data.string() + " cannot be read: give this user access to it.");
}

std::unique_ptr<store::Database> open_stored_county(const CountyPlace& place) {
    if (!holds_county(place)) refuse_absent_county(place);
    auto database = place.database_url ? store::open_postgresql(*place.database_url)
                                       : store::open_sqlite(county_file(place.data));
    store::expect_migrated(*database, store::county_migrations());
    return database;
}

FolderLease::FolderLease(const fs::path& data, As as)
    : file_(::open((data / lease_file).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (file_ < 0)
        throw Ending(ExitCode::bad_input, "The data folder " + data.string() + " cannot be entered: " +
                                              std::strerror(errno) + ". Give this user access to it.");
    const bool alone = as == As::guest || ::flock(file_, LOCK_EX | LOCK_NB) == 0;
    const auto node = alone ? free_node(file_) : std::nullopt;
    if (node) {
        node_ = *node;
        return;
    }
    ::close(file_);
    throw Ending(ExitCode::refused,
                 alone ? "Too many programs have " + data.string() + " open: wait until one has ended."
                       : "A server is running from " + data.string() +
                             " already: stop it first, or name another folder with --data.");
}

FolderLease::~FolderLease() {
    ::close(file_);
}

}  // namespace lianxin
