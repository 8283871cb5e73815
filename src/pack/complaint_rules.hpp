// pack/complaint_rules.hpp — complaints.toml:  kinds = ["WORKFLOW/SUBKIND"…]. The kinds of matter that may be
// about whoever holds a post without being about a post by nature: the pages then ask which post, and the
// matter is sealed and stays outside that post's line.
#pragma once

#include <string_view>
#include <vector>

#include "pack/pack.hpp"
#include "pack/reader.hpp"

namespace lianxin::pack {

struct ComplaintRules {
    std::vector<Reader::PlacedText> kinds;
    [[nodiscard]] static ComplaintRules read(const Pack& pack, Findings& findings);
    [[nodiscard]] bool covers(std::string_view workflow, std::string_view subkind) const;
};

}  // namespace lianxin::pack
