// An empty table with an example that this county would take: its own places, kinds and posts, and names that
// nobody has.
#include <algorithm>
#include <map>

#include "party/import_service_rows.hpp"
#include "party/party_store.hpp"
#include "place/place_service.hpp"

namespace lianxin::party {
namespace {

using Cells = std::map<std::string_view, std::string>;  // by column

class Example {
 public:
    Example(store::Transaction& tx, Day day, const pack::Words& words)
        : tx_(tx), day_(day), words_(words), root_(place::load_root(tx, day)) {
        require(root_.has_value(), "an open county has a root");
    }

    [[nodiscard]] Cells place_cells() const {
        const auto kinds = place::load_kinds(tx_);
        for (const auto& kind : kinds.all()) {
            if (kind.level == 1 || kind.household) continue;
            const std::string end = kind.suffixes.empty() ? std::string() : kind.suffixes.front();
            return {{"name", "示例" + end},
                    {"kind", title("place.kind." + kind.name, kind.name)},
                    {"parent", root_->name},
                    {"code", ""}};
        }
        return {};
    }
    // At the first vacant post there is, else a resident of the county.
    [[nodiscard]] Cells person_cells() const {
        constexpr int looked_at = 50;
        for (const auto& view : load_post_views(tx_, {root_->id, day_, true, {}, true, {}, looked_at})) {
            const auto place = place::load_place(tx_, view.post.place, day_);
            const bool elsewhere = view.post.desk || view.post.unit || view.post.station;
            if (place && !elsewhere)
                return {{"name", "示例人"},
                        {"place", path_of(*place)},
                        {"post", title("post.kind." + view.post.kind, view.post.kind)},
                        {"from", day_.text()}};
        }
        return {{"name", "示例人"}, {"place", root_->name}, {"post", ""}, {"from", ""}};
    }
    [[nodiscard]] Cells household_cells() const {
        std::optional<place::Place> lowest;
        for (auto& place : place::load_all_but_households(tx_, day_))
            if (!lowest || lowest->level < place.level) lowest = std::move(place);
        return {{"name", "示例1号"}, {"parent", path_of(*lowest)}};
    }

 private:
    [[nodiscard]] std::string title(const std::string& key, const std::string& otherwise) const {
        return words_.has(key) ? words_.get(words_.default_language(), key) : otherwise;
    }
    // From below the root on: names repeat from village to village.
    [[nodiscard]] std::string path_of(const place::Place& place) const {
        if (place.id == root_->id) return root_->name;
        std::string path;
        for (const auto& step : place::load_path(tx_, place.lineage, day_))
            if (step.id != root_->id) path += (path.empty() ? "" : "/") + step.name;
        return path;
    }

    store::Transaction& tx_;
    Day day_;
    const pack::Words& words_;
    std::optional<place::Place> root_;
};

}  // namespace

Sheet empty_form(County& county, ImportKind kind, const pack::Words& words) {
    const auto own = county.database.read([&](store::Transaction& tx) -> Cells {
        const Example example(tx, place::today(county), words);
        switch (kind) {
            case ImportKind::places:
                return example.place_cells();
            case ImportKind::people:
                return example.person_cells();
            case ImportKind::households:
                return example.household_cells();
            case ImportKind::categories:
                break;
        }
        return {};
    });
    Sheet sheet;
    Sheet::Row row{2, {}};
    for (const auto& column : import_form(kind).columns) {
        sheet.heading.emplace_back(column.title);
        const auto cell = own.find(column.name);
        row.cells.push_back(cell == own.end() ? std::string(column.example) : cell->second);
    }
    sheet.rows.push_back(std::move(row));
    return sheet;
}

}  // namespace lianxin::party
