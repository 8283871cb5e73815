// matter/filled_in_service.hpp — what somebody filled in for an action, read at the door: every field by its
// type, every file that it brings is there, and not too many of them, neither at once nor in all.
#pragma once

#include <boost/json/object.hpp>

#include "matter/form_service.hpp"
#include "matter/matter_service.hpp"
#include "store/transaction.hpp"

namespace lianxin::matter {

// What the rest of a form says wrong where some of it cannot be read, or what stands around it is wrong:
// whoever filled it in hears everything at once. What depends on the matter itself is left to its decision.
[[nodiscard]] std::vector<FieldProblem> faults_beside(const Workflow& terms, const FormReading& reading,
                                                      const std::vector<FieldIndex>& needs,
                                                      const std::vector<FieldIndex>& accepts, Day today);

// `terms`: the workflow whose fields these are. `listed`: the items of a checklist, as FormHints has it.
// `beside`: what else is wrong where something could not be read.
[[nodiscard]] Result<Form, MatterRefusal> read_filled_in(
    store::Transaction& tx, MatterId matter, const Workflow& terms, const boost::json::object& fields,
    std::function<std::vector<std::string>(FieldIndex)> listed = FormHints{}.listed,
    const std::function<std::vector<FieldProblem>(const FormReading&)>& beside = {});

}  // namespace lianxin::matter
