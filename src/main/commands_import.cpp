#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "main/commands.hpp"
#include "main/county_home.hpp"
#include "main/read_file.hpp"
#include "main/terminal_language.hpp"
#include "main/town.hpp"
#include "matter/route.hpp"
#include "party/import_service.hpp"

namespace lianxin {
namespace {

// A division code or the code on a place's plate.
std::optional<PlaceId> find_place(County& county, Town& town, const std::string& code) {
    const auto by_division = county.database.read([&](store::Transaction& tx) {
        return tx.value<PlaceId>("select place from place_span where code = $1 and until_day = '9999-12-31'",
                                 code);
    });
    if (by_division) return by_division;
    const auto plate = town.places().by_code(county, access::ActingPerson::engine(), code);
    if (!plate) return {};
    return plate->place.place.id;
}

// The kind of matter residents may start; a message of no declared kind goes in as its first subkind.
struct MessageKind {
    std::string workflow, subkind;
};
// A kind residents start and an answer alone can close; of several, what people come for every day.
std::optional<MessageKind> kind_of_messages(const matter::Workflows& workflows) {
    std::optional<MessageKind> kind;
    for (const auto& workflow : workflows.all_current()) {
        const bool asked = workflow->open_to_residents && !workflow->subkinds.empty() &&
                           workflow->answer_to == access::Relation::reporter && workflow->about.empty();
        if (!asked || !matter::route_to_closed(*workflow, workflow->matter().start.to, {"no_photo"}))
            continue;
        const bool every_day =
            std::any_of(workflow->clocks.begin(), workflow->clocks.end(),
                        [](const auto& clock) { return clock.limit == matter::ClockLimit::table; });
        if (every_day || !kind) kind = MessageKind{workflow->name, workflow->subkinds.front()};
        if (every_day) return kind;
    }
    return kind;
}

// The words of a refusal, wherever they stand, with what to do; all in one language, the terminal's.
std::string told(const pack::Words& words, const std::string& reason, pack::Words::Filling values) {
    const auto language = terminal_language(words);
    for (const auto* shelf : {"import.", "fault.", "problem."}) {
        if (!words.has(shelf + reason)) continue;
        const std::string remedy = words.has("import." + reason + ".remedy") ? reason : "refused";
        return words.fill(language, shelf + reason, values) + words.get(language, "import.then") +
               words.fill(language, "import." + remedy + ".remedy", values);
    }
    return reason;
}

std::string summed_up(const pack::Words& words, const std::string& what, pack::Words::Filling values) {
    return words.fill(terminal_language(words), "import." + what, values) + "\n";
}

ExitCode import_messages(const ImportOptions& options, const std::string& lines, County& county, Town& town) {
    std::optional<PlaceId> place;
    if (options.place) {
        place = find_place(county, town, *options.place);
        if (!place) {
            std::cerr << "lianxin: " << told(town.words(), "code_unknown", {{"code", *options.place}})
                      << '\n';
            return ExitCode::bad_input;
        }
    }
    const auto kind = kind_of_messages(town.workflows());
    if (!kind) {
        std::cerr << "lianxin: " << told(town.words(), "nothing_to_start", {}) << '\n';
        return ExitCode::refused;
    }
    const auto result = town.matters().import_messages(county, access::ActingPerson::engine(), lines, place,
                                                       kind->workflow, kind->subkind, options.dry_run);
    for (const auto* untaken : {&result.refused, &result.differing})
        for (const auto& line : *untaken)
            std::cerr << options.file.string() << ':' << line.line << ": "
                      << (line.key.empty() ? "" : line.key + ": ")
                      << told(town.words(), line.reason, {{"limit", line.limit}}) << '\n';
    std::cout << summed_up(town.words(), options.dry_run ? "messages_tried" : "messages_done",
                           {{"new", std::to_string(result.taken_in)},
                            {"answered", std::to_string(result.answered)},
                            {"known", std::to_string(result.known)},
                            {"refused", std::to_string(result.refused.size())}});
    if (!result.differing.empty())
        std::cout << summed_up(town.words(), "messages_differing",
                               {{"differing", std::to_string(result.differing.size())}});
    return result.refused.empty() && result.differing.empty() ? ExitCode::done : ExitCode::refused;
}

ExitCode import_rows(const ImportOptions& options, party::ImportKind kind, const std::string& rows,
                     County& county, const pack::Words& words) {
    // Whoever called it a workbook did not mean a text.
    if (options.file.extension() == ".xlsx" && !party::is_workbook(rows)) {
        std::cerr << "lianxin: " << options.file.string() << ": " << told(words, "not_a_workbook", {})
                  << '\n';
        return ExitCode::bad_input;
    }
    const auto report = party::import_table(county, access::ActingPerson::engine(), kind, rows,
                                            options.dry_run, words, terminal_language(words));
    if (!report) {
        for (const auto& fault : report.error())
            std::cerr << "lianxin: " << options.file.string() << ':'
                      << (fault.row == 0 ? "" : std::to_string(fault.row) + ":") << ' '
                      << told(
                             words, fault.code,
                             {{"heading", fault.heading}, {"nearest", fault.nearest}, {"kind", options.what}})
                      << '\n';
        return ExitCode::bad_input;
    }
    for (const auto& row : report->refused) {
        std::cerr << options.file.string() << ':' << row.row << ": "
                  << (row.column.empty() ? "" : row.column + ": ")
                  << (row.value.empty() ? "" : "“" + row.value + "” ")
                  << told(words, row.reason, {{"limit", row.limit}}) << '\n';
    }
    std::cout << summed_up(words, options.dry_run ? "rows_tried" : "rows_done",
                           {{"new", std::to_string(report->added)},
                            {"known", std::to_string(report->unchanged)},
                            {"refused", std::to_string(report->refused.size())},
                            {"all", std::to_string(report->rows)}});
    return report->refused.empty() ? ExitCode::done : ExitCode::refused;
}

// Nobody's table is written over.
void write_new_file(const std::filesystem::path& path, const std::string& bytes) {
    std::error_code error;
    if (std::filesystem::exists(path, error))
        throw Ending(ExitCode::refused, path.string() + " is there already; name another file.");
    std::ofstream file(path, std::ios::binary);
    file << bytes;
    if (!file.flush())
        throw Ending(ExitCode::fault, path.string() +
                                          " cannot be written; see that its folder is there, may be written "
                                          "to and has room.");
}

ExitCode write_form(const ImportOptions& options, party::ImportKind kind) {
    const auto extension = options.form.extension();
    if (extension != ".csv" && extension != ".xlsx")
        throw Ending(ExitCode::usage, "--template: give a file that ends in .csv or .xlsx.");
    const SystemClock clock;
    CountyHome home({options.data, {}, options.database, {}}, clock);
    const auto form = party::empty_form(home.county(), kind, home.words());
    write_new_file(options.form, extension == ".csv" ? party::write_csv(form) : party::write_xlsx(form));
    std::cout << options.form.string() << ": the columns of " << options.what
              << " and one example row; take the row out before you import yours\n";
    return ExitCode::done;
}

}  // namespace

ExitCode import_file(const ImportOptions& options) {
    const auto kind = party::import_kind(options.what);
    if (!options.form.empty()) return write_form(options, kind.value());
    const std::string text = read_file(options.file);  // before the county is opened, or made
    const SystemClock clock;
    CountyHome home({options.data, options.packs, options.database, options.pack}, clock);
    Town town(home.words(), home.title(), "");
    town.settle(home.pack(), home.county());
    if (kind) return import_rows(options, *kind, text, home.county(), home.words());
    return import_messages(options, text, home.county(), town);
}

}  // namespace lianxin
