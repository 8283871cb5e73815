// matter/public_notice_service.hpp — notices as everybody reads them: what the record says of the matter
// behind each, by the rules of its workflow. Who applied for a post or a star stands on its notice and is
// looked up when it is read, so that nothing personal is kept in it; whoever merely asked is never named, nor
// is a field shown that is personal. What was withdrawn says nothing any more.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <vector>

#include "county/county.hpp"
#include "matter/matter_view.hpp"
#include "matter/workflows.hpp"
#include "notice/notice_service.hpp"

namespace lianxin::matter {

inline constexpr std::string_view applicant_shown = "person.name";  // in a notice's `shows`
inline constexpr std::string_view ballot_shown = "ballots.";        // ballots.NAME.result

struct PublicNotice {
    struct Line {
        std::string what;  // as declared in the notice's `shows`
        boost::json::value value;
        const FieldRule* rule = nullptr;
        bool corrected = false;
    };
    notice::Notice notice;
    std::string place_name;
    std::shared_ptr<const Workflow> rules;  // of the matter behind it
    std::string subkind;
    std::vector<Line> lines;
    Names names;
    std::string decides;  // whose post it is, "secretary@枫林村党支部"
    std::vector<std::string> holders;
    std::string phone;  // the public card of the place where it hangs
    Day last_day;
    int days_left = 0;
    std::optional<Instant>
        corrected_at;  // since when it shows what it shows; what it showed is in the record
    bool takes_objections = false;
};

[[nodiscard]] std::optional<PublicNotice> public_notice(County& county, const Workflows& workflows,
                                                        NoticeId id);
// As notice::published_at.
[[nodiscard]] std::vector<PublicNotice> public_notices(County& county, const Workflows& workflows,
                                                       std::optional<PlaceId> place, int limit,
                                                       std::optional<NoticeId> before);

}  // namespace lianxin::matter
