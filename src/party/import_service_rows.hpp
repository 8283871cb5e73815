// party/import_service_rows.hpp — one table on its way in: columns found by the headings its form declares,
// cells that explain their own refusal, and the count of what became of each row.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "party/import_service.hpp"
#include "place/place_store.hpp"

namespace lianxin::party {

// Where each declared column stands in a sheet, or everything that is wrong with its headings.
class Headings {
 public:
    [[nodiscard]] static Result<Headings, std::vector<ImportFault>> read(const ImportForm& form,
                                                                         const Sheet& sheet);
    [[nodiscard]] std::optional<std::size_t> at(const ImportColumn& column) const;
    [[nodiscard]] const ImportForm& form() const { return *form_; }

 private:
    explicit Headings(const ImportForm& form) : form_(&form), at_(form.columns.size()) {}
    const ImportForm* form_;
    std::vector<std::optional<std::size_t>> at_;  // as the form orders them
};

class Rows {
 public:
    Rows(const Sheet& sheet, const Headings& headings, ImportReport& report)
        : sheet_(sheet), headings_(headings), report_(report) {}

    [[nodiscard]] const Sheet& sheet() const { return sheet_; }
    [[nodiscard]] ImportReport& report() { return report_; }

    // Columns by their English names; they must be declared.
    [[nodiscard]] std::string_view cell(const Sheet::Row& row, std::string_view column) const;
    void refuse(const Sheet::Row& row, std::string_view column, std::string_view reason,
                std::string limit = {});
    void refuse(const Sheet::Row& row, std::string_view reason);
    // A cell that is there, of proper length and without control characters; refused otherwise.
    [[nodiscard]] std::optional<std::string> text(const Sheet::Row& row, std::string_view column);
    // ISO text, 2024/5/6, 2024.5.6 or a spreadsheet's serial; `fallback` when empty; refused otherwise.
    [[nodiscard]] std::optional<Day> day(const Sheet::Row& row, std::string_view column, Day fallback);

 private:
    const Sheet& sheet_;
    const Headings& headings_;
    ImportReport& report_;
};

// Finds the place a cell means: a division code, a path "大瑶镇/南阳村" from the root or below it, or a name
// that is the only one of its kind. Remembers what it has found and what this import adds.
class PlaceFinder {
 public:
    PlaceFinder(store::Transaction& tx, Day day);
    struct Found {
        const place::Place* place = nullptr;
        std::string_view refusal;  // place_unknown, place_ambiguous
    };
    [[nodiscard]] Found find(std::string_view text);
    [[nodiscard]] const place::Place* root() const { return root_; }
    [[nodiscard]] std::optional<PlaceId> child(PlaceId parent, const std::string& name);
    [[nodiscard]] const place::Place* by_id(PlaceId id);
    const place::Place& add(place::Place place);
    [[nodiscard]] const place::Kinds& kinds() const { return kinds_; }
    // What stands directly below, households left out.
    [[nodiscard]] std::string places_below(PlaceId parent);

 private:
    using Names = std::unordered_map<std::string, PlaceId>;
    [[nodiscard]] Names& children_of(PlaceId parent);

    store::Transaction& tx_;
    Day day_;
    place::Kinds kinds_;
    std::unordered_map<PlaceId, place::Place> places_;
    std::unordered_map<PlaceId, Names> children_;
    std::unordered_multimap<std::string, PlaceId> by_name_;  // all but households
    std::unordered_map<std::string, Found> answered_;
    const place::Place* root_ = nullptr;
};

// "枫林组、荷塘组 …": the first few.
[[nodiscard]] std::string listed(std::vector<std::string> names);

// What an import works with: one transaction, who asks, the rows and what things are called here.
struct Importing {
    store::Transaction& tx;
    County& county;
    const access::ActingPerson& who;
    Rows& rows;
    const pack::Words& words;
    const std::string& language;  // what is told back is told in it; empty: the pack's own
    // Whether people call `key` that, in any language of the pack.
    [[nodiscard]] bool is_called(const std::string& key, std::string_view text) const;
    [[nodiscard]] std::string title(const std::string& key, const std::string& otherwise) const;
};

// Each judges and stores its rows in the transaction it is given; a dry run is rolled back by the caller.
void import_places(const Importing& importing, bool households);
void import_categories(const Importing& importing);

// People need a key each, made and used outside the transaction, for exactly the rows that will go in.
struct SealedRow {
    PartyId party;
    std::vector<struct SealedContact> contacts;
};
using SealedRows = std::unordered_map<std::size_t, SealedRow>;  // by row number
// Without `sealed`, judges only: `accepted` tells which rows would go in.
void import_people(const Importing& importing, const SealedRows* sealed, std::vector<std::size_t>& accepted);
[[nodiscard]] SealedRows seal_people(County& county, const Rows& rows,
                                     const std::vector<std::size_t>& accepted);

}  // namespace lianxin::party
