// matter/matter_rows.hpp — what the tables hold of one matter, and a Change: everything one entry made true.
// The entry carries its Change as an open field (it holds nothing personal), so the tables are a projection:
// playing the Changes of a matter's entries again, in order, gives the same rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.hpp"
#include "base/bytes.hpp"
#include "base/time.hpp"
#include "journal/entry.hpp"
#include "notice/notice.hpp"
#include "place/place.hpp"

namespace lianxin::matter {

// What is fixed when a matter begins.
struct MatterRow {
    MatterId id;
    std::string number;
    std::int64_t serial =
        0;  // PublicNumber::in_order; in no entry, since the number says it; 0: not unshuffled
    std::string workflow;
    Digest workflow_hash{};
    std::string subkind;
    std::optional<CategoryId> category;
    PlaceId place;
    std::string about_kind;  // empty: about nothing in particular
    std::int64_t about_id = 0;
    std::optional<MatterId> parent;
    std::optional<MatterId> merged_into;
    std::optional<PostId> sealed_line;
    std::string service_item;  // what it applies for, by its name in the pack; empty: nothing promised
    std::string channel;
    bool anonymous = false;
    std::optional<PostId> host;
    EntryId opening_entry;
    journal::KeyId key;
    std::optional<Digest> secret_hash;
    std::optional<Digest> source_index;
    Instant received_at;
    Instant recorded_at;
    std::int64_t version = 1;
    std::int64_t subject_seq = 0;  // the entry that corrected the subject last; 0: none
};

// What changes of the matter itself beside its parts and clocks.
struct Milestones {
    std::optional<Instant> contacted_at;
    std::optional<Instant> told_at;
    std::optional<Instant> closed_at;
    std::optional<Instant> ended_at;
    std::optional<Instant> published_at;
    std::int64_t asked_times = 0;
    std::int64_t asked_late = 0;
    std::string asked_before;  // one a line
    std::string could_ask;     // one a line
    std::string ended_as;      // how its end counts; empty: it goes on, or the end does not say
    bool operator==(const Milestones&) const = default;
};

// Stands in a part's row when the matter went on without it, so that no list of open work finds it.
inline constexpr std::string_view gone_state = "gone";

struct PartRow {
    std::int32_t no = 0;
    std::string machine;
    std::string state;
    std::int32_t phase = 0;
    PostId owner;
    std::optional<PostId> previous;
    std::optional<PartyId> person;
    std::optional<std::int32_t> rung;
    bool lead = false;
    bool bound = false;
    bool ended = false;
    std::int32_t card = 0;
    Instant due;
    Instant entered;
    std::string
        left_in;  // the state it ended in, where that is no end of its own: `state` is then gone_state
    std::optional<PostId> led_by;
    bool operator==(const PartRow&) const = default;
};

struct ClockRow {
    std::int32_t part = 0;
    std::string name;
    std::int32_t stage = 0;
    Instant started;
    std::string period;     // "10wd"; empty: the day itself was named
    std::string extension;  // counted on from its end
    std::string pauses;     // over and counted: "from-until …" in µs
    std::optional<Instant> paused_since;
    Instant due;
    Instant told_due;
    std::optional<Instant> wakes;
    std::int64_t extensions = 0;
    std::string calendar_version;
    std::int32_t card = 0;
    std::optional<Instant> stopped_at;
    bool operator==(const ClockRow&) const = default;
};

struct HoldRow {
    std::string name;
    std::string source_kind;
    std::int64_t source_id = 0;
    Instant since;
    bool lifted = false;
    bool operator==(const HoldRow&) const = default;
};
struct TallyRow {
    std::int32_t part = 0;
    std::string name;
    std::int64_t n = 0;
    bool operator==(const TallyRow&) const = default;
};
struct DoneRow {
    std::int32_t part = 0;
    std::string action;
    PartyId party;
    bool operator==(const DoneRow&) const = default;
};
struct InvolvedRow {
    std::string role;
    std::optional<PartyId> party;
    std::optional<PostId> post;
    bool operator==(const InvolvedRow&) const = default;
};
struct RatingRow {
    std::int32_t round = 1;
    Instant asked_at;
    std::optional<Instant> rated_at;
    std::optional<std::int32_t> solved;  // 0 no, 1 partly, 2 yes
    std::optional<std::int32_t> grade;
    bool operator==(const RatingRow&) const = default;
};
struct BallotRow {
    std::string name;
    std::int64_t round = 1;
    Instant opened_at;
    std::optional<Instant> closed_at;
    bool secret = true;
    std::vector<PartyId> voters;  // when opened: the frozen electorate
    std::int64_t electorate = 0;
    std::optional<std::int64_t> present, yes, no, abstained;
    std::string outcome;
    bool operator==(const BallotRow&) const = default;
};
struct NoticeRow {
    enum class Kind : std::int8_t { opened, restarted, withdrawn };
    std::int32_t kind = 0;
    NoticeId id;
    std::string name;
    PlaceId place;
    std::string shows;
    std::string corrected;  // restarted: what of it is new, one a line
    std::string period;
    std::string audience;  // empty: public
    Instant from;
    Instant until;
    bool operator==(const NoticeRow&) const = default;
};

// What was recorded wrongly, as it is now; the entry says what it was.
struct Correction {
    std::optional<CategoryId> category;
    std::optional<PlaceId> place;
    std::vector<PlaceId> lineage;  // with a place: by level, as in Opening
    std::string subkind;
    std::int64_t subject_seq = 0;  // this very entry, when it corrects the subject
    bool operator==(const Correction&) const = default;
};
namespace link_kind {
inline constexpr std::string_view merged_into = "merged_into", merged_from = "merged_from",
                                  split_to = "split_to", related = "related";
}
struct LinkRow {
    std::string kind;
    MatterId other;
    bool operator==(const LinkRow&) const = default;
};

struct Opening {
    MatterRow matter;
    std::vector<PlaceId> lineage;  // by level, 1 … 7; 0 where the tree leaves a level out
};

struct Change {
    std::optional<Opening> opened;
    std::optional<Milestones> milestones;  // as they are now
    std::vector<PartRow> parts;
    std::vector<ClockRow> clocks;
    std::vector<HoldRow> holds;
    std::vector<TallyRow> tallies;
    std::vector<DoneRow> done;
    std::vector<InvolvedRow> involved;  // added
    std::vector<RatingRow> ratings;
    std::vector<BallotRow> ballots;
    std::vector<NoticeRow> notices;
    std::string publication;            // what its public page says from now on; empty: as before
    std::optional<Digest> secret_hash;  // of a renewed receipt
    std::optional<Correction> corrected;
    std::optional<MatterId> merged_into;
    std::vector<LinkRow> links;           // added
    std::vector<LinkRow> unlinked;        // no longer so; without its merged_into a matter goes on by itself
    std::optional<Digest> workflow_hash;  // of the version it went over to
};

}  // namespace lianxin::matter
