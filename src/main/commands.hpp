// main/commands.hpp — what each subcommand is asked for, and the function that does it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "main/exit_code.hpp"

namespace lianxin {

struct ServeOptions {
    std::filesystem::path data = "data";
    std::filesystem::path packs = "packs";
    std::filesystem::path web = "web";
    std::string pack;                     // fills an empty data folder; afterwards the stored one serves
    std::optional<std::string> database;  // postgresql://…; default: SQLite in the data folder
    std::string address = "127.0.0.1";
    std::uint16_t port = 8311;
    bool demo = false;
    std::string smtp_url;  // smtp://host:port, empty: e-mail waits in the outbox
    std::string mail_from;
    double writes_per_minute = 60;  // of one address not signed in, or of one receipt; 0: no limit
    std::string public_url;         // how residents reach it; default http://localhost:PORT
};
[[nodiscard]] ExitCode serve(const ServeOptions& options);

// A county that is there: nothing of it is made or brought up to date.
struct DataOptions {
    std::filesystem::path data = "data";
    std::optional<std::string> database;
};
struct ImportOptions : DataOptions {
    std::filesystem::path packs = "packs";
    std::string pack;  // fills an empty data folder
    std::filesystem::path file;
    std::string what;                  // places, people, households, categories, messages
    std::optional<std::string> place;  // division code or place code; default: the root
    bool dry_run = false;
    std::filesystem::path form;  // where an empty table of that kind goes; nothing is read then
};
[[nodiscard]] ExitCode import_file(const ImportOptions& options);

struct ReportOptions : DataOptions {
    bool json = false;
};
[[nodiscard]] ExitCode report_times(const ReportOptions& options);

struct PackOptions {
    std::filesystem::path pack;
    std::filesystem::path out;
    // check: the county that is to run it, to see what of its matters could go over.
    std::optional<std::filesystem::path> data;
    std::optional<std::string> database;
};
[[nodiscard]] ExitCode check_pack_folder(const PackOptions& options);
[[nodiscard]] ExitCode draw_pack_folder(const PackOptions& options);

struct VerifyOptions {
    std::filesystem::path file;
    std::optional<std::string>
        key;  // the county's public key, base64url; default: the one in the file, which is then shown
};
[[nodiscard]] ExitCode verify_file(const VerifyOptions& options);

struct AccountOptions : DataOptions {
    std::string login;
    std::string post;  // the post the new account's person holds: its id or KIND@PLACE
    std::string name;
};
[[nodiscard]] ExitCode create_account(const AccountOptions& options);
[[nodiscard]] ExitCode reset_password(const AccountOptions& options);

[[nodiscard]] ExitCode print_openapi();

}  // namespace lianxin
