// notice/notice_service.hpp — reading what is published; everybody may.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "county/county.hpp"
#include "notice/notice.hpp"

namespace lianxin::notice {

struct NoticeView {
    Notice notice;
    std::string place_name;
};

// At the place, or at the root where none is named; newest first, at most `limit`, older than `before`.
[[nodiscard]] std::vector<NoticeView> published_at(County& county, std::optional<PlaceId> place, int limit,
                                                   std::optional<NoticeId> before);
[[nodiscard]] std::optional<NoticeView> published(County& county, NoticeId id);

}  // namespace lianxin::notice
