#include <algorithm>

#include "access/policy.hpp"
#include "base/text.hpp"
#include "matter/beginning.hpp"
#include "matter/channel.hpp"
#include "matter/filled_in_service.hpp"
#include "matter/intake_limits.hpp"
#include "matter/intake_service.hpp"
#include "matter/numbering_service.hpp"
#include "notice/notice_store.hpp"
#include "party/contact_service.hpp"
#include "party/oversight_store.hpp"
#include "place/place_store.hpp"
#include "place/short_code.hpp"

namespace lianxin::matter {

namespace {

using access::ActingPerson;
using access::Relation;

void check_text(std::vector<FieldProblem>& faults, const char* field, const std::string& text,
                std::size_t longest, bool needed) {
    if (!is_valid_utf8(text) || has_control_characters_but_line_ends(text)) {
        faults.push_back({field, "not_text", {}, {}});
    } else if (needed && trim(text).empty()) {
        faults.push_back({field, "required", {}, {}});
    } else if (code_points(text) > longest) {
        faults.push_back({field, "too_long", static_cast<std::int64_t>(longest), {}});
    }
}

// A stranger comes by the portal; how else something reached the office, the office says. What another system
// brings, only the importer does.
bool may_say_channel(const ActingPerson& who, const std::string& channel) {
    if (channel.empty() || channel == "portal" || who.kind == ActingPerson::Kind::engine) return true;
    return who.kind == ActingPerson::Kind::staff && is_said_by_staff(channel);
}

// Where nobody says how it came: residents come by the portal; whoever holds a post brings it the way of that
// post, else takes down at the window what somebody comes with, or begins what is the office's own.
std::string usual_channel(const NewMatter& asked, const ActingPerson& who, const Tables& tables) {
    if (who.kind == ActingPerson::Kind::engine) return "engine";
    if (who.kind != ActingPerson::Kind::staff || who.posts.empty()) return "portal";
    if (auto own = tables.channel_of(who.posts.front().kind); !own.empty()) return own;
    return asked.on_behalf ? "window" : "office";
}

// All faults of the form at once.
std::vector<FieldProblem> faults_of(const NewMatter& asked, const Workflow& workflow,
                                    const ActingPerson& who) {
    std::vector<FieldProblem> faults;
    const auto& kinds = workflow.subkinds;
    if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), asked.subkind) == kinds.end())
        faults.push_back({"subkind", asked.subkind.empty() ? "not_chosen" : "not_on_the_list", {}, {}});
    check_text(faults, "subject", asked.subject, intake_limits.subject, true);
    // Left out is allowed: some matters are said by their fields alone. Blanks are no text.
    check_text(faults, "text", asked.text, intake_limits.text, !asked.text.empty());
    const std::size_t said = code_points(trim(asked.text));
    if (said > 0 && said < intake_limits.least_text)
        faults.push_back({"text", "too_short", static_cast<std::int64_t>(intake_limits.least_text), {}});
    check_text(faults, "address", asked.address, intake_limits.address, false);
    check_text(faults, "house", asked.house, intake_limits.house, false);
    check_text(faults, "reporter.name", asked.reporter.name, intake_limits.name, false);
    if (!asked.reporter.phone.empty() && !party::normal_phone(asked.reporter.phone))
        faults.push_back({"reporter.phone", "phone_malformed", {}, {}});
    if (!asked.reporter.email.empty() && !party::normal_email(asked.reporter.email))
        faults.push_back({"reporter.email", "email_malformed", {}, {}});
    if (!may_say_channel(who, asked.channel)) faults.push_back({"channel", "not_by_you", {}, {}});
    if (asked.uploads.size() > most_attachments_per_action)
        faults.push_back({"uploads", "too_many", static_cast<std::int64_t>(most_attachments_per_action), {}});
    return faults;
}

// The house is chosen, the address is written; some write the house once more. A door that was found says its
// number itself.
std::string whole_address(store::Transaction& tx, const NewMatter& asked, PlaceId place, Day today) {
    if (asked.house.empty() || asked.address.starts_with(asked.house)) return asked.address;
    const auto found = place::load_place(tx, place, today);
    if (found && found->household) return asked.address;
    return asked.address.empty() ? asked.house : asked.house + " " + asked.address;
}

// Only channels that bring things from elsewhere may say when it happened; nobody may say it will.
bool may_backdate(const std::string& channel) {
    return channel == "import" || channel == "offline" || channel == "paper" || channel == "letter" ||
           channel == "phone";
}

// Whoever is signed in and names somebody asks for them, and not for themselves, whether they say so or not.
bool speaks_for_another(const NewMatter& asked, const ActingPerson& who) {
    const Reporter& named = asked.reporter;
    return who.kind == ActingPerson::Kind::staff && !asked.on_behalf && !asked.anonymous &&
           !(named.name.empty() && named.phone.empty() && named.email.empty());
}

}  // namespace

