#include "party/import_service.hpp"

#include <array>

#include "party/import_service_rows.hpp"
#include "party/party_store.hpp"

namespace lianxin::party {
namespace {

struct KindName {
    std::string_view name;
    ImportKind kind;
    std::initializer_list<std::string_view> needed;  // one of these headings must be there
};
const std::array<KindName, 4> kinds = {
    {{"places", ImportKind::places, {"name", "名称", "名稱", "地名"}},
     {"people", ImportKind::people, {"name", "姓名"}},
     {"households", ImportKind::households, {"name", "门牌", "門牌", "名称", "户", "戶"}},
     {"categories", ImportKind::categories, {"level1", "一级", "一级分类", "一級"}}}};

// What a dry run carries out of the transaction it rolls back.
struct OnlyJudged {
    ImportReport report;
};

}  // namespace

std::optional<ImportKind> import_kind(std::string_view name) {
    for (const auto& each : kinds) {
        if (each.name == name) return each.kind;
    }
    return {};
}

Result<ImportReport, ImportFault> import_table(County& county, const access::ActingPerson& who,
                                               ImportKind kind, std::string_view file_name,
                                               std::string_view bytes, bool dry_run) {
    const auto sheet = read_sheet(bytes);
    if (!sheet) return fail(ImportFault{std::string(code_of(sheet.error())), std::string(file_name)});
    ImportReport none;
    const auto& known = kinds[static_cast<std::size_t>(kind)];
    if (!Rows(*sheet, none).find({known.needed, true, false})) {
        return fail(ImportFault{"heading_missing", std::string(*known.needed.begin())});
    }
    std::vector<std::size_t> accepted;
    std::optional<SealedRows> sealed;
    // Judged and stored by the same code; a dry run is what a transaction would have done, rolled back.
    const auto run = [&](bool only_judge) {
        return county.database.write([&](store::Transaction& tx) -> Result<ImportReport, OnlyJudged> {
            ImportReport report;
            Rows rows(*sheet, report);
            accepted.clear();
            switch (kind) {
                case ImportKind::places:
                    import_places(tx, county, who, rows, false);
                    break;
                case ImportKind::households:
                    import_places(tx, county, who, rows, true);
                    break;
                case ImportKind::categories:
                    import_categories(tx, county, who, rows);
                    break;
                case ImportKind::people:
                    import_people(tx, county, who, rows, sealed ? &*sealed : nullptr, accepted);
                    break;
            }
            if (only_judge) return fail(OnlyJudged{std::move(report)});
            return report;
        });
    };
    if (dry_run) return run(true).error().report;
    if (kind == ImportKind::people) {
        (void)run(true);
        sealed = seal_people(county, Rows(*sheet, none), accepted);
    }
    return *run(false);
}

}  // namespace lianxin::party
