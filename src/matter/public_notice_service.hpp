// matter/public_notice_service.hpp — notices as everybody reads them: what the record says of the matter
// behind each, by the rules of its workflow. Who applied for a post or a star, and the place of what was
// applied for, stand on its notice and are looked up when it is read, so that nothing personal is kept in it;
// whoever merely asked is never named, nor is a door or a field that is personal. What was withdrawn says
// nothing any more.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "county/county.hpp"
#include "matter/public_lines_service.hpp"
#include "matter/surroundings_service.hpp"
#include "notice/notice_service.hpp"

namespace lianxin::matter {

struct PublicNotice {
    notice::Notice notice;
    std::string place_name;
    std::shared_ptr<const Workflow> rules;  // of the matter behind it
    std::string subkind;
    PublicLines said;
    std::string hears;  // the post an objection goes to, "oversight@枫林镇"; empty: none can be made
    std::vector<std::string> holders;
    std::string phone;  // the public card of the place where it hangs
    Day last_day;
    int days_left = 0;
    std::optional<Instant>
        corrected_at;  // since when it shows what it shows; what it showed is in the record
    bool takes_objections = false;
};

[[nodiscard]] std::optional<PublicNotice> public_notice(County& county, const Surroundings& around,
                                                        NoticeId id);
// As notice::published_at.
[[nodiscard]] std::vector<PublicNotice> public_notices(County& county, const Surroundings& around,
                                                       std::optional<PlaceId> place, int limit,
                                                       std::optional<NoticeId> before);

}  // namespace lianxin::matter
