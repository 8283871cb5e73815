#include "pack/value.hpp"

#include <algorithm>

namespace lianxin::pack {

const Member* Table::find(std::string_view key) const {
    const auto found =
        std::find_if(members.begin(), members.end(), [&](const Member& m) { return m.key == key; });
    return found == members.end() ? nullptr : &*found;
}

Member* Table::find(std::string_view key) {
    const auto found =
        std::find_if(members.begin(), members.end(), [&](const Member& m) { return m.key == key; });
    return found == members.end() ? nullptr : &*found;
}

const char* Value::kind() const {
    static constexpr const char* kinds[] = {"a text", "a whole number", "a number", "true or false",
                                            "a date", "a list",         "a table"};
    return kinds[data.index()];
}

namespace {

constexpr std::string_view remove_key = "remove";

void take_away(Table& base, const Member& removal, Findings& findings) {
    const auto* names = std::get_if<List>(&removal.value.data);
    if (names == nullptr) {
        findings.error(removal.at, "remove_is_not_a_list", "`remove` must be a list of keys",
                       "write remove = [\"key\", …]");
        return;
    }
    for (const auto& name : *names) {
        const auto* key = std::get_if<std::string>(&name.data);
        const auto found = key == nullptr ? base.members.end()
                                          : std::find_if(base.members.begin(), base.members.end(),
                                                         [&](const Member& m) { return m.key == *key; });
        if (found != base.members.end()) {
            base.members.erase(found);
            continue;
        }
        std::vector<std::string> inherited;
        for (const auto& member : base.members) inherited.push_back(member.key);
        const auto guess = key == nullptr ? std::string() : nearest(*key, inherited);
        findings.error(name.at, "removed_key_is_not_inherited",
                       "`" + (key == nullptr ? std::string(name.kind()) : *key) +
                           "` is not inherited here, so it cannot be removed",
                       guess.empty() ? "take it out of `remove`" : "did you mean `" + guess + "`?");
    }
}

}  // namespace

Table inherit(Table base, Table over, Findings& findings) {
    // Removal comes first, so that a pack may take a table away and write its own in its place.
    if (const auto* removal = over.find(remove_key)) take_away(base, *removal, findings);
    for (auto& member : over.members) {
        if (member.key == remove_key) continue;
        auto* inherited = base.find(member.key);
        if (inherited == nullptr) {
            base.members.push_back(std::move(member));
            continue;
        }
        auto* ours = std::get_if<Table>(&member.value.data);
        auto* theirs = std::get_if<Table>(&inherited->value.data);
        if (ours != nullptr && theirs != nullptr) {
            theirs->at = ours->at;
            *theirs = inherit(std::move(*theirs), std::move(*ours), findings);
            inherited->at = member.at;
        } else {
            *inherited = std::move(member);
        }
    }
    return base;
}

}  // namespace lianxin::pack