Intake::Intake(Planner& planner, store::Transaction& snapshot, County& county, const Surroundings& around,
               const ActingPerson& who, Instant now)
    : planner_(planner), tx_(snapshot), county_(county), around_(around), who_(who), now_(now) {}

Result<TakenIn, MatterRefusal> Intake::plan(const NewMatter& asked) {
    if (speaks_for_another(asked, who_)) {
        NewMatter for_them = asked;
        for_them.on_behalf = true;
        return plan(for_them);
    }
    const WorkflowPtr workflow = around_.workflows.current(asked.workflow);
    if (!workflow) return fail(MatterRefusal{MatterRule::workflow_unknown, {}, {}, {}});
    if (workflow->late && is_late(asked)) {
        NewMatter late = asked;
        late.workflow = workflow->late->workflow;
        late.subkind = workflow->late->subkind;
        return plan(late);
    }
    auto faults = faults_of(asked, *workflow, who_);
    MatterRow row = first_row(asked, *workflow, faults);
    if (is_heard_outside(asked, *workflow)) return fail(MatterRefusal{MatterRule::heard_outside, {}, {}, {}});
    // Who may begin it the workflow says; asking for others is a right of the post. What nobody asks for, the
    // office begins itself.
    if (asked.on_behalf && asker_in(*workflow) && !takes_in_at(row.place))
        return fail(MatterRefusal{MatterRule::not_allowed, {}, {}, {}});
    const auto uploads = uploads_of(asked, faults);
    const pack::ServiceItem* service =
        row.service_item.empty() ? nullptr : around_.tables.service(row.service_item);
    FormHints hints;
    hints.listed = [&](FieldIndex field) { return listed_for(rule_at(workflow->fields, field), service); };
    FormReading reading = read_form(*workflow, asked.fields, hints);
    for (const auto& fault : reading.faults) faults.push_back({"fields." + fault.field, fault.code, {}, {}});
    if (faults.empty())
        faults = unknown_names(tx_, planner_.posts(), *workflow, row.place, reading.form, planner_.today());
    else
        for (const auto& start = workflow->matter().start;
             auto& fault : faults_beside(*workflow, reading, start.needs, start.accepts, planner_.today()))
            faults.push_back(std::move(fault));
    if (!faults.empty()) return fail(MatterRefusal{MatterRule::invalid, {}, std::move(faults), {}});
    return open(asked, workflow, std::move(row), reading.form, uploads);
}

Result<TakenIn, MatterRefusal> Intake::open(const NewMatter& asked, const WorkflowPtr& workflow,
                                            MatterRow row, const Form& form,
                                            const std::vector<UploadRow>& uploads) {
    const std::string secret = base64url(random_bytes(16));
    row.secret_hash = receipt_hash(county_, secret);
    std::vector<InvolvedRow> involved = workflow->matter().start.concerns.empty()
                                            ? people(asked, *workflow, row)
                                            : concerned(*workflow, row, form);
    const Asker asker = asker_of(asked, involved);
    const MatterId id = row.id;
    Standing& matter = planner_.open(workflow, std::move(row), std::move(involved));
    if (matter.row.about_kind == "post" && workflow->about != "post")
        matter.row.sealed_line = PostId(matter.row.about_id);

    matter.asker = asker;
    const Actor actor = beginner(asked, matter);
    auto begun = planner_.begin(matter, actor, form, opening_fields(asked, matter));
    if (!begun && begun.error().code == ActRefusal::nobody_to_own_it) {
        // The workflow's own selectors find nobody here: the nearest desk, which is never empty, gets it.
        matter.named = planner_.posts().desk_of(matter.row.place, planner_.today()).post;
        begun = planner_.begin(matter, actor, form, opening_fields(asked, matter));
    }
    if (!begun) return fail(refusal_of(*workflow, begun.error()));
    if (auto held = hold_noticed(asked, id); !held) return fail(held.error());
    for (const UploadRow& upload : uploads) {
        planner_.plan().attachments.push_back(
            {upload.id, id, matter.row.opening_entry, reseal_key(county_, upload, matter.row.key)});
    }
    return answer_of(matter, secret);
}

// A complaint about a post in whose line everybody here stands.
bool Intake::is_heard_outside(const NewMatter& asked, const Workflow& workflow) {
    if (!asked.about || asked.about->kind != "post" || workflow.about == "post") return false;
    const auto seat = party::seat_of(tx_, PostId(asked.about->id));
    return seat && around_.tables.heard_outside(*seat);
}

