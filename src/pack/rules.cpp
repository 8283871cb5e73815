#include "pack/rules.hpp"

#include <algorithm>
#include <set>

#include "pack/law.hpp"

namespace lianxin::pack {
namespace {

// What is told, told once.
void each_once(Reader& service, std::string_view key, Findings& findings) {
    std::set<std::string> seen;
    for (const auto& word : service.placed_texts(key))
        if (!seen.insert(word.text).second)
            findings.error(word.at, key == "steps" ? "step_twice" : "paper_twice",
                           "`" + word.text + "` stands twice", "take one of them out");
}

}  // namespace

DeadlineTable DeadlineTable::read(const Pack& pack, Findings& findings) {
    DeadlineTable table;
    auto root = pack.reader("deadlines.toml", findings);
    for (auto& urgency : root.tables())
        for (auto& subkind : urgency.tables()) {
            const auto source = subkind.text_or("source", "");
            for (const auto& clock : subkind.keys()) {
                if (clock == "source") continue;
                const auto period = period_of(subkind, clock, subkind.text(clock));
                if (period && period->amount == 0 && period->unit != calendar::Unit::minute)
                    subkind.error(clock, "deadline_is_nothing", "`" + clock + "` leaves no time",
                                  "write at least 1, or \"0min\" for what is to be done at once");
                if (period)
                    table.cells_.push_back(
                        {urgency.name(), subkind.name(), clock, *period, source, subkind.at(clock)});
            }
        }
    std::set<std::string> clocks;
    for (const auto& cell : table.cells_) clocks.insert(cell.clock);
    for (const auto& clock : clocks)
        if (table.exactly(clock, "any", ordinary_urgency) == nullptr)
            root.error("ordinary", "deadline_has_no_default",
                       "the table sets `" + clock + "` for some subkinds only", "add it to [ordinary.any]");
    return table;
}

const DeadlineTable::Cell* DeadlineTable::exactly(std::string_view clock, std::string_view subkind,
                                                  std::string_view urgency) const {
    const auto found = std::find_if(cells_.begin(), cells_.end(), [&](const Cell& c) {
        return c.clock == clock && c.subkind == subkind && c.urgency == urgency;
    });
    return found == cells_.end() ? nullptr : &*found;
}

const DeadlineTable::Cell* DeadlineTable::find(std::string_view clock, std::string_view subkind,
                                               std::string_view urgency) const {
    for (const auto row : {urgency, ordinary_urgency})
        for (const auto column : {subkind, std::string_view("any")})
            if (const auto* cell = exactly(clock, column, row)) return cell;
    return nullptr;
}

bool DeadlineTable::knows_urgency(std::string_view urgency) const {
    return std::any_of(cells_.begin(), cells_.end(), [&](const Cell& c) { return c.urgency == urgency; });
}

ScopeTable ScopeTable::read(const Pack& pack, Findings& findings) {
    ScopeTable table;
    if (pack.document("scope.toml") == nullptr) return table;
    auto root = pack.reader("scope.toml", findings);
    for (auto& kind : root.tables()) {
        table.at_.emplace(kind.name(), kind.at());
        table.kinds_.emplace(kind.name(), Codes{kind.placed_texts("solves"), kind.placed_texts("except")});
    }
    return table;
}

bool ScopeTable::covers(std::string_view post_kind, std::string_view category) const {
    const auto found = kinds_.find(post_kind);
    if (found == kinds_.end() || category.empty()) return true;
    const auto among = [&](const std::vector<Reader::PlacedText>& codes) {
        return std::any_of(codes.begin(), codes.end(), [&](const auto& code) {
            return category == code.text ||
                   (category.starts_with(code.text) && category[code.text.size()] == '.');
        });
    };
    const Codes& codes = found->second;
    return (codes.solves.empty() || among(codes.solves)) && !among(codes.except);
}

std::vector<ServiceItem> read_services(const Pack& pack, const Words& words, Findings& findings) {
    std::vector<ServiceItem> items;
    auto root = pack.reader("services.toml", findings);
    for (auto& service : root.tables("services")) {
        ServiceItem item;
        item.name = service.name();
        item.category = service.text_or("category", "");
        item.unit = service.text("unit");
        item.deadline =
            period_of(service, "deadline", service.text("deadline")).value_or(calendar::Period{1});
        if (item.deadline.amount == 0)
            service.error("deadline", "promised_at_once", "`" + item.name + "` leaves its unit no time",
                          "promise at least \"1wd\"");
        item.materials = service.texts("materials");
        item.steps = service.texts("steps");
        item.fee = service.flag("fee");
        item.at = service.at();
        if (item.steps.empty())
            service.error("steps", "service_without_steps", "`" + item.name + "` has no public procedure",
                          "list its steps: steps = [\"apply\", \"check\", …]");
        each_once(service, "materials", findings);
        each_once(service, "steps", findings);
        for (const char* sort : {"service.", "service_standard.", "service_who."})
            words.expect(sort + item.name, item.at, findings);
        if (item.fee) words.expect("service_fee." + item.name, item.at, findings);
        for (const auto& material : service.placed_texts("materials"))
            words.expect("material." + material.text, material.at, findings);
        for (const auto& step : service.placed_texts("steps"))
            words.expect("service_step." + step.text, step.at, findings);
        items.push_back(std::move(item));
    }
    return items;
}

const MetricDefinition* MetricDefinitions::find(std::string_view name) const {
    const auto found =
        std::find_if(metrics.begin(), metrics.end(), [&](const auto& metric) { return metric.name == name; });
    return found == metrics.end() ? nullptr : &*found;
}

MetricDefinitions read_metrics(const Pack& pack, const Words& words, Findings& findings) {
    MetricDefinitions definitions;
    if (pack.document("metrics.toml") == nullptr) return definitions;
    auto root = pack.reader("metrics.toml", findings);
    definitions.version = root.integer("version", 1);
    for (auto& metric : root.tables("metrics")) {
        words.expect("metric." + metric.name(), metric.at(), findings);
        definitions.metrics.push_back({metric.name(), metric.text("numerator"), metric.text("denominator"),
                                       metric.text_or("leaves_out", ""), metric.text("basis"),
                                       metric.placed_texts("of"), metric.text_or("places", ""), metric.at()});
    }
    return definitions;
}

}  // namespace lianxin::pack
