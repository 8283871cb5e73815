#include <algorithm>
#include <set>

#include "main/check_pack_departures.hpp"
#include "main/loosened.hpp"
#include "pack/built_on.hpp"
#include "pack/departures.hpp"

namespace lianxin {
namespace {

bool is_a_rule(std::string_view path) {
    return !path.starts_with("words/");
}

}  // namespace

void check_departures(const pack::Pack& pack, pack::Findings& findings) {
    const auto base = pack::built_on(pack, is_a_rule);
    const auto declared = pack::read_departures(pack, findings);
    std::set<std::string> found;
    for (const auto& each : base ? loosened(*base, pack) : std::vector<Loosened>()) {
        const auto address = each.address();
        found.insert(address);
        if (std::any_of(declared.begin(), declared.end(),
                        [&](const pack::Departure& departure) { return departure.from == address; }))
            continue;
        findings.error(pack::said_at(pack, each.document, each.path), "protection_taken_away",
                       each.document + ": " + each.what + ", unlike in `" + base->manifest().name + "`",
                       "keep it as it is there, or say why it is otherwise here in departures.toml: \"" +
                           address + "\" = \"…\"");
    }
    for (const auto& departure : declared)
        if (!found.contains(departure.from))
            findings.error(departure.at, "departs_from_nothing",
                           "`" + departure.from + "` gives no less here than where it comes from",
                           "take it out, or name what differs: DOCUMENT.KEY.….WORD");
}

std::vector<std::string> departures_of(const std::filesystem::path& folder) {
    pack::Findings findings;
    std::vector<std::string> lines;
    const auto pack = pack::load_pack(folder, findings);
    if (pack)
        for (const auto& departure : pack::read_departures(*pack, findings))
            lines.push_back(departure.from + ": " + departure.reason);
    return lines;
}

}  // namespace lianxin
