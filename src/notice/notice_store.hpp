// notice/notice_store.hpp — rows of notices.
#pragma once

#include <optional>
#include <vector>

#include "notice/notice.hpp"
#include "store/transaction.hpp"

namespace lianxin::notice {

void insert_notice(store::Transaction& tx, const Notice& notice);
// The period begins anew (something material was corrected).
void restart_notice(store::Transaction& tx, NoticeId id, Instant from, Instant until);
void withdraw_notice(store::Transaction& tx, NoticeId id, Instant at);

[[nodiscard]] std::optional<Notice> find_notice(store::Transaction& tx, NoticeId id);
[[nodiscard]] std::vector<Notice> notices_about(store::Transaction& tx, const Subject& about);
// Those at the place itself, newest first; withdrawn ones only when asked.
[[nodiscard]] std::vector<Notice> notices_at(store::Transaction& tx, PlaceId place, int limit,
                                             std::optional<NoticeId> before = {}, bool withdrawn_too = false);

}  // namespace lianxin::notice
