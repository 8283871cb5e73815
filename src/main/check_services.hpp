// main/check_services.hpp — what a pack promises and counts, held against the units, places, categories and
// kinds of matter it has.
#pragma once

#include <memory>
#include <vector>

#include "matter/workflow_pack.hpp"
#include "pack/rules.hpp"
#include "party/party_pack.hpp"
#include "place/place_pack.hpp"

namespace lianxin {

// Categories only: units belong to a territory, and a base has none.
void check_service_categories(const std::vector<pack::ServiceItem>& services,
                              const std::vector<place::PlannedCategory>& categories,
                              pack::Findings& findings);
// Whoever applies at a place comes to the desk of the unit that promises the service there.
void check_service_units(const std::vector<pack::ServiceItem>& services, const place::PlacesPlan& places,
                         const party::PostsPlan& posts, pack::Findings& findings);
// Where an application is held against the service's papers there are some.
void check_service_papers(const std::vector<pack::ServiceItem>& services,
                          const std::vector<std::shared_ptr<const matter::Workflow>>& workflows,
                          pack::Findings& findings);
// What wants more of a service's papers or steps than it lists can never be filled in.
void check_service_lists(const std::vector<pack::ServiceItem>& services,
                         const std::vector<std::shared_ptr<const matter::Workflow>>& workflows,
                         pack::Findings& findings);
void check_metric_kinds(const pack::MetricDefinitions& metrics,
                        const std::vector<std::shared_ptr<const matter::Workflow>>& workflows,
                        const matter::DeclaredKinds& kinds, const place::Kinds& places,
                        pack::Findings& findings);

}  // namespace lianxin
