// pack/rules.hpp — the numbers and lists a pack fixes for every kind of matter: how long things may take,
// which services are promised with which papers, how figures are defined; what the law asks stands in
// pack/law.hpp. Files: deadlines.toml, scope.toml, services.toml, metrics.toml. They name subkinds, clocks
// and categories by word only and know no noun.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/deadline.hpp"
#include "pack/pack.hpp"
#include "pack/reader.hpp"
#include "pack/words.hpp"

namespace lianxin::pack {

// deadlines.toml:  [URGENCY.SUBKIND] CLOCK = "10wd"     SUBKIND may be `any`; URGENCY is the category's
// class.
class DeadlineTable {
 public:
    struct Cell {
        std::string urgency, subkind, clock;
        calendar::Period period;
        std::string source;  // where the figure comes from: `source` beside the clocks
        Position at;
    };
    [[nodiscard]] static DeadlineTable read(const Pack& pack, Findings& findings);
    // urgency.subkind, urgency.any, ordinary.subkind, ordinary.any: the first that sets this clock. An empty
    // urgency is ordinary. Nothing: the table does not know the clock.
    [[nodiscard]] const Cell* find(std::string_view clock, std::string_view subkind,
                                   std::string_view urgency) const;
    [[nodiscard]] const std::vector<Cell>& cells() const { return cells_; }
    [[nodiscard]] bool knows_urgency(std::string_view urgency) const;

 private:
    [[nodiscard]] const Cell* exactly(std::string_view clock, std::string_view subkind,
                                      std::string_view urgency) const;
    std::vector<Cell> cells_;
};
inline constexpr std::string_view ordinary_urgency = "ordinary";

// scope.toml:  [POST_KIND] solves = [CATEGORY…], except = [CATEGORY…]. What a kind of post may settle on the
// spot by itself; a code covers everything below it. Without `solves` everything; a kind not named may settle
// everything.
class ScopeTable {
 public:
    struct Codes {
        std::vector<Reader::PlacedText> solves, except;
    };
    [[nodiscard]] static ScopeTable read(const Pack& pack, Findings& findings);
    // A matter without a category is within everybody's scope.
    [[nodiscard]] bool covers(std::string_view post_kind, std::string_view category) const;
    [[nodiscard]] const std::map<std::string, Codes, std::less<>>& kinds() const { return kinds_; }
    [[nodiscard]] const Position& at(std::string_view post_kind) const { return at_.find(post_kind)->second; }

 private:
    std::map<std::string, Codes, std::less<>> kinds_;
    std::map<std::string, Position, std::less<>> at_;
};

// services.toml:  [services.NAME] category, unit, deadline, materials = [..], steps = [..], fee = true where
// one is taken; words: service.NAME, service_standard.NAME, service_who.NAME, service_fee.NAME of a fee,
// material.M, service_step.S
struct ServiceItem {
    std::string name;
    std::string category;  // code of a category this item serves; empty: none in particular
    std::string unit;      // the unit that promises it; key of [units]
    calendar::Period deadline;
    std::vector<std::string> materials;  // the checklist a return is held against (told once)
    std::vector<std::string> steps;      // the public procedure
    bool fee = false;                    // words say which; else it costs nothing
    Position at;
};
[[nodiscard]] std::vector<ServiceItem> read_services(const Pack& pack, const Words& words,
                                                     Findings& findings);

// metrics.toml:  version = 1, [metrics.NAME] numerator, denominator, leaves_out, basis; where it counts only
// some kinds of matter, of = ["WORKFLOW", "WORKFLOW/SUBKIND"], where it counts places, places = KIND; titles
// in words: metric.NAME
struct MetricDefinition {
    std::string name, numerator, denominator, leaves_out, basis;
    std::vector<Reader::PlacedText> of;
    std::string places;
    Position at;
};
struct MetricDefinitions {
    std::int64_t version = 0;  // a published figure records it
    std::vector<MetricDefinition> metrics;
    [[nodiscard]] const MetricDefinition* find(std::string_view name) const;
};
[[nodiscard]] MetricDefinitions read_metrics(const Pack& pack, const Words& words, Findings& findings);

}  // namespace lianxin::pack
