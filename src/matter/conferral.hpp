// matter/conferral.hpp — on whom a certificate is conferred. It says a person's name, so a post is named for
// it only while somebody holds it. Pure.
#pragma once

#include "matter/workflow.hpp"

namespace lianxin::matter {

// Whether whom this field names is whom a certificate of this kind is for.
[[nodiscard]] bool is_conferred_on(const Workflow& workflow, FieldIndex field);

}  // namespace lianxin::matter
