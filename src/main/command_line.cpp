#include "main/command_line.hpp"

#include <arpa/inet.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <functional>
#include <iostream>

#include "base/result.hpp"
#include "main/commands.hpp"
#include "matter/message_line_service.hpp"
#include "party/import_form.hpp"
#include "store/postgresql_url.hpp"
#include "store/transaction.hpp"

namespace lianxin {
namespace {

// An address of one of these schemes.
CLI::Validator address_of(std::vector<std::string> schemes) {
    const std::string wanted = schemes.front() + "…";
    return {[schemes = std::move(schemes), wanted](const std::string& text) {
                const bool fits = std::any_of(schemes.begin(), schemes.end(), [&](const auto& scheme) {
                    return text.starts_with(scheme) && text.size() > scheme.size();
                });
                return fits ? std::string() : "give an address like " + wanted;
            },
            wanted};
}

void add_database_option(CLI::App& command, std::optional<std::string>& database, const char* text) {
    const CLI::Validator readable(
        [](const std::string& url) { return store::postgresql_url_fault(url).value_or(""); }, "");
    command.add_option("--database", database, text)
        ->check(address_of({"postgresql://", "postgres://"}))
        ->check(readable);
}

void add_data_option(CLI::App& command, std::filesystem::path& data) {
    command.add_option("--data", data, "data folder")
        ->check(CLI::Validator(
            [](const std::string& path) { return path.empty() ? "give a folder" : std::string(); }, ""))
        ->capture_default_str();
}

// Names are not looked up: what a server listens on is an address of this machine.
CLI::Validator ip_address() {
    return {[](const std::string& text) {
                std::array<unsigned char, 16> bytes{};
                const bool fits = ::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 ||
                                  ::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
                return fits ? std::string() : "give an IP address of this machine, like 0.0.0.0 or ::1";
            },
            ""};
}

void add_data_options(CLI::App& command, DataOptions& options) {
    add_data_option(command, options.data);
    add_database_option(command, options.database, "where the county is, if not in the data folder");
}

using Chosen = std::function<ExitCode()>;

void add_serve(CLI::App& app, ServeOptions& options, Chosen& chosen) {
    auto* command = app.add_subcommand("serve", "Serve a county: portal, desk and API");
    add_data_option(*command, options.data);
    command->add_option("--packs", options.packs, "folder of the packs")->capture_default_str();
    command->add_option("--web", options.web, "folder of the built web client")->capture_default_str();
    command->add_option("--pack", options.pack, "pack that fills an empty data folder");
    add_database_option(*command, options.database, "PostgreSQL instead of SQLite in the data folder");
    command->add_option("--address", options.address, "address to listen on")
        ->check(ip_address())
        ->capture_default_str();
    command->add_option("--port", options.port, "port to listen on")->capture_default_str();
    command->add_flag("--demo", options.demo,
                      "play the pack's demo into an empty data folder and print its logins");
    command->add_option("--smtp", options.smtp_url, "host and port that take e-mail")
        ->check(address_of({"smtp://", "smtps://"}));
    command->add_option("--mail-from", options.mail_from, "sender of e-mail");
    command->add_option("--public-url", options.public_url, "address residents open, for links and QR codes")
        ->check(address_of({"https://", "http://"}));
    command
        ->add_option("--writes-per-minute", options.writes_per_minute,
                     "writes of one address that is not signed in, or of one receipt; 0: no limit")
        ->check(CLI::Validator(
            [](const std::string& text) {
                return text.starts_with('-') ? std::string("give a number from 0 on") : std::string();
            },
            ""))
        ->capture_default_str();
    command->callback([&] { chosen = [&] { return serve(options); }; });
}

void add_pack(CLI::App& app, PackOptions& options, Chosen& chosen) {
    auto* pack = app.add_subcommand("pack", "Check or draw a pack")->require_subcommand(1);
    auto* check =
        pack->add_subcommand("check", "Prove a pack: every finding with file, line, column and what to do");
    check->add_option("folder", options.pack, "the pack's folder")->required();
    check->add_option(
        "--data", options.data,
        "data folder of a county: which of its matters under way could move to these workflows");
    add_database_option(*check, options.database, "where that county is, if not in a data folder");
    check->callback([&] { chosen = [&] { return check_pack_folder(options); }; });
    auto* draw = pack->add_subcommand("draw", "Draw every workflow of a pack as SVG and Mermaid");
    draw->add_option("folder", options.pack, "the pack's folder")->required();
    draw->add_option("--out", options.out, "folder for the drawings, made when absent")->required();
    draw->callback([&] { chosen = [&] { return draw_pack_folder(options); }; });
}

// The columns of a table, as its form declares them.
std::string columns_of(const party::ImportForm& form) {
    std::string text = "Columns, in any order, by their Chinese or English heading (* must be there):\n";
    for (const auto& column : form.columns) {
        text += "  " + std::string(column.title) + ", " + std::string(column.name) +
                (column.required ? " *" : "") + "\n      " + std::string(column.meaning);
        if (!column.example.empty()) text += " Example: " + std::string(column.example);
        text += '\n';
    }
    return text + "docs/import.md says more.";
}

std::string keys_of_messages() {
    std::string text = "One JSON object a line, with these keys (* must be there):\n";
    for (const auto& key : matter::message_keys())
        text += "  " + std::string(key.name) + (key.required ? " *" : "") + "\n      " +
                std::string(key.meaning) + '\n';
    return text + "docs/import.md says more.";
}

CLI::App* add_import_of(CLI::App& import, const std::string& what, const std::string& text,
                        ImportOptions& options, Chosen& chosen) {
    auto* command = import.add_subcommand(what, text);
    command->add_flag("--dry-run", options.dry_run, "read and check everything, store nothing");
    add_data_options(*command, options);
    command->add_option("--packs", options.packs, "folder of the packs")->capture_default_str();
    command->add_option("--pack", options.pack, "pack that fills an empty data folder");
    command->callback([&options, &chosen, what] {
        options.what = what;
        chosen = [&options] { return import_file(options); };
    });
    return command;
}

void add_import(CLI::App& app, ImportOptions& options, Chosen& chosen) {
    auto* import = app.add_subcommand("import", "Import what a county already has")->require_subcommand(1);
    for (const auto& form : party::import_forms()) {
        auto* command =
            add_import_of(*import, std::string(form.name), std::string(form.title), options, chosen);
        auto* table = command->add_option_group("Table", "either of them");
        table->add_option("file", options.file, "CSV or XLSX to read");
        table->add_option("--template", options.form,
                          "write an empty table with one example row to this new .csv or .xlsx instead");
        table->require_option(1);
        command->footer(columns_of(form));
    }
    auto* messages = add_import_of(*import, "messages", "Residents' messages with their answers, JSON lines",
                                   options, chosen);
    messages->add_option("file", options.file, "file to read")->required();
    messages->add_option("--place", options.place, "code of the place they belong to (default: the root)");
    messages->footer(keys_of_messages());
}

void add_account(CLI::App& app, AccountOptions& options, Chosen& chosen) {
    auto* account = app.add_subcommand("account", "Accounts of staff")->require_subcommand(1);
    auto* create =
        account->add_subcommand("create", "A login for a person who holds a post; prints the first password");
    create->add_option("login", options.login, "name to sign in with")->required();
    create->add_option("--post", options.post, "the post: its id, or KIND@PLACE (name or code)")->required();
    create->add_option("--name", options.name, "the name of whoever is to hold a vacant post");
    add_data_options(*create, options);
    create->callback([&] { chosen = [&] { return create_account(options); }; });
    auto* reset = account->add_subcommand("reset", "A new password; ends the account's sessions");
    reset->add_option("login", options.login, "name to sign in with")->required();
    add_data_options(*reset, options);
    reset->callback([&] { chosen = [&] { return reset_password(options); }; });
}

void add_reports(CLI::App& app, ReportOptions& options, VerifyOptions& verify, Chosen& chosen) {
    auto* report = app.add_subcommand("report", "Figures")->require_subcommand(1);
    auto* times =
        report->add_subcommand("times", "How long closed matters took, in working and calendar days");
    add_data_options(*times, options);
    times->add_flag("--json", options.json, "machine-readable");
    times->callback([&] { chosen = [&] { return report_times(options); }; });

    auto* check = app.add_subcommand("verify", "Check a receipt offline");
    check->add_option("file", verify.file, "the receipt's file")->required();
    check->add_option("--key", verify.key, "the county's public key, base64url");
    check->callback([&] { chosen = [&] { return verify_file(verify); }; });

    auto* openapi = app.add_subcommand("openapi", "Print the OpenAPI 3.1 document of the API");
    openapi->callback([&] { chosen = [] { return print_openapi(); }; });
}

// What the engine says tells what happened; this, what to do.
const char* remedy_of(store::FaultKind kind) {
    using store::FaultKind;
    switch (kind) {
        case FaultKind::busy:
        case FaultKind::serialization:
            return "; try again when the other program is done";
        case FaultKind::full:
            return "; make room and try again";
        case FaultKind::gone:
            return "; see that it is there, that this user may use it, and that --data or --database name it";
        case FaultKind::io:
            return "; look at the disk, and put the file back from its backup if it is broken";
        case FaultKind::unique:
        case FaultKind::constraint:
        case FaultKind::schema:  // says so itself
        case FaultKind::statement:
            break;
    }
    return "";
}

ExitCode run(const Chosen& chosen) {
    try {
        return chosen();
    } catch (const Ending& ending) {
        std::cerr << "lianxin: " << ending.what() << '\n';
        return ending.code;
    } catch (const store::StoreFault& fault) {
        std::cerr << "lianxin: " << fault.what() << remedy_of(fault.kind) << '\n';
        return fault.kind == store::FaultKind::schema ? ExitCode::schema : ExitCode::fault;
    } catch (const Bug& bug) {
        std::cerr << "lianxin: this is a fault of the program, not yours: " << bug.what() << '\n';
        return ExitCode::bug;
    } catch (const std::exception& fault) {
        std::cerr << "lianxin: " << fault.what() << '\n';
        return ExitCode::fault;
    }
}

}  // namespace

ExitCode run_command_line(int argc, char** argv) {
    CLI::App app{"Lianxin: every request a resident makes has an owner, a deadline and a visible answer"};
    app.name("lianxin");
    app.require_subcommand(1);
    app.set_version_flag("--version", std::string(LIANXIN_VERSION));
    ServeOptions serve_options;
    PackOptions pack_options;
    ImportOptions import_options;
    ReportOptions report_options;
    VerifyOptions verify_options;
    AccountOptions account_options;
    Chosen chosen;
    add_serve(app, serve_options, chosen);
    add_pack(app, pack_options, chosen);
    add_import(app, import_options, chosen);
    add_account(app, account_options, chosen);
    add_reports(app, report_options, verify_options, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::RequiredError& error) {
        // The parser asks for a command before it says which word is none.
        const auto unknown = app.remaining(true);
        if (unknown.empty()) return app.exit(error) == 0 ? ExitCode::done : ExitCode::usage;
        std::cerr << "lianxin: nothing here is called " << unknown.front()
                  << "; lianxin --help lists what there is.\n";
        return ExitCode::usage;
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? ExitCode::done : ExitCode::usage;
    }
    return run(chosen);
}

}  // namespace lianxin
