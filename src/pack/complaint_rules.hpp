// pack/complaint_rules.hpp — complaints.toml: what is said against whoever holds a post.
//   kinds = ["WORKFLOW/SUBKIND"]     # may be about a post without being so by nature: the pages ask which,
//   the
//                                    #   matter is sealed and stays outside that post's line
//   outside = ["POST@PLACE_KIND"]    # posts in whose line everybody here stands who oversees: an authority
//                                    #   outside the county hears it (words problem.heard_outside say which)
// matter/oversight_pack.hpp checks it.
#pragma once

#include <string_view>
#include <vector>

#include "pack/pack.hpp"
#include "pack/reader.hpp"

namespace lianxin::pack {

struct ComplaintRules {
    std::vector<Reader::PlacedText> kinds, outside;
    [[nodiscard]] static ComplaintRules read(const Pack& pack, Findings& findings);
    [[nodiscard]] bool covers(std::string_view workflow, std::string_view subkind) const;
    [[nodiscard]] bool heard_outside(std::string_view post) const;
};

}  // namespace lianxin::pack
