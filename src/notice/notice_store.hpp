// notice/notice_store.hpp — rows of notices.
#pragma once

#include <optional>
#include <vector>

#include "notice/notice.hpp"
#include "store/transaction.hpp"

namespace lianxin::notice {

void insert_notice(store::Transaction& tx, const Notice& notice);
// The period begins anew, since something material was corrected: what it shows takes the place of what it
// showed; empty: as before.
struct Restart {
    Instant from, until;
    std::string shows;
    std::string corrected;
};
void restart_notice(store::Transaction& tx, NoticeId id, const Restart& restart);
void withdraw_notice(store::Transaction& tx, NoticeId id, Instant at);

[[nodiscard]] std::optional<Notice> find_notice(store::Transaction& tx, NoticeId id);
[[nodiscard]] std::vector<Notice> notices_about(store::Transaction& tx, const Subject& about);
// Those at the place itself, newest first; withdrawn ones only when asked.
[[nodiscard]] std::vector<Notice> notices_at(store::Transaction& tx, PlaceId place, int limit,
                                             std::optional<NoticeId> before = {}, bool withdrawn_too = false);

}  // namespace lianxin::notice
