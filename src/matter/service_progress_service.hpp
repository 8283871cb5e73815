// matter/service_progress_service.hpp — how far the service applied for has come: the steps somebody noted as
// taken and the papers handed in, read from the timeline's own forms. What is asked for again is no longer in
// hand.
#pragma once

#include "matter/matter_view.hpp"
#include "pack/rules.hpp"

namespace lianxin::matter {

// Nothing where no service was chosen.
[[nodiscard]] std::optional<ServiceView> service_view(const pack::ServiceItem* service);
// From the entries in order; whoever applied has taken the first step.
void mark_service(MatterView& view);

}  // namespace lianxin::matter
