#include "party/import_service.hpp"

#include "party/import_service_rows.hpp"
#include "party/party_store.hpp"

namespace lianxin::party {
namespace {

// What a dry run carries out of the transaction it rolls back.
struct OnlyJudged {
    ImportReport report;
};

}  // namespace

Result<ImportReport, std::vector<ImportFault>> import_table(County& county, const access::ActingPerson& who,
                                                            ImportKind kind, std::string_view bytes,
                                                            bool dry_run, const pack::Words& words,
                                                            const std::string& language) {
    const auto sheet = read_sheet(bytes);
    if (!sheet)
        return fail(
            std::vector<ImportFault>{{std::string(code_of(sheet.error().fault)), {}, {}, sheet.error().row}});
    const auto headings = Headings::read(import_form(kind), *sheet);
    if (!headings) return fail(headings.error());
    std::vector<std::size_t> accepted;
    std::optional<SealedRows> sealed;
    // Judged and stored by the same code; a dry run is what a transaction would have done, rolled back.
    const auto run = [&](bool only_judge) {
        return county.database.write([&](store::Transaction& tx) -> Result<ImportReport, OnlyJudged> {
            ImportReport report;
            Rows rows(*sheet, *headings, report);
            const Importing importing{tx, county, who, rows, words, language};
            accepted.clear();
            switch (kind) {
                case ImportKind::places:
                    import_places(importing, false);
                    break;
                case ImportKind::households:
                    import_places(importing, true);
                    break;
                case ImportKind::categories:
                    import_categories(importing);
                    break;
                case ImportKind::people:
                    import_people(importing, sealed ? &*sealed : nullptr, accepted);
                    break;
            }
            if (only_judge) return fail(OnlyJudged{std::move(report)});
            return report;
        });
    };
    if (dry_run) return run(true).error().report;
    if (kind == ImportKind::people) {
        (void)run(true);
        ImportReport none;
        sealed = seal_people(county, Rows(*sheet, *headings, none), accepted);
    }
    return *run(false);
}

}  // namespace lianxin::party
