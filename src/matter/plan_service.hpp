// matter/plan_service.hpp — everything that shall become true together, prepared: entries sealed and
// committed to, rows made, messages addressed. Committing it is the minimum of prepared statements; if a
// matter went on meanwhile nothing happens.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "county/county.hpp"
#include "journal/journal.hpp"
#include "matter/matter_rows.hpp"
#include "matter/surroundings_service.hpp"
#include "measure/measure.hpp"
#include "party/party_store.hpp"
#include "store/outbox.hpp"
#include "store/stored_answer.hpp"

namespace lianxin::matter {

struct PlannedEntry {
    MatterId matter;
    std::int64_t version = 1;  // the matter's after it
    Change change;
    journal::PreparedEntry entry;
};
struct PlannedNote {
    std::optional<PostId> post;
    std::optional<PartyId> party;
    MatterId matter;
    std::string kind;
    access::Relation as = access::Relation::anyone;  // what whoever is noted is to it
};
struct PlannedDismissal {
    PostId post;
    PartyId party;
    MatterId because;
};
struct PlannedAttachment {
    std::int64_t upload = 0;
    MatterId matter;
    EntryId entry;
    Bytes sealed_key;            // the file's key under the resident's
    std::int64_t copied_as = 0;  // the same file once more, for a merged matter; 0: claimed
};

struct PlannedAppointment {
    party::Holding holding;
    std::string public_name;  // sealed so far, and public with the post; empty: public already
    MatterId because;
};

struct Plan {
    std::vector<PlannedEntry> entries;
    std::vector<store::OutgoingMessage> messages;
    std::vector<PlannedNote> notes;
    std::vector<PlannedAttachment> attachments;
    std::vector<party::Party> new_parties;
    std::vector<party::SealedContact> new_contacts;
    std::vector<PlannedAppointment> appointments;
    std::vector<measure::Measure> measures;
    std::vector<PlannedDismissal> dismissals;
    std::optional<store::AnswerKey> idempotency;
    store::StoredAnswer answer;
};

enum class CommitRefusal {
    changed_meanwhile,
    answered_before,  // the key was used: the first answer stands
    same_key_with_other_content,
    already_taken_in,  // the same imported message
    upload_gone,
    post_not_vacant,
    post_must_stay_held,
};

// The hashes of the plan's entries as they stand in their chains now, in the plan's order.
using Committed = std::vector<Digest>;
// One transaction.
[[nodiscard]] Result<Committed, CommitRefusal> commit(County& county, const Plan& plan);
// The same without waiting: `done` hears on a thread of the store that it is known how it ended, and is
// brief. What it is given tells it, or throws what went wrong below.
using CommitOutcome = std::function<Result<Committed, CommitRefusal>()>;
void commit_later(County& county, Plan plan, Instant now, std::function<void(CommitOutcome)> done);
// Inside somebody else's: several plans at once.
[[nodiscard]] Result<Committed, CommitRefusal> commit_in(store::Transaction& tx, County& county,
                                                         const Plan& plan, Instant now);

}  // namespace lianxin::matter
