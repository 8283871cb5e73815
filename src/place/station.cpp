#include "place/station.hpp"

#include <algorithm>

namespace lianxin::place {

std::vector<std::string> standards_due(const StationKind& kind, const std::vector<StandardCheck>& checks,
                                       Day day) {
    constexpr int half_year_days = 183;
    std::vector<std::string> due;
    for (const auto& item : kind.standards) {
        const StandardCheck* latest = nullptr;
        for (const auto& check : checks) {
            if (check.item == item && check.day <= day && (latest == nullptr || latest->day < check.day))
                latest = &check;
        }
        if (latest == nullptr || !latest->met || day - latest->day >= half_year_days) due.push_back(item);
    }
    return due;
}

}  // namespace lianxin::place
