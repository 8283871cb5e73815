// matter/planner_service.hpp — from a wish to a Plan, on one snapshot: load what a decision may ask, decide,
// and prepare every consequence: the entry with its change, messages, notes, appointments, matters opened
// about this one, and what the end of a matter means for the one it is about. Nothing is written here.
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/policy.hpp"
#include "matter/apart.hpp"
#include "matter/changeover.hpp"
#include "matter/decide.hpp"
#include "matter/general.hpp"
#include "matter/matter_store.hpp"
#include "matter/plan_service.hpp"
#include "matter/public_lines.hpp"
#include "matter/reach.hpp"
#include "matter/surroundings_service.hpp"
#include "party/owner_resolver_store.hpp"
#include "party/party_store.hpp"

namespace lianxin::matter {

// One matter with everything decide may ask about it.
struct Standing {
    WorkflowPtr workflow;
    MatterRow row;
    Milestones milestones;
    MatterState state;
    place::Lineage lineage;
    std::vector<InvolvedRow> involved;
    std::vector<RatingRow> ratings;
    std::vector<NoticeFact> notices;
    std::vector<BallotFact> ballots;
    std::vector<ChildFact> children;
    std::vector<LinkRow> links;
    std::string category_code;
    std::vector<std::string> category_flags;
    std::vector<TableLimit> limits;
    std::vector<FormContext::LoadedList> lists;
    const pack::ServiceItem* service = nullptr;  // what it applies for
    bool post_vacant = true;
    std::optional<PostId> named;
    Asker asker = {};  // for begin
};

// Who acts, as an entry tells it.
struct Actor {
    access::RelationSet set;
    Relations relations;
    std::optional<PartyId> party;  // of staff; a resident is told by relation alone
    bool engine = false;
    bool elector = false;  // votes on it, and so reads what the ballot shows and no more
};

struct Meant {  // what is to happen, with what was filled in
    Action action;
    Form form;
    Instant happened_at;
    std::vector<journal::NewField> more = {};  // kept with the entry beside the form
};

class Planner {
 public:
    Planner(store::Transaction& snapshot, County& county, const Surroundings& around, Instant now);

    // The matter as it stands, or as this plan leaves it; null when there is none.
    [[nodiscard]] Standing* standing(MatterId id);
    [[nodiscard]] Actor actor(const access::ActingPerson& who, const Standing& matter);
    [[nodiscard]] static Actor engine();

    // A new matter, not begun: its row is complete but for what begin() decides.
    // Nothing: it does not stand today.
    [[nodiscard]] const std::optional<place::Lineage>& lineage_of(PlaceId place);
    Standing& open(WorkflowPtr workflow, MatterRow row, std::vector<InvolvedRow> involved);
    // Fields are those of the opening entry beside the form.
    [[nodiscard]] Result<void, Refusal> begin(Standing& matter, const Actor& actor, const Form& form,
                                              std::vector<journal::NewField> fields);
    // On a merged matter: what its own reporter does with the answer given to all.
    [[nodiscard]] Result<void, Refusal> act(Standing& matter, const Actor& actor, const Meant& meant);
    // An objection to a notice of the matter.
    [[nodiscard]] Result<void, Refusal> hold(Standing& matter, NoticeIndex notice, const Subject& source);
    // Deadlines counted again; false when none moved.
    bool recount(Standing& matter);
    // To where its place stands today; false when it stands there.
    bool follow_tree(Standing& matter);

    // What may be done to any matter; `form` is of the general fields and was checked.
    struct Corrected {
        std::optional<CategoryId> category;
        std::optional<PlaceId> place;
        std::vector<std::pair<std::string, std::string>> said, was;  // field → as people read it
    };
    [[nodiscard]] std::optional<Refusal> refusal(const Standing& matter, const Actor& actor, General action,
                                                 PartNo part);
    [[nodiscard]] Result<void, Refusal> card(Standing& matter, const Actor& actor, PartNo part,
                                             const Form& form);
    void correct(Standing& matter, const Actor& actor, const Form& form, const Corrected& corrected);
    void link(Standing& matter, Standing& other, const Actor& actor, const Form& form);
    [[nodiscard]] Result<void, Refusal> merge(Standing& matter, Standing& into, const Actor& actor,
                                              const Form& form);
    // It goes on by itself, where it stood when it was merged.
    [[nodiscard]] Result<void, Refusal> unmerge(Standing& matter, Standing& from, const Actor& actor,
                                                const Form& form);
    void remark(Standing& matter, const Actor& actor, const Form& form);
    [[nodiscard]] Result<void, Refusal> split(Standing& matter, const Actor& actor, const Form& form);
    // Where an objection to the notice would go first: asked without making one.
    [[nodiscard]] std::optional<PostId> hearer(const notice::Notice& notice, const std::string& objection);
    // To the workflow of today; the form's `state` says where to, where that is not the state's own name.
    [[nodiscard]] Result<void, Refusal> change_over(Standing& matter, const Actor& actor, const Form& form,
                                                    std::span<const StateChoice> choices);
    // The matter, or the one it was merged into.
    [[nodiscard]] const Standing& where_it_stands(const Standing& matter) { return survivor(matter); }

