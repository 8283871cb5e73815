#include <algorithm>
#include <iostream>

#include "main/commands.hpp"
#include "main/county_home.hpp"
#include "main/read_file.hpp"
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

ExitCode import_messages(const ImportOptions& options, const std::string& lines, County& county, Town& town) {
    std::optional<PlaceId> place;
    if (options.place) {
        place = find_place(county, town, *options.place);
        if (!place) {
            std::cerr << "lianxin: no place has the code " << *options.place << ".\n";
            return ExitCode::bad_input;
        }
    }
    const auto kind = kind_of_messages(town.workflows());
    if (!kind) {
        std::cerr << "lianxin: the pack declares no kind of matter that residents may start.\n";
        return ExitCode::refused;
    }
    const auto result = town.matters().import_messages(county, access::ActingPerson::engine(), lines, place,
                                                       kind->workflow, kind->subkind, options.dry_run);
    const auto& words = town.words();
    for (const auto& refusal : result.refused) {
        std::cerr << options.file.string() << ':' << refusal.line << ": "
                  << words.get_first(words.default_language(), {"import." + refusal.reason,
                                                                "problem." + refusal.reason, refusal.reason})
                  << '\n';
    }
    std::cout << (options.dry_run ? "dry run: would be taken in " : "taken in ") << result.taken_in
              << ", answered " << result.answered << ", known before " << result.known << ", refused "
              << result.refused.size() << '\n';
    return result.refused.empty() ? ExitCode::done : ExitCode::refused;
}

ExitCode import_rows(const ImportOptions& options, party::ImportKind kind, const std::string& rows,
                     County& county, const pack::Words& words) {
    const auto report = party::import_table(county, access::ActingPerson::engine(), kind,
                                            options.file.filename().string(), rows, options.dry_run);
    const auto& language = words.default_language();
    if (!report) {
        std::cerr << "lianxin: " << options.file.string() << ": "
                  << words.get(language, "import." + report.error().code)
                  << (report.error().detail.empty() ? "" : " (" + report.error().detail + ")") << '\n';
        return ExitCode::bad_input;
    }
    for (const auto& row : report->refused) {
        std::cerr << options.file.string() << ':' << row.row << ": "
                  << (row.column.empty() ? "" : row.column + ": ")
                  << words.get(language, "import." + row.reason)
                  << (row.value.empty() ? "" : " (" + row.value + ")") << ' '
                  << words.get(language, "import." + row.reason + ".remedy") << '\n';
    }
    std::cout << (options.dry_run ? "dry run: would add " : "added ") << report->added << ", unchanged "
              << report->unchanged << ", refused " << report->refused.size() << " of " << report->rows
              << " rows\n";
    return report->refused.empty() ? ExitCode::done : ExitCode::refused;
}

}  // namespace

ExitCode import_file(const ImportOptions& options) {
    const std::string text = read_file(options.file);  // before the county is opened, or made
    const SystemClock clock;
    CountyHome home({options.data, options.packs, options.database, options.pack}, clock);
    Town town(home.words(), home.title(), "");
    town.settle(home.pack(), home.county());
    if (const auto kind = party::import_kind(options.what))
        return import_rows(options, *kind, text, home.county(), home.words());
    return import_messages(options, text, home.county(), town);
}

}  // namespace lianxin
