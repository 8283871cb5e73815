#include "matter/surroundings_service.hpp"

namespace lianxin::matter {

std::vector<std::string> listed_for(const FieldRule& field, const pack::ServiceItem* service) {
    if (service == nullptr) return {};
    if (field.list_source == "service_item.materials") return service->materials;
    if (field.list_source == "service_item.steps") return service->steps;
    return {};
}

}  // namespace lianxin::matter
