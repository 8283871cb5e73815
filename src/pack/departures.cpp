#include "pack/departures.hpp"

#include "base/text.hpp"

namespace lianxin::pack {
namespace {

// A word, or a mark put there to be rid of the finding, tells whoever audits it nothing.
bool is_sentence(std::string_view reason) {
    constexpr std::size_t shortest = 8;  // code points: in Chinese it says who does what
    return code_points(trim(reason)) >= shortest;
}

void read_into(std::vector<Departure>& all, const Table& table, const std::string& prefix,
               Findings& findings) {
    for (const auto& member : table.members) {
        const auto from = prefix + member.key;
        if (const auto* inner = std::get_if<Table>(&member.value.data)) {
            read_into(all, *inner, from + ".", findings);
            continue;
        }
        const auto* reason = std::get_if<std::string>(&member.value.data);
        if (reason == nullptr || !is_sentence(*reason))
            findings.error(member.at, "departure_without_reason", "no reason is given for `" + from + "`",
                           "say in a sentence why it is so here, in eight characters at least");
        else
            all.push_back({from, *reason, member.at});
    }
}

}  // namespace

std::vector<Departure> read_departures(const Pack& pack, Findings& findings) {
    std::vector<Departure> all;
    for (const auto& file : pack.files()) {
        if (file.pack != pack.manifest().name || file.path != departures_path) continue;
        Findings reported_by_the_pack;
        read_into(all, parse_toml(file.content, file.pack + "/" + file.path, reported_by_the_pack), "",
                  findings);
    }
    return all;
}

}  // namespace lianxin::pack
