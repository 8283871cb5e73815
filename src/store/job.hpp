// store/job.hpp — work to be done once, later: one table, claimed under leases like the outbox.
// Deadlines are not jobs (they are clock rows read by due time); a job is an export, a sweep, a rebuild.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/time.hpp"
#include "store/transaction.hpp"

namespace lianxin::store {

struct JobNoun;

struct Job {
    Id<JobNoun> id;
    std::string kind;
    std::string dedupe_key;  // one unfinished job per key; empty: no such limit
    Bytes payload;
    Instant due;
};
// False when an unfinished job has the same dedupe key.
bool schedule_job(Transaction& tx, const Job& job, Instant now);

struct ClaimedJob : Job {
    int attempts = 0;
    Instant lease_until;
};
// The oldest due job of this kind (of any, when empty), leased until now + lease.
[[nodiscard]] std::optional<ClaimedJob> claim_job(Transaction& tx, std::string_view kind, Instant now,
                                                  std::chrono::microseconds lease);
// The new end of the lease, to be put into the job after the commit; nothing when the lease was no longer the
// caller's.
[[nodiscard]] std::optional<Instant> extend_job(Transaction& tx, const ClaimedJob& job, Instant now,
                                                std::chrono::microseconds lease);
// Each answers whether the lease was still the caller's.
bool finish_job(Transaction& tx, const ClaimedJob& job, Instant now);
bool retry_job(Transaction& tx, const ClaimedJob& job, std::string_view reason, Instant next_try);
bool fail_job(Transaction& tx, const ClaimedJob& job, std::string_view reason, Instant now);
std::int64_t forget_finished_jobs(Transaction& tx, Instant before);

}  // namespace lianxin::store
