#include "notice/notice_store.hpp"

namespace lianxin::notice {

namespace {

#define NOTICE_COLUMNS                                                                                      \
    "select id, about_kind, about_id, name, place, audience, shows, from_at, until_at, period, restarted, " \
    "withdrawn_at, version, corrected from notice "

Notice read_notice(const store::Row& row) {
    Notice n;
    n.id = row.get<NoticeId>(0);
    n.about = {row.get<std::string>(1), row.get<std::int64_t>(2)};
    n.name = row.get<std::string>(3);
    n.place = row.get<PlaceId>(4);
    n.audience = row.get<std::string>(5);
    n.shows = row.get<std::string>(6);
    n.from = row.get<Instant>(7);
    n.until = row.get<Instant>(8);
    n.period = row.get<std::string>(9);
    n.restarted = row.get<int>(10);
    n.withdrawn_at = row.get<std::optional<Instant>>(11);
    n.version = row.get<std::int64_t>(12);
    n.corrected = row.get<std::optional<std::string>>(13).value_or("");
    return n;
}

std::vector<Notice> read_all(store::Rows rows) {
    std::vector<Notice> found;
    for (const store::Row row : rows) found.push_back(read_notice(row));
    return found;
}

}  // namespace

void insert_notice(store::Transaction& tx, const Notice& n) {
    tx.send(
        "insert into notice (id, about_kind, about_id, name, place, audience, shows, from_at, until_at, "
        "period, "
        "restarted, withdrawn_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        n.id, n.about.kind, n.about.id, n.name, n.place, n.audience, n.shows, n.from, n.until, n.period,
        n.restarted, n.withdrawn_at, n.version);
}

void restart_notice(store::Transaction& tx, NoticeId id, const Restart& restart) {
    tx.send(
        "update notice set from_at = $2, until_at = $3, shows = case when $4 = '' then shows else $4 end, "
        "corrected = $5, restarted = restarted + 1, version = version + 1 where id = $1",
        id, restart.from, restart.until, restart.shows, restart.corrected);
}

void withdraw_notice(store::Transaction& tx, NoticeId id, Instant at) {
    tx.send(
        "update notice set withdrawn_at = $2, version = version + 1 where id = $1 and withdrawn_at is null",
        id, at);
}

std::optional<Notice> find_notice(store::Transaction& tx, NoticeId id) {
    store::Rows rows = tx.query(NOTICE_COLUMNS "where id = $1", id);
    for (const store::Row row : rows) return read_notice(row);
    return {};
}

std::vector<Notice> notices_about(store::Transaction& tx, const Subject& about) {
    return read_all(
        tx.query(NOTICE_COLUMNS "where about_kind = $1 and about_id = $2 order by id", about.kind, about.id));
}

std::vector<Notice> notices_at(store::Transaction& tx, PlaceId place, int limit,
                               std::optional<NoticeId> before, bool withdrawn_too) {
    constexpr std::int64_t no_bound = INT64_MAX;
    return read_all(
        tx.query(NOTICE_COLUMNS
                 "where place = $1 and audience = 'public' and id < $2 and (withdrawn_at is null or $3 = 1) "
                 "order by from_at desc, id desc limit $4",
                 place, before ? before->value() : no_bound, withdrawn_too, limit));
}

}  // namespace lianxin::notice
