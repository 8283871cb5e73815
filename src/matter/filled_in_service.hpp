// matter/filled_in_service.hpp — what somebody filled in for an action, read at the door: every field by its
// type, every file that it brings is there, and not too many of them, neither at once nor in all.
#pragma once

#include <boost/json/object.hpp>

#include "matter/form_service.hpp"
#include "matter/matter_service.hpp"
#include "store/transaction.hpp"

namespace lianxin::matter {

// `terms`: the workflow whose fields these are. `listed`: the items of a checklist, as FormHints has it.
[[nodiscard]] Result<Form, MatterRefusal> read_filled_in(
    store::Transaction& tx, MatterId matter, const Workflow& terms, const boost::json::object& fields,
    std::function<std::vector<std::string>(FieldIndex)> listed = FormHints{}.listed);

}  // namespace lianxin::matter
