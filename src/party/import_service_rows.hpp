// party/import_service_rows.hpp — one table on its way in: columns found by heading, cells that explain their
// own refusal, and the count of what became of each row.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "party/import_service.hpp"
#include "party/sheet.hpp"
#include "place/place_store.hpp"

namespace lianxin::party {

// A column by any of its headings; the first is the one named in reports of what is missing.
struct Column {
    std::initializer_list<std::string_view> headings;
    bool required = false;
    bool personal = false;  // its values never appear in a report
};

class Rows {
 public:
    Rows(const Sheet& sheet, ImportReport& report) : sheet_(sheet), report_(report) {}

    // Where the column stands; refused as a whole when a required one is missing.
    [[nodiscard]] std::optional<std::size_t> find(const Column& column) const;
    [[nodiscard]] const Sheet& sheet() const { return sheet_; }
    [[nodiscard]] ImportReport& report() { return report_; }

    [[nodiscard]] std::string_view cell(const Sheet::Row& row, const Column& column) const;
    void refuse(const Sheet::Row& row, const Column& column, std::string_view reason);
    void refuse(const Sheet::Row& row, std::string_view reason);
    // A cell that is there, of proper length and without control characters; refused otherwise.
    [[nodiscard]] std::optional<std::string> text(const Sheet::Row& row, const Column& column,
                                                  std::size_t max_characters);
    // ISO text, 2024/5/6, 2024.5.6 or a spreadsheet's serial; `fallback` when empty; refused otherwise.
    [[nodiscard]] std::optional<Day> day(const Sheet::Row& row, const Column& column, Day fallback);

 private:
    const Sheet& sheet_;
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

// Each judges and stores its rows in the transaction it is given; a dry run is rolled back by the caller.
void import_places(store::Transaction& tx, County& county, const access::ActingPerson& who, Rows& rows,
                   bool households);
void import_categories(store::Transaction& tx, County& county, const access::ActingPerson& who, Rows& rows);

// People need a key each, made and used outside the transaction, for exactly the rows that will go in.
struct SealedRow {
    PartyId party;
    std::vector<struct SealedContact> contacts;
};
using SealedRows = std::unordered_map<std::size_t, SealedRow>;  // by row number
// Without `sealed`, judges only: `accepted` tells which rows would go in.
void import_people(store::Transaction& tx, County& county, const access::ActingPerson& who, Rows& rows,
                   const SealedRows* sealed, std::vector<std::size_t>& accepted);
[[nodiscard]] SealedRows seal_people(County& county, const Rows& rows,
                                     const std::vector<std::size_t>& accepted);

}  // namespace lianxin::party
