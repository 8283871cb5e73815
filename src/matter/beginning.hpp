// matter/beginning.hpp — who may begin a matter of a kind, as far as it can be said before anybody knows
// where: what pages offer. The decision itself is made when it is begun. Pure.
#pragma once

#include <optional>

#include "access/access.hpp"
#include "matter/workflow.hpp"

namespace lianxin::matter {

struct Beginning {
    bool for_oneself = false;  // whoever asks, for themselves
    bool for_others = false;   // the office, for whoever came or of its own accord
};
[[nodiscard]] Beginning beginning_of(const Workflow& workflow, const access::ActingPerson& who);

// What whoever asks is to it: reporter, applicant, a party to it; nothing: it has nobody who asks, the office
// begins it of its own accord.
[[nodiscard]] std::optional<access::Relation> asker_in(const Workflow& workflow);

// Whether whoever asks is whom the workflow answers. A party may be somebody else, whom the form names or the
// post is held by.
[[nodiscard]] bool asker_is_answered(const Workflow& workflow);

}  // namespace lianxin::matter
