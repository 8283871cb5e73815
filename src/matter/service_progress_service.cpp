#include "matter/service_progress_service.hpp"

#include <algorithm>

namespace lianxin::matter {
namespace {

void mark(std::vector<ServiceView::Item>& items, const boost::json::value& named, bool done) {
    const auto* list = named.if_array();
    if (list == nullptr) return;
    for (ServiceView::Item& item : items)
        if (std::any_of(list->begin(), list->end(), [&](const boost::json::value& one) {
                return one.is_string() && one.get_string() == item.name;
            }))
            item.done = done;
}

}  // namespace

std::optional<ServiceView> service_view(const pack::ServiceItem* service) {
    if (service == nullptr) return {};
    ServiceView view{service->name, service->deadline, {}, {}};
    for (const auto& step : service->steps) view.steps.push_back({step, false});
    for (const auto& material : service->materials) view.materials.push_back({material, false});
    return view;
}

void mark_service(MatterView& view) {
    if (!view.service) return;
    if (!view.service->steps.empty()) view.service->steps.front().done = true;
    for (const EntryView& entry : view.timeline) {
        for (const FieldView& field : entry.fields) {
            if (field.rule == nullptr) continue;
            if (field.rule->list_source == "service_item.steps") mark(view.service->steps, field.value, true);
            if (field.rule->list_source == "service_item.materials")
                mark(view.service->materials, field.value, !field.rule->once);
        }
    }
}

}  // namespace lianxin::matter
