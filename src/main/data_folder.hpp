// main/data_folder.hpp — a county's data folder before anything of it is opened: whether there is one,
// whether one may be made there, and who has it open. Nothing is made where the answer is no.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "store/database.hpp"

namespace lianxin {

// The folder, and the database where that is not in it.
struct CountyPlace {
    std::filesystem::path data;
    std::optional<std::string> database_url;  // postgresql://…
};

inline constexpr std::string_view lease_file = "in-use";
inline constexpr std::string_view unfinished_demo_file = "demo-unfinished";
// What the program itself puts into a data folder.
[[nodiscard]] bool is_of_county(std::string_view name);

[[nodiscard]] bool holds_county(const CountyPlace& place);
// The Ending of a command that wants a county where there is none.
[[noreturn]] void refuse_absent_county(const CountyPlace& place);
// Throws Ending where a new county would hide the loss of another or stand among somebody else's files.
void expect_room_for_county(const CountyPlace& place);
// The county's database as it is; Ending when there is none, StoreFault{schema} when it is of another
// version.
[[nodiscard]] std::unique_ptr<store::Database> open_stored_county(const CountyPlace& place);

// Held as long as a program has the folder open. Several may at the same time: each takes a number of its
// own, for the ids it makes; only one may be the server of a folder.
class FolderLease {
 public:
    enum class As { guest, only_server };
    // Throws Ending when another server is running, or the folder cannot be entered.
    FolderLease(const std::filesystem::path& data, As as);
    ~FolderLease();
    FolderLease(const FolderLease&) = delete;
    FolderLease& operator=(const FolderLease&) = delete;
    // 0 … 63, of nobody else who has the folder open: IdSource's node.
    [[nodiscard]] int node() const { return node_; }

 private:
    int file_;
    int node_ = 0;
};

}  // namespace lianxin
