#include "store/job.hpp"

namespace lianxin::store {

namespace {

constexpr std::string_view claim_sqlite =
    "update job set lease_until = $1, attempts = attempts + 1 where id = ("
    " select id from job where state = 'waiting' and due <= $2 and (lease_until is null or lease_until <= $2)"
    " and ($3 = '' or kind = $3) order by due, id limit 1)"
    " returning id, kind, dedupe_key, payload, due, attempts";
constexpr std::string_view claim_postgresql =
    "update job set lease_until = $1, attempts = attempts + 1 where id = ("
    " select id from job where state = 'waiting' and due <= $2 and (lease_until is null or lease_until <= $2)"
    " and ($3 = '' or kind = $3) order by due, id limit 1 for update skip locked)"
    " returning id, kind, dedupe_key, payload, due, attempts";

bool settle(Transaction& tx, const ClaimedJob& job, std::string_view state,
            std::optional<std::string_view> reason, Instant now) {
    return tx.execute(
               "update job set state = $3, last_error = $4, settled = $5, lease_until = null "
               "where id = $1 and lease_until = $2 and state = 'waiting'",
               job.id, job.lease_until, state, reason, now) == 1;
}

}  // namespace

bool schedule_job(Transaction& tx, const Job& job, Instant now) {
    std::optional<std::string_view> dedupe_key;
    if (!job.dedupe_key.empty()) dedupe_key = job.dedupe_key;
    return tx.execute(
               "insert into job (id, kind, dedupe_key, payload, due, created) values ($1, $2, $3, $4, $5, "
               "$6) "
               "on conflict (dedupe_key) where dedupe_key is not null and state = 'waiting' do nothing",
               job.id, job.kind, dedupe_key, job.payload, job.due, now) == 1;
}

std::optional<ClaimedJob> claim_job(Transaction& tx, std::string_view kind, Instant now,
                                    std::chrono::microseconds lease) {
    const Instant until = now + lease;
    const std::string_view sql = tx.dialect() == Dialect::sqlite ? claim_sqlite : claim_postgresql;
    std::optional<ClaimedJob> claimed;
    for (const Row row : tx.query(sql, until, now, kind)) {
        claimed.emplace();
        claimed->id = row.get<Id<JobNoun>>(0);
        claimed->kind = row.get<std::string>(1);
        claimed->dedupe_key = row.get<std::optional<std::string>>(2).value_or("");
        claimed->payload = row.get<Bytes>(3);
        claimed->due = row.get<Instant>(4);
        claimed->attempts = row.get<int>(5);
        claimed->lease_until = until;
    }
    return claimed;
}

std::optional<Instant> extend_job(Transaction& tx, const ClaimedJob& job, Instant now,
                                  std::chrono::microseconds lease) {
    const Instant until = now + lease;
    if (tx.execute("update job set lease_until = $3 where id = $1 and lease_until = $2 and state = 'waiting'",
                   job.id, job.lease_until, until) != 1)
        return {};
    return until;
}

bool finish_job(Transaction& tx, const ClaimedJob& job, Instant now) {
    return settle(tx, job, "done", {}, now);
}

bool fail_job(Transaction& tx, const ClaimedJob& job, std::string_view reason, Instant now) {
    return settle(tx, job, "failed", reason, now);
}

bool retry_job(Transaction& tx, const ClaimedJob& job, std::string_view reason, Instant next_try) {
    return tx.execute(
               "update job set last_error = $3, due = $4, lease_until = null "
               "where id = $1 and lease_until = $2 and state = 'waiting'",
               job.id, job.lease_until, reason, next_try) == 1;
}

std::int64_t forget_finished_jobs(Transaction& tx, Instant before) {
    return tx.execute("delete from job where state <> 'waiting' and settled < $1", before);
}

}  // namespace lianxin::store
