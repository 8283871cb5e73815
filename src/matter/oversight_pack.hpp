// matter/oversight_pack.hpp — a complaint about a post is owned outside that post's line: proved for every
// post at every place of a pack's territory. Where everybody who oversees stands in the line, the pack must
// say that an authority outside hears it (complaints.toml, `outside`), and may say so nowhere else.
#pragma once

#include <string>

#include "matter/lines_pack.hpp"
#include "matter/workflow_pack.hpp"
#include "pack/complaint_rules.hpp"
#include "pack/pack.hpp"
#include "pack/words.hpp"

namespace lianxin::matter {

void prove_oversight(const pack::Pack& pack, const pack::ComplaintRules& rules,
                     const place::PlacesPlan& places, const party::PostsPlan& posts,
                     pack::Findings& findings);

// Everything complaints.toml says: kinds of matter (WORKFLOW/SUBKIND) that are there, posts that are there,
// and the proof above.
void check_complaints(const pack::Pack& pack, const place::PlacesPlan& places, const party::PostsPlan& posts,
                      const DeclaredKinds& kinds, const pack::Words& words, pack::Findings& findings);

}  // namespace lianxin::matter
