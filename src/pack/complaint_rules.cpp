#include "pack/complaint_rules.hpp"

#include <algorithm>
#include <string>

namespace lianxin::pack {

ComplaintRules ComplaintRules::read(const Pack& pack, Findings& findings) {
    if (pack.document("complaints.toml") == nullptr) return {};
    return {pack.reader("complaints.toml", findings).placed_texts("kinds")};
}

bool ComplaintRules::covers(std::string_view workflow, std::string_view subkind) const {
    const std::string asked = std::string(workflow) + "/" + std::string(subkind);
    return std::any_of(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.text == asked; });
}

}  // namespace lianxin::pack
