#include "pack/complaint_rules.hpp"

#include <algorithm>
#include <string>

namespace lianxin::pack {

ComplaintRules ComplaintRules::read(const Pack& pack, Findings& findings) {
    if (pack.document("complaints.toml") == nullptr) return {};
    Reader rules = pack.reader("complaints.toml", findings);
    return {rules.placed_texts("kinds"), rules.placed_texts("outside")};
}

bool ComplaintRules::covers(std::string_view workflow, std::string_view subkind) const {
    const std::string asked = std::string(workflow) + "/" + std::string(subkind);
    return std::any_of(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.text == asked; });
}

bool ComplaintRules::heard_outside(std::string_view post) const {
    return std::any_of(outside.begin(), outside.end(), [&](const auto& each) { return each.text == post; });
}

}  // namespace lianxin::pack