// Whoever asks for themselves asks; whoever asks for others, or brings in what came, is its host.
Actor Intake::beginner(const NewMatter& asked, const Standing& matter) {
    const bool engine = who_.kind == ActingPerson::Kind::engine;
    Actor actor = engine ? Actor{} : planner_.actor(who_, matter);
    auto& relations = actor.relations.relations;
    std::erase(relations, Relation::host);
    const auto is = [&](Relation relation) {
        actor.set.add(relation);
        if (!actor.relations.are(relation)) relations.push_back(relation);
    };
    if (!asked.on_behalf) {
        is(Relation::reporter);
        if (asker_is_answered(*matter.workflow)) is(matter.workflow->answer_to);
    }
    if (engine || takes_in_at(matter.row.place)) is(Relation::host);
    return actor;
}

bool Intake::takes_in_at(PlaceId place) {
    return access::allows(access::PlacePermission::take_in, who_, path_of(place));
}

Asker Intake::asker_of(const NewMatter& asked, const std::vector<InvolvedRow>& involved) {
    Asker asker;
    if (who_.kind == ActingPerson::Kind::engine) return asker;
    asker.known = std::any_of(involved.begin(), involved.end(),
                              [](const InvolvedRow& one) { return one.party.has_value(); });
    asker.named = !asked.anonymous && (asker.known || !trim(asked.reporter.name).empty());
    const auto is_new = [&](PartyId party) {
        const auto& newcomers = planner_.plan().new_parties;
        return std::any_of(newcomers.begin(), newcomers.end(),
                           [&](const party::Party& one) { return one.id == party; });
    };
    const auto is_actor = [&](const InvolvedRow& one) { return one.party && one.party == who_.party; };
    asker.by_another = asked.on_behalf && std::none_of(involved.begin(), involved.end(), is_actor);
    asker.holds_post = std::any_of(involved.begin(), involved.end(), [&](const InvolvedRow& one) {
        return one.party && !is_new(*one.party) &&
               !party::held_posts(tx_, *one.party, planner_.today()).empty();
    });
    return asker;
}

MatterRow Intake::first_row(const NewMatter& asked, const Workflow& workflow,
                            std::vector<FieldProblem>& faults) {
    MatterRow row;
    row.id = county_.new_id<MatterNoun>();
    row.workflow = workflow.name;
    row.workflow_hash = workflow.hash;
    row.subkind = asked.subkind;
    row.channel = asked.channel.empty() ? usual_channel(asked, who_, around_.tables) : asked.channel;
    row.anonymous = asked.anonymous;
    row.opening_entry = county_.new_id<EntryNoun>();
    row.received_at = now_;
    if (asked.happened_at) {
        if (!may_backdate(row.channel) || *asked.happened_at > now_) {
            faults.push_back({"happened_at", "not_by_this_channel", {}, {}});
        } else {
            row.received_at = *asked.happened_at;
        }
    }
    if (asked.category) {
        const auto categories = around_.places.categories(tx_, planner_.today());
        if (categories->find(*asked.category) == nullptr)
            faults.push_back({"category", "category_unknown", {}, {}});
        row.category = asked.category;
    }
    choose_service(asked, workflow, row, faults);
    row.place = place_of(asked, faults);
    if (asked.about) {
        row.about_kind = asked.about->kind;
        row.about_id = asked.about->id;
        set_parent(row, faults);
    }
    if (!workflow.about.empty()) keep_to_about(asked, workflow, row, faults);
    if (!asked.source.empty()) row.source_index = county_.keys.blind_index("matter.source", asked.source);
    // First asker is responsible, whatever kind of matter it is.
    if (who_.kind == ActingPerson::Kind::staff && !who_.posts.empty()) row.host = who_.posts.front().post;
    const int year = county_.zone.day_of(row.received_at).year();
    if (year < 2000 || year > 2099) {
        faults.push_back({"happened_at", "out_of_range", {}, {}});
    } else {
        give_number(county_, around_.serials, year, row);
    }
    return row;
}

std::vector<UploadRow> Intake::uploads_of(const NewMatter& asked, std::vector<FieldProblem>& faults) {
    std::vector<UploadRow> uploads;
    if (asked.uploads.size() > most_attachments_per_action) return uploads;  // refused as too many
    for (const std::int64_t id : asked.uploads) {
        auto upload = load_upload(tx_, id);
        if (upload) {
            uploads.push_back(std::move(*upload));
        } else {
            faults.push_back({"uploads", "upload_unknown", {}, std::to_string(id)});
        }
    }
    return uploads;
}

