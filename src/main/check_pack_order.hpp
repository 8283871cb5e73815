// main/check_pack_order.hpp — deadlines of one matter come one after the other, whatever row of the table is
// looked up: the first word before the answer, a piece before the whole.
#pragma once

#include "matter/workflow.hpp"
#include "pack/rules.hpp"

namespace lianxin {

void check_order_of(const matter::Workflow& workflow, const pack::DeadlineTable& deadlines,
                    pack::Findings& findings);

}  // namespace lianxin