    // A new receipt for a resident who proved their contact.
    void renew_secret(Standing& matter, const Digest& secret_hash);

    // Asked without deciding: what is possible now; of a merged matter, in the terms of where it stands.
    [[nodiscard]] std::vector<Offer> offers(Standing& matter, const Actor& actor);
    // What its page says of all that was filled in over its life.
    [[nodiscard]] std::vector<PublicLine> sums_so_far(const Standing& matter);
    // What a field that others are held against was filled in with so far: the names of its rows, its unit.
    [[nodiscard]] std::vector<std::string> names_said(const Standing& matter, FieldIndex field);
    // Whom a field that says of which posts may name here, nearest first.
    [[nodiscard]] std::vector<party::PostView> receivers(const Standing& matter, const Actor& actor,
                                                         PartNo part, FieldIndex field);
    [[nodiscard]] FormContext::LoadedList checklist(const Standing& matter, FieldIndex field) const;

    [[nodiscard]] Plan& plan() { return plan_; }
    [[nodiscard]] party::OwnerResolver& posts() { return posts_; }
    [[nodiscard]] Day today() const { return county_.zone.day_of(now_); }

 private:
    struct Asked {
        OwnerTable owners;
        std::vector<PostId> barred;
        std::optional<PostId> overseer;
        bool in_scope = true;
        std::vector<PartyId> apart = {};
        std::optional<PostId> outsider = {};
        std::vector<PostId> beyond = {};
        std::vector<Figure> figures = {};
        std::vector<PartyId> housemates = {};
        std::vector<PostHolder> holders = {};
        std::vector<NamedHands> named_hands = {};
    };
    struct Apart {  // who has a hand in nothing of it, and who of them for living with somebody alone
        Hands hands;
        std::vector<PartyId> housemates;
    };
    struct Barring {  // who may never own it
        std::optional<PostId> sealed;
        std::optional<PostId> overseer;
        Hands hands;
        std::vector<PartyId> housemates = {};
    };
    struct EntryText {
        std::string kind;
        std::vector<journal::NewField> fields;
        std::optional<PartNo> part = {};  // which piece it is about, where no step says so
        Change more = {};                 // corrections, links: beside what the decision changes
        const Workflow* terms = nullptr;  // whose fields the form is of; null: the matter's own workflow
    };
    struct Told {  // what a resident is told, for those whose matters were merged into this one
        boost::json::object values;
        boost::json::object names;  // posts among them by id, as Named
        std::vector<std::int64_t> files;
        std::string state;
        bool rating_asked = false;
        bool answers = false;  // it is the answer, not a step on the way
        // What those hear whose matters were merged into it: nobody hears another resident's own words.
        enum class Merged { everything, how_it_stands, nothing };
        Merged merged = Merged::everything;
    };

    void load_surroundings(Standing& matter);
    void load_limits(Standing& matter, std::string_view urgency) const;
    void load_lists(Standing& matter) const;
    [[nodiscard]] bool stands_in_line(PostId complained_of, PostId post, bool overseen);
    [[nodiscard]] bool judges_itself(const Standing& matter, PostId post);
    [[nodiscard]] Hands hands_above(const Standing& matter);
    [[nodiscard]] Apart apart_from(const Standing& matter);
    [[nodiscard]] std::optional<PlaceId> home_of(PartyId person);
    [[nodiscard]] std::vector<PartyId> housemates_of(PartyId person);
    [[nodiscard]] bool had_a_hand(const Hands& hands, PostId post);
    [[nodiscard]] std::optional<PostId> outsider(const Hands& hands, const std::vector<PostId>& passed_over);
    [[nodiscard]] std::vector<NamedHands> hands_named(const Standing& matter, const Form& form);
    [[nodiscard]] std::vector<Figure> figures_before(const Standing& matter, const Form& form,
                                                     const std::vector<FieldIndex>& reaches);
    [[nodiscard]] std::vector<Figure> figures_of(const Standing& matter, std::vector<Figure> asked);
    [[nodiscard]] std::vector<PostHolder> holders_named(const Standing& matter, const Form& form,
                                                        const std::vector<Figure>& before);
    [[nodiscard]] Barring barring_of(const Standing& matter);
    [[nodiscard]] bool bars(const Barring& barring, const Standing& matter, PostId post);
    [[nodiscard]] std::optional<Sitting> sitting(PostId post);
    [[nodiscard]] std::vector<Sitting> givers(const Actor& actor, PostId owner, Reach reach);
    [[nodiscard]] bool is_in_reach(const Actor& actor, const std::vector<Sitting>& givers, Reach reach,
                                   PostId post);
    [[nodiscard]] std::vector<PostId> beyond_reach(const Standing& matter, const Actor& actor, PartNo part,
                                                   const Form& form);
    [[nodiscard]] std::vector<party::PostView> around(const Standing& matter,
                                                      const std::vector<Sitting>& givers,
                                                      const FieldRule& field);
    [[nodiscard]] std::vector<party::PostView> entitled(const Standing& matter, const FieldRule& field);
    [[nodiscard]] bool stands_over(const access::ActingPerson& who, PostId owner);
    [[nodiscard]] Asked resolve(const Standing& matter, const Action& action, const Form& form);
    [[nodiscard]] std::optional<PostId> answer(const OwnerSelector& selector, PostId from,
                                               const Standing& matter);
    [[nodiscard]] Facts facts(const Standing& matter, const Actor& actor, const Form& form,
                              const Asked& asked, Instant at) const;
    void apply(Standing& matter, const Actor& actor, const Form& form, const Decision& decision,
               EntryText text, Instant at);
    [[nodiscard]] Change change_of(Standing& matter, const Actor& actor, const Form& form,
                                   const Decision& decision, Instant at);
    void mark_ballots(Standing& matter, const Decision& decision, Change& change, Instant at);
    void mark_notices(Standing& matter, const Form& form, const Decision& decision, Change& change);
    void mark_ratings(Standing& matter, const Form& form, const Decision& decision, Change& change,
                      Instant at) const;
    void mark_milestones(Standing& matter, const Decision& decision, Instant at) const;
    static void mark_end(Standing& matter, const StateRule& end, Instant at);
    void add_entry(Standing& matter, Change change, EntryText text, Instant at);
    void mark_involved(Standing& matter, const Form& form, const Decision& decision, Change& change);
    void count_measures(const Standing& matter, const Form& form, EntryId entry, Instant at);
    void claim_attachments(const Standing& matter, const Form& form, EntryId entry);

