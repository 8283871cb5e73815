// matter/public_lines_service.hpp — how the lines come about that a notice, a page, a ballot or a
// certificate shows. A field that is personal is left out whatever was kept.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "county/county.hpp"
#include "matter/matter_rows.hpp"
#include "matter/matter_view.hpp"
#include "matter/publication.hpp"
#include "store/transaction.hpp"

namespace lianxin::matter {

// `kept`: a JSON object by what is declared; `corrected`: names in it that were put right.
void add_kept(PublicLines& said, const Workflow& workflow, const std::vector<std::string>& declared,
              const std::string& kept, const std::vector<std::string>& corrected);
// What the record says of them, up to an instant where one is given: fields that are not personal, and as
// long as they are not erased. A JSON object by what is declared.
[[nodiscard]] boost::json::object recorded(store::Transaction& tx, County& county, MatterId matter,
                                           const Workflow& workflow, const std::vector<std::string>& declared,
                                           std::optional<Instant> until = {});
// Who applied or is concerned, the post that it is about, and where, as far as declared: looked up when it
// is read, and kept nowhere.
void look_up(PublicLines& said, store::Transaction& tx, County& county, const MatterRow& row,
             const Workflow& workflow, const std::vector<std::string>& declared);
// Posts are named in public, with whoever holds them; residents never are.
void name_posts(PublicLines& said, store::Transaction& tx, Day today);

// Whom a matter answers, by name: as they are known in public, as they gave it with the matter, or as it is
// kept for them. Empty: nobody is named, or nobody can read the name any more.
[[nodiscard]] std::string name_of_answered(store::Transaction& tx, County& county, const MatterRow& matter,
                                           access::Relation whom);

}  // namespace lianxin::matter
