// matter/matter_service.hpp — the use cases of matters, whatever their kind: take in, act, vote, let the
// clocks act, look, import. Each decides on one snapshot, prepares everything (sealing, hashing, deadlines)
// outside, and commits by comparing the matter's version: either everything of an action becomes true
// together, or `changed_meanwhile`. Not found, not yours and sealed are one answer.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/public_number.hpp"
#include "matter/decide.hpp"
#include "matter/matter_view.hpp"
#include "matter/message_line_service.hpp"
#include "matter/surroundings_service.hpp"
#include "store/stored_answer.hpp"

namespace lianxin::matter {

class Planner;
struct Standing;
struct Actor;

enum class MatterRule {
    not_found,
    not_allowed,
    workflow_unknown,
    workflow_changed,   // the form was drawn from another version of the workflow
    changed_meanwhile,  // the matter went on since the version named
    same_key_with_other_content,
    invalid,  // faults: what was filled in
    refused,  // by a decision: `act` says by which rule
    not_of_the_electorate,
    already_voted,
    heard_outside,  // a complaint in whose line everybody here stands
};
struct FieldProblem {
    std::string field;
    std::string code;
    std::optional<std::int64_t> limit = {};
    std::string item = {};
    std::string other = {};  // the field it is held against
    enum class LimitIn { itself, fen, thousandths, days } limit_in = LimitIn::itself;
    bool operator==(const FieldProblem&) const = default;
};
struct MatterRefusal {
    MatterRule code = MatterRule::not_found;
    std::optional<ActRefusal> act;
    std::vector<FieldProblem> faults;
    std::string clock;          // which clock, where the rule is about one
    std::string workflow = {};  // whose fields the faults are of, where one names another
    bool operator==(const MatterRefusal&) const = default;
};
[[nodiscard]] std::string_view code_of(const MatterRefusal& refusal);  // stable: the API's code
[[nodiscard]] int status_of(const MatterRefusal& refusal);

struct Reporter {
    std::string name, phone, email;  // empty: not given
};
struct NewMatter {
    std::string workflow;
    std::string subkind;
    std::optional<CategoryId> category;
    std::optional<PlaceId> place;  // else the code's, else where the address points, else the root
    std::string place_code;
    std::string house;    // the number of a door under the place: "12号"
    std::string address;  // both kept as they were said, sealed
    std::string subject;
    std::string text;
    bool anonymous = false;
    bool on_behalf = false;  // somebody with take_in asks for the reporter
    Reporter reporter;
    std::string channel;                 // portal, representative, window, phone, import, …
    std::optional<Instant> happened_at;  // import, offline and paper channels only
    std::vector<std::int64_t> uploads;
    std::optional<Subject> about;
    std::string service_item;  // which promised service is applied for; else the only one of the category
    boost::json::object fields;
    std::string source;  // an imported message's own id: the same is taken in once
    std::string language = "zh-Hans";
    std::optional<store::AnswerKey> idempotency;
};
struct StartQuestion {
    std::string workflow;
    std::optional<CategoryId> category;
    std::string service_item;
};
struct TakenIn {
    MatterId id;
    std::string number;
    std::string secret;  // the receipt's: told once, kept hashed
    std::string workflow;
    std::string state;
    Instant received_at;
    EntryId entry;
    std::vector<DueView> due;
    bool repeated = false;  // the first answer to this key, again; the following are empty then
    std::string subkind = {}, channel = {};
    Digest entry_hash{};  // of the opening entry
};

struct ActionRequest {
    MatterId matter;
    std::int32_t part = 0;
    std::string action;
    std::optional<std::int64_t> version;  // as last seen
    std::string workflow_hash;            // hex, as the form named it; empty: any
    boost::json::object fields;
    std::optional<Instant> happened_at;
    std::optional<store::AnswerKey> idempotency;
};
struct Acted {
    MatterId id;
    std::int64_t version = 0;
    std::string workflow;
    std::string state;  // of part 0
};

class MatterService {
 public:
    explicit MatterService(Surroundings surroundings) : around_(std::move(surroundings)) {}