    void carry_out(Standing& matter, const Actor& actor, const Decision& decision, const Form& form);
    void tell(const Standing& matter, const Effect& effect, const Form& form, Told whole);
    void name_posts(Told& told, const PostsValue& named);
    void send(const Standing& matter, access::Relation whom, const Told& told);
    void tell_merged(const Standing& matter, const Told& told);
    [[nodiscard]] static bool is_withdrawn(const Standing& matter, const Decision& decision);
    // Whoever takes theirs back takes nobody else's back: what was merged into it goes on by itself.
    void go_on_without(Standing& withdrawn);
    void copy_files(const Standing& to, const Told& told);
    [[nodiscard]] Standing& survivor(const Standing& matter);
    [[nodiscard]] Result<void, Refusal> speak_of_answer(Standing& matter, const Actor& actor,
                                                        const Meant& meant);
    [[nodiscard]] std::vector<Offer> offers_of_answer(const Standing& matter, const Actor& actor);
    // As it stood before it was merged, by its entries: pieces and clocks that the merger ended, milestones.
    struct Stood {
        MatterState state;
        Milestones milestones;
    };
    [[nodiscard]] Stood stood_before_merger(const Standing& matter);
    void note_owners(const Standing& matter, General action);
    [[nodiscard]] std::vector<journal::NewField> general_entry(const Standing& matter, const Form& form);
    [[nodiscard]] Result<Standing*, Refusal> open_piece(Standing& matter, const Actor& actor,
                                                        const std::string& subject);
    void give_number(MatterRow& row, Instant at) const;
    void note(const Standing& matter, const Effect& effect);
    void note_once(const Standing& matter, std::size_t from);
    void open_child(Standing& matter, const Effect& effect);
    void appoint(const Standing& matter, const Effect& effect, const Form& form);
    void dismiss(const Standing& matter, const Effect& effect);
    void tell_parent(const Standing& matter, StateIndex ended_as);
    [[nodiscard]] std::vector<PartyId> parties_as(const Standing& matter, access::Relation relation) const;
    [[nodiscard]] static std::optional<FieldIndex> public_field(const Standing& matter,
                                                                const std::string& what);
    [[nodiscard]] boost::json::object said_now(const Standing& matter,
                                               const std::vector<std::string>& declared, const Form& form);
    void add_sums(boost::json::object& out, const Standing& matter, const std::vector<std::string>& declared,
                  const Form& form);
    [[nodiscard]] std::string shown(const Standing& matter, const std::vector<std::string>& declared,
                                    const Form& form);
    void mark_publication(const Standing& matter, const Milestones& before, const Form& form,
                          const Decision& decision, Change& change);
    void correct_shown(const Standing& matter, const NoticeRule& rule, const Form& form, NoticeRow& row);

    store::Transaction& tx_;
    County& county_;
    const Surroundings& around_;
    Instant now_;
    party::OwnerResolver posts_;
    std::map<MatterId, std::unique_ptr<Standing>> matters_;
    std::map<PlaceId, std::optional<place::Lineage>> lineages_;  // as they stand today
    Plan plan_;
};

// What was filled in, as an entry keeps it: words under the resident's key.
void add_form(std::vector<journal::NewField>& fields, const Workflow& workflow, const Form& form,
              journal::KeyId key);
// What a person is to a matter.
[[nodiscard]] access::RelationSet relations_to(const access::ActingPerson& who, const Standing& matter,
                                               party::OwnerResolver& posts, Day today);
// A complaint about a post: outside its line only.
[[nodiscard]] bool is_sealed(const MatterRow& row);

}  // namespace lianxin::matter
