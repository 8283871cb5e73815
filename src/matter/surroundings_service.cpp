#include "matter/surroundings_service.hpp"

namespace lianxin::matter {

std::vector<std::string> listed_for(const FieldRule& field, const pack::ServiceItem* service) {
    if (service == nullptr) return {};
    std::vector<std::string> listed;
    if (field.list_source == "service_item.materials") listed = service->materials;
    if (field.list_source == "service_item.steps") listed = service->steps;
    if (field.but_last && !listed.empty()) listed.pop_back();
    return listed;
}

}  // namespace lianxin::matter
