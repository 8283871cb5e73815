// matter/publication_service.hpp — the public page of a matter that was published: where it stands, and what
// its workflow lets it show, as publishing acts said it. Never who asked, and nothing personal; whoever may
// read nothing of the matter reads this.
#pragma once

#include "county/county.hpp"
#include "matter/public_lines_service.hpp"
#include "matter/publication_store.hpp"
#include "matter/workflows.hpp"

namespace lianxin::matter {

struct PublicMatter {
    PublicationRow row;
    WorkflowPtr rules;  // of the matter
    PublicLines said;
};

// Nothing where it is not published, was taken back, or is of a kind or subkind that has no page.
[[nodiscard]] std::optional<PublicMatter> public_matter(store::Transaction& tx, County& county,
                                                        const Workflows& workflows, MatterId id);

}  // namespace lianxin::matter
