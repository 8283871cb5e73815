#include "matter/plan_service.hpp"

#include <algorithm>
#include <exception>
#include <map>
#include <memory>

#include "matter/attachment_store.hpp"
#include "matter/change_store.hpp"
#include "matter/matter_store.hpp"
#include "matter/note_store.hpp"
#include "measure/measure_store.hpp"
#include "party/party_service.hpp"

namespace lianxin::matter {

namespace {

// What others have reserved and not yet used: far more than there are threads.
constexpr std::int64_t in_flight = 1024;

}  // namespace

void Serials::reserve(County& county, int year, int count) {
    const std::scoped_lock refilling(refill_);
    {
        const std::scoped_lock lock(mutex_);
        const Block& block = blocks_[year];
        if (block.end - block.next >= count + in_flight) return;
    }
    const std::int64_t size = std::max(block_size, count + in_flight);
    const std::int64_t first =
        county.database.write([&](store::Transaction& tx) { return take_serials(tx, year, size); });
    const std::scoped_lock lock(mutex_);
    Block& block = blocks_[year];
    if (block.end != first) block.next = first;
    block.end = first + size;
}

std::int64_t Serials::next(int year) {
    const std::scoped_lock lock(mutex_);
    Block& block = blocks_[year];
    require(block.next < block.end, "serials are reserved before they are used");
    return block.next++;
}

namespace {

Result<void, CommitRefusal> check_key(store::Transaction& tx, const Plan& plan) {
    if (!plan.idempotency) return {};
    const auto known = store::find_answer(tx, *plan.idempotency);
    if (!known) return fail(CommitRefusal::same_key_with_other_content);
    if (*known) return fail(CommitRefusal::answered_before);
    return {};
}

// The last entry of every matter that goes on, asked before anything is written.
std::map<MatterId, journal::Head> heads_of(store::Transaction& tx, const Plan& plan) {
    std::map<MatterId, journal::Head> heads;
    for (const PlannedEntry& planned : plan.entries) {
        if (planned.version == 1) heads[planned.matter] = journal::new_chain;
        if (heads.contains(planned.matter)) continue;
        heads[planned.matter] = journal::head_of(tx, planned.entry.header.chain).value_or(journal::new_chain);
    }
    return heads;
}

Result<Committed, CommitRefusal> save_entries(store::Transaction& tx, const Plan& plan, Instant now,
                                              std::map<MatterId, journal::Head> heads) {
    Committed hashes;
    for (const PlannedEntry& planned : plan.entries) {
        if (planned.change.opened) {
            const auto& source = planned.change.opened->matter.source_index;
            if (source && matter_by_source(tx, *source)) return fail(CommitRefusal::already_taken_in);
        }
        if (!save_change(tx, planned.matter, planned.version, now, planned.change))
            return fail(CommitRefusal::changed_meanwhile);
        journal::Head& head = heads[planned.matter];
        const journal::Stored stored = journal::append(tx, planned.entry, now, head);
        head = stored.head();
        hashes.push_back(stored.hash);
        require(stored.header.seq == planned.version, "a matter's version is the seq of its last entry");
    }
    return hashes;
}

}  // namespace

Result<Committed, CommitRefusal> commit_in(store::Transaction& tx, County& county, const Plan& plan,
                                           Instant now) {
    if (plan.idempotency) store::announce_answer(tx, *plan.idempotency);
    for (const PlannedEntry& planned : plan.entries)
        if (planned.version > 1) journal::announce_head(tx, planned.entry.header.chain);
    if (auto refused = check_key(tx, plan); !refused) return fail(refused.error());
    auto heads = heads_of(tx, plan);
    if (!plan.new_parties.empty()) party::insert_parties(tx, plan.new_parties);
    if (!plan.new_contacts.empty()) party::save_contacts(tx, plan.new_contacts, party::Filing::as_it_came);
    auto saved = save_entries(tx, plan, now, std::move(heads));
    if (!saved) return saved;
    for (const PlannedAttachment& a : plan.attachments) {
        if (a.copied_as != 0) {
            copy_attachment(tx, a.copied_as, {a.upload, a.matter, a.entry, a.sealed_key});
            continue;
        }
        if (!claim_upload(tx, {a.upload, a.matter, a.entry, a.sealed_key}))
            return fail(CommitRefusal::upload_gone);
    }
    for (const auto& [holding, name, because] : plan.appointments) {
        if (!party::PartyService::select_in(tx, county, holding, because.text()))
            return fail(CommitRefusal::post_not_vacant);
        if (!name.empty()) party::publish_name(tx, holding.party, name);
    }
    for (const PlannedDismissal& dismissal : plan.dismissals) {
        if (!party::PartyService::dismiss_in(tx, county, dismissal.post, dismissal.party,
                                             dismissal.because.text()))
            return fail(CommitRefusal::post_must_stay_held);
    }
    for (const measure::Measure& counted : plan.measures) measure::insert_measure(tx, counted);
    for (const PlannedNote& note : plan.notes)
        insert_note(tx, {county.new_id<NoteNoun>(), note.post, note.party, note.matter, note.kind, now, {}});
    for (const store::OutgoingMessage& message : plan.messages) (void)store::enqueue(tx, message, now);
    if (plan.idempotency) store::keep_answer(tx, *plan.idempotency, plan.answer, now);
    return saved;
}

Result<Committed, CommitRefusal> commit(County& county, const Plan& plan) {
    const Instant now = county.clock.now();
    return county.database.write([&](store::Transaction& tx) { return commit_in(tx, county, plan, now); });
}

void commit_later(County& county, Plan plan, Instant now, std::function<void(CommitOutcome)> done) {
    struct Commitment {
        Plan plan;
        Instant now;
        std::optional<Result<Committed, CommitRefusal>> outcome;
    };
    auto kept = std::make_shared<Commitment>(Commitment{std::move(plan), now, {}});
    county.database.submit(
        [&county, kept](store::Transaction& tx) {
            kept->outcome = commit_in(tx, county, kept->plan, kept->now);
            return kept->outcome->has_value();
        },
        [kept, done = std::move(done)](const std::exception_ptr& fault) {
            done([kept, fault]() -> Result<Committed, CommitRefusal> {
                if (fault) std::rethrow_exception(fault);
                return std::move(*kept->outcome);
            });
        });
}

}  // namespace lianxin::matter
