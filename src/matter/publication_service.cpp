#include "matter/publication_service.hpp"

#include "matter/publication.hpp"

namespace lianxin::matter {

std::optional<PublicMatter> public_matter(store::Transaction& tx, County& county, const Workflows& workflows,
                                          MatterId id) {
    auto row = find_publication(tx, id);
    if (!row) return {};
    PublicMatter matter{std::move(*row), {}, {}};
    matter.rules = workflows.by_hash(matter.row.workflow_hash);
    if (!matter.rules) return {};
    // What the pack keeps to itself today is not public under an older version either.
    const WorkflowPtr today = workflows.current(matter.rules->name);
    if (!has_page(*matter.rules, matter.row.subkind) ||
        (today && listing_of(*today, matter.row.subkind) == Listing::never))
        return {};
    add_kept(matter.said, *matter.rules, matter.rules->shows, matter.row.shows, {});
    name_posts(matter.said, tx, county.zone.day_of(county.clock.now()));
    return matter;
}

}  // namespace lianxin::matter