// The reporter as a party of their own when they left a contact: the same phone or e-mail is the same
// resident. The key that seals everything of theirs is there before any transaction names it.
std::vector<InvolvedRow> Intake::people(const NewMatter& asked, const Workflow& workflow, MatterRow& row) {
    std::vector<InvolvedRow> involved;
    const auto involve = [&](PartyId party) {
        if (asker_is_answered(workflow))
            involved.push_back({std::string(access::name_of(workflow.answer_to)), party, {}});
        if (workflow.answer_to != Relation::reporter)
            involved.push_back({std::string(access::name_of(Relation::reporter)), party, {}});
    };
    const Reporter& reporter = asked.reporter;
    const bool names_nobody = reporter.name.empty() && reporter.phone.empty() && reporter.email.empty();
    const bool for_themselves = who_.party && !asked.on_behalf && !asked.anonymous && names_nobody;
    if (for_themselves) {
        involve(*who_.party);
        row.key = county_.keys.create();
        return involved;
    }
    if (asked.anonymous || (reporter.phone.empty() && reporter.email.empty())) {
        row.key = county_.keys.create();
        return involved;
    }
    if (const auto known = known_resident(reporter)) {
        row.key = known->key;
        involve(known->party);
        return involved;
    }
    row.key = county_.keys.create();
    party::Party resident;
    resident.id = PartyId(row.key.value());
    resident.place = row.place;
    resident.from = planner_.today();
    resident.until = place::open_end();
    Plan& plan = planner_.plan();
    const auto keep = [&](party::ContactField field, const std::string& value) {
        if (!value.empty())
            plan.new_contacts.push_back(
                party::sealed_contact(county_.keys, row.key, resident.id, field, value));
    };
    keep(party::ContactField::name, reporter.name);
    keep(party::ContactField::phone, reporter.phone);
    keep(party::ContactField::email, reporter.email);
    involve(resident.id);
    plan.new_parties.push_back(std::move(resident));
    return involved;
}

std::optional<party::ContactBook::Resident> Intake::known_resident(const Reporter& reporter) {
    for (const auto& [field, value] : {std::pair{party::ContactField::phone, &reporter.phone},
                                       std::pair{party::ContactField::email, &reporter.email}}) {
        if (value->empty()) continue;
        const auto known = around_.contacts.find(tx_, county_.keys, field, *value);
        if (!known.empty()) return known.front();
    }
    return {};
}

std::vector<journal::NewField> Intake::opening_fields(const NewMatter& asked, const Standing& matter) const {
    const journal::KeyId key = matter.row.key;
    std::vector<journal::NewField> fields;
    fields.push_back({"subject", asked.subject, key});
    fields.push_back({"number", matter.row.number, {}});
    fields.push_back({"channel", matter.row.channel, {}});
    const auto sealed = [&](const char* name, const std::string& value) {
        if (!value.empty()) fields.push_back({name, value, key});
    };
    sealed("text", asked.text);
    sealed("address", whole_address(tx_, asked, matter.row.place, planner_.today()));
    if (!asked.anonymous) {
        sealed("reporter.name", asked.reporter.name);
        sealed("reporter.phone", asked.reporter.phone);
        sealed("reporter.email", asked.reporter.email);
    }
    return fields;
}

// An objection blocks by a hold on what the notice is about.
Result<void, MatterRefusal> Intake::hold_noticed(const NewMatter& asked, MatterId child) {
    if (!asked.about || asked.about->kind != "notice") return {};
    const auto notice = notice::find_notice(tx_, NoticeId(asked.about->id));
    if (!notice || notice->about.kind != "matter") return {};
    Standing* above = planner_.standing(MatterId(notice->about.id));
    if (above == nullptr) return {};
    const auto index = above->workflow->find_notice(notice->name);
    if (!index || rule_at(above->workflow->notices, *index).objection != asked.workflow) return {};
    above->children.push_back({asked.workflow, {"matter", child.value()}, true});
    const auto held = planner_.hold(*above, *index, {"matter", child.value()});
    if (!held) return fail(refusal_of(*above->workflow, held.error()));
    return {};
}

TakenIn Intake::answer_of(const Standing& matter, const std::string& secret) const {
    TakenIn taken;
    taken.id = matter.row.id;
    taken.number = matter.row.number;
    taken.secret = secret;
    taken.workflow = matter.row.workflow;
    taken.state = matter.workflow->matter().state(matter.state.parts.at(0).state).name;
    taken.received_at = matter.row.received_at;
    taken.subkind = matter.row.subkind;
    taken.channel = matter.row.channel;
    taken.entry = matter.row.opening_entry;
    for (const ClockState& clock : matter.state.clocks)
        if (clock.live() && matter.workflow->is_told(clock.clock))
            taken.due.push_back({rule_at(matter.workflow->clocks, clock.clock).name, clock.due});
    return taken;
}

}  // namespace lianxin::matter