    [[nodiscard]] Result<TakenIn, MatterRefusal> take_in(County& county, const access::ActingPerson& who,
                                                         const NewMatter& asked);
    // The same without waiting for the commit: `done` hears on a thread of the store that it is durable, and
    // is brief. What it is given answers as take_in does; it may block, and belongs on a worker. `soon` hears
    // at once what that answer will be unless the commit fails or is refused; nothing where none is under
    // way.
    using TakingIn = std::function<Result<TakenIn, MatterRefusal>()>;
    void take_in_later(County& county, const access::ActingPerson& who, NewMatter asked,
                       const std::function<void(const TakenIn&)>& soon, std::function<void(TakingIn)> done);
    // What is asked of whoever starts a matter of this kind; a service or a category may list the papers.
    [[nodiscard]] std::optional<StartView> start_form(County& county, const StartQuestion& asked);
    [[nodiscard]] Result<Acted, MatterRefusal> act(County& county, const access::ActingPerson& who,
                                                   const ActionRequest& request);
    // What this person could do now, each with its form; what is not possible now with the reason.
    [[nodiscard]] Result<std::vector<OfferView>, MatterRefusal> actions(County& county,
                                                                        const access::ActingPerson& who,
                                                                        MatterId matter);
    [[nodiscard]] Result<void, MatterRefusal> vote(County& county, const access::ActingPerson& who,
                                                   MatterId matter, std::string_view choice);

    // Lets every clock act that is due, oldest first, until `limit` actions were done; answers how many. Safe
    // in several processes at once and with a clock that jumps: an action happens by comparing versions,
    // once.
    int run_due_clocks(County& county, Instant now, int limit = 100);
    // After a correction of the calendar: every live deadline counted again, with an entry where it moved,
    // none earlier than was told. Answers how many matters moved.
    int recount_deadlines(County& county);
    // After a change of the tree: every matter under way stands where its place stands, with an entry where
    // it moved; those of a place that is no more go to what it became part of. Answers how many moved.
    int follow_tree(County& county);

    [[nodiscard]] Result<MatterView, MatterRefusal> view(County& county, const access::ActingPerson& who,
                                                         MatterId matter);
    // An attachment's content, for whoever sees it in the timeline.
    [[nodiscard]] std::optional<FileView> file(County& county, const access::ActingPerson& who,
                                               std::int64_t attachment);
    [[nodiscard]] std::optional<MatterId> numbered(County& county, const PublicNumber& number);
    // The number alone: state and deadline, nothing else.
    [[nodiscard]] std::optional<TrackView> track(County& county, std::string_view number);
    [[nodiscard]] Result<WorklistPage, MatterRefusal> worklist(County& county,
                                                               const access::ActingPerson& who,
                                                               const WorklistQuestion& question);
    // Which matter a receipt's secret belongs to; for the filter that finds out who asks.
    [[nodiscard]] std::optional<MatterId> prove_receipt(County& county, std::string_view number,
                                                        std::string_view secret);
    // A new secret for a resident who proved their contact by a one-time code.
    [[nodiscard]] std::string renew_secret(County& county, MatterId matter);
    // Channel and sealed address for a one-time code; nothing when the reporter left none.
    [[nodiscard]] std::optional<ContactPoint> contact_of(County& county, MatterId matter);

    // JSON lines, as matter/message_line_service.hpp declares them.
    [[nodiscard]] ImportResult import_messages(County& county, const access::ActingPerson& who,
                                               std::string_view lines, std::optional<PlaceId> place,
                                               const std::string& workflow, const std::string& subkind,
                                               bool dry_run = false);

    // Empties the projection of a matter and plays its entries again.
    void rebuild(County& county, MatterId matter);

    [[nodiscard]] const Surroundings& surroundings() const { return around_; }

 private:
    struct Intended;
    enum class Attempt { first, again };
    [[nodiscard]] Result<Intended, MatterRefusal> intend(County& county, const access::ActingPerson& who,
                                                         const NewMatter& asked, Attempt attempt);
    [[nodiscard]] Result<void, MatterRefusal> do_it(store::Transaction& tx, County& county, Planner& planner,
                                                    Standing& matter, const Actor& actor,
                                                    const access::ActingPerson& who,
                                                    const ActionRequest& request, Instant now);

    Surroundings around_;
};

}  // namespace lianxin::matter
