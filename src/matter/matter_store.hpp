// matter/matter_store.hpp — reading the projection of one matter: its row, its parts, clocks, holds and
// counts, as a state to decide from; and turning a decision back into rows. Names stand in the tables,
// numbers in a decision.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "matter/decide.hpp"
#include "matter/matter_rows.hpp"
#include "store/transaction.hpp"

namespace lianxin::matter {

struct LoadedMatter {
    MatterRow row;
    Milestones milestones;
};

// Nobody else changes the matter until the transaction ends. SQLite has one writer anyway.
void lock_matter(store::Transaction& tx, MatterId id);
// A hint to the engine: all that is loaded of this matter below is asked next.
void announce_matter(store::Transaction& tx, MatterId id);
void announce_children(store::Transaction& tx, MatterId id);
[[nodiscard]] std::optional<LoadedMatter> load_matter(store::Transaction& tx, MatterId id);
// By MatterRow::serial; those stored before there were serials by the number itself.
[[nodiscard]] std::optional<MatterId> matter_by_serial(store::Transaction& tx, std::int64_t serial);
[[nodiscard]] std::optional<MatterId> matter_without_serial(store::Transaction& tx, std::string_view number);
[[nodiscard]] std::optional<MatterId> matter_by_source(store::Transaction& tx, const Digest& source_index);
[[nodiscard]] place::Lineage load_lineage_of(store::Transaction& tx, MatterId id);

[[nodiscard]] std::vector<PartRow> load_parts(store::Transaction& tx, MatterId id);
[[nodiscard]] std::vector<ClockRow> load_clocks(store::Transaction& tx, MatterId id);
[[nodiscard]] std::vector<InvolvedRow> load_involved(store::Transaction& tx, MatterId id);
[[nodiscard]] std::vector<RatingRow> load_ratings(store::Transaction& tx, MatterId id);

// The state as decisions know it. Throws Fault when the rows name something the workflow does not have.
[[nodiscard]] MatterState load_state(store::Transaction& tx, const LoadedMatter& matter,
                                     const Workflow& workflow, const std::vector<RatingRow>& ratings);

[[nodiscard]] std::vector<NoticeFact> load_notice_facts(store::Transaction& tx, MatterId id,
                                                        const Workflow& workflow);
// Counts of open ballots are the votes cast so far.
[[nodiscard]] std::vector<BallotFact> load_ballot_facts(store::Transaction& tx, MatterId id,
                                                        const Workflow& workflow);
// Those that were merged into this one, and what stands beside it.
[[nodiscard]] std::vector<MatterId> merged_from(store::Transaction& tx, MatterId id);
[[nodiscard]] std::vector<LinkRow> load_links(store::Transaction& tx, MatterId id);
// Matters about this one, or about a notice of it.
[[nodiscard]] std::vector<ChildFact> load_children(store::Transaction& tx, MatterId id);

// What has changed since a version was seen has another.
[[nodiscard]] std::optional<std::int64_t> version_of(store::Transaction& tx, MatterId matter);

// Clocks whose engine action is due, oldest first: which matter, and since when.
struct DueClock {
    MatterId matter;
    Instant wakes;
};
[[nodiscard]] std::vector<DueClock> due_clocks(store::Transaction& tx, Instant now, int limit);

// They act no earlier than `until`.
void postpone_clocks(store::Transaction& tx, MatterId matter, Instant due_before, Instant until);
// Matters with live clocks that were counted by another version of the calendar, by id.
[[nodiscard]] std::vector<MatterId> matters_counted_otherwise(store::Transaction& tx,
                                                              std::string_view calendar_version,
                                                              MatterId after, int limit);
// Matters under way that stand elsewhere than their place does in the tree of that day, by id.
[[nodiscard]] std::vector<MatterId> matters_left_behind(store::Transaction& tx, Day day, MatterId after,
                                                        int limit);
// The version of the tree they have all followed.
[[nodiscard]] std::int64_t followed_tree(store::Transaction& tx);
void note_followed_tree(store::Transaction& tx, std::int64_t version);

// Serials of a year, `count` at once; nobody else gets them. Called outside the transactions that use them.
[[nodiscard]] std::int64_t take_serials(store::Transaction& tx, int year, std::int64_t count);

// Whoever was in the electorate of a ballot of this matter, whether they voted or not.
[[nodiscard]] bool is_elector(store::Transaction& tx, MatterId matter, PartyId person);
[[nodiscard]] std::optional<Instant> ballot_opened_at(store::Transaction& tx, MatterId matter,
                                                      std::string_view ballot, std::int64_t round);
// The secret ballot: whether the party may vote and has not yet; then marks and counts.
enum class VoteOutcome { counted, not_of_the_electorate, already_voted };
[[nodiscard]] bool may_vote(store::Transaction& tx, MatterId matter, std::string_view ballot,
                            std::int64_t round, PartyId voter);
[[nodiscard]] VoteOutcome cast_vote(store::Transaction& tx, MatterId matter, std::string_view ballot,
                                    std::int64_t round, PartyId voter, std::string_view choice);

struct Below {  // a place and everything below it
    PlaceId place;
    int level = 0;  // of the place; 0: everywhere
    bool with_sealed = true;
};
// Pieces of work under way of one version of a workflow, by kind of part and state.
[[nodiscard]] std::map<std::pair<std::string, std::string>, std::int64_t> pieces_standing(
    store::Transaction& tx, const Digest& workflow, const Below& below);
// Matters of that version that have not ended, in the order of their ids.
[[nodiscard]] std::vector<MatterId> under_way(store::Transaction& tx, const Digest& workflow,
                                              const Below& below, MatterId after, int limit);

}  // namespace lianxin::matter
