// party/guide_service.hpp — the public guide to the promised services: which are offered at a place, and at
// whose desk one asks for each. What a service is stands in the pack; who promises it there stands in the
// county.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "county/county.hpp"
#include "pack/rules.hpp"
#include "party/owner_resolver_store.hpp"
#include "party/post.hpp"

namespace lianxin::party {

struct OfferedService {
    const pack::ServiceItem* item = nullptr;
    std::optional<PostView> desk;  // of the unit that promises it; nothing: the unit is no more
};

struct GuideQuery {
    std::optional<PlaceId> place;  // only what is offered there; absent: everything
    std::string q;                 // words that must all be found
    std::string after;             // name of the last one of the page before
    int limit = 50;
};
struct GuidePage {
    std::vector<OfferedService> items;
    std::string next;  // empty: the end
};

class GuideService {
 public:
    // `services` as the pack has them, in its order; both outlive the service.
    GuideService(const std::vector<pack::ServiceItem>& services, OwnerCache& owners)
        : services_(services), owners_(owners) {}

    // What a service is searched by, in the reader's language.
    using Text = std::function<std::string(const pack::ServiceItem&)>;
    [[nodiscard]] GuidePage page(County& county, const GuideQuery& query, const Text& text) const;
    // Nothing: there is no such service, or it is not offered there.
    [[nodiscard]] std::optional<OfferedService> find(County& county, std::string_view name,
                                                     std::optional<PlaceId> place) const;

 private:
    const std::vector<pack::ServiceItem>& services_;
    OwnerCache& owners_;
};

}  // namespace lianxin::party
