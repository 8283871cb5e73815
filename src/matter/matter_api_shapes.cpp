#include "matter/matter_api_shapes.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <map>

#include "matter/beginning.hpp"
#include "matter/general.hpp"
#include "matter/matter_api_values.hpp"
#include "matter/timeline_service.hpp"

namespace lianxin::matter::api {

namespace json = boost::json;

namespace {

std::optional<std::string> filled(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

WhyShape why_of(const calendar::Reasoning& why) {
    WhyShape out;
    out.start = why.start;
    out.period = why.period.text();
    if (why.extension) out.extension = why.extension->text();
    out.day_not_counted = why.day_not_counted;
    for (const auto& days : why.holidays_skipped)
        out.holidays_skipped.push_back({days.festival, days.first, days.last, days.days});
    for (const auto& days : why.exchange_days_counted)
        out.exchange_days_counted.push_back({days.festival, days.first, days.last, days.days});
    out.weekend_days_skipped = why.weekend_days_skipped;
    for (const auto& pause : why.pauses) out.pauses.push_back({pause.pause.from, pause.pause.to});
    out.moved_from = why.moved_from;
    out.beyond_announced = why.beyond_announced;
    out.calendar_version = why.calendar_version;
    return out;
}

// Whom the matter's own fields name to whoever asked: its leader, who is responsible. As named last.
void add_named(std::vector<MatterPersonShape>& people, const MatterView& view, const Wording& words) {
    std::map<std::string, const FieldView*> latest;
    for (const EntryView& entry : view.timeline)
        for (const FieldView& field : entry.fields)
            if (field.rule != nullptr && field.rule->told && field.rule->type == FieldType::post)
                latest[field.name] = &field;
    for (const auto& [name, field] : latest) {
        const auto* value = field->value.if_object();
        const auto* listed = value == nullptr ? nullptr : value->if_contains("posts");
        if (listed == nullptr || !listed->is_array()) continue;
        for (const json::value& post : listed->get_array()) {
            const auto known =
                post.is_string() ? view.names.find(std::string_view(post.get_string())) : view.names.end();
            if (known == view.names.end()) continue;
            people.push_back({"named",
                              words.of(view.workflow, "field", name),
                              known->second.holders,
                              words.post(known->second.called),
                              {},
                              {}});
        }
    }
}

// What whoever asked is to it, by the workflow it was begun under.
std::string asker_of(const MatterView& view) {
    const auto rules = view.timeline.empty() ? nullptr : view.timeline.front().rules;
    const auto asker = rules ? asker_in(*rules) : std::nullopt;
    return std::string(access::name_of(asker.value_or(access::Relation::reporter)));
}

std::vector<MatterPersonShape> people_of(const MatterView& view, const Wording& words) {
    std::vector<MatterPersonShape> people;
    // What the office began of its own accord has nobody who asked.
    if (view.reporter && !(view.reporter->name + view.reporter->phone + view.reporter->email).empty()) {
        people.push_back({"reporter",
                          words.key("relation." + asker_of(view)),
                          view.reporter->name,
                          {},
                          filled(view.reporter->phone),
                          filled(view.reporter->email)});
    }
    for (const PartView& part : view.parts) {
        const std::string relation = part.no == 0 ? "owner" : part.lead ? "lead" : "co_handler";
        if (!part.led_by.empty())
            people.push_back({"lead", words.key("relation.lead"), "", words.post(part.led_by), {}, {}});
        const std::string post = words.post(part.owner_kind + "@" + part.owner_title);
        people.push_back(
            {relation, words.key("relation." + relation), part.person.value_or(""), post, {}, {}});
    }
    add_named(people, view, words);
    return people;
}

AppliedForShape shape_of(const ServiceView& service, const Wording& words) {
    AppliedForShape out{service.name,
                        words.key("service." + service.name),
                        words.key("service_standard." + service.name),
                        service.deadline.text(),
                        {},
                        {}};
    for (const auto& step : service.steps)
        out.steps.push_back({step.name, words.key("service_step." + step.name), step.done});
    for (const auto& paper : service.materials)
        out.materials.push_back({paper.name, words.key("material." + paper.name), paper.done});
    return out;
}

// "part.report" is the report of a part; what may be done to any matter keeps its whole name.
std::string plain_action(const std::string& kind) {
    const std::size_t dot = kind.find('.');
    return dot == std::string::npos || is_general(kind) ? kind : kind.substr(dot + 1);
}

// "objection.upheld": which kind of matter about this one ended, and how.
std::string ending(const FieldView& field, const Wording& words) {
    std::string said(field.value.get_string().data(), field.value.get_string().size());
    const std::size_t dot = said.find('.');
    if (dot == std::string::npos) return said;
    const std::string kind = said.substr(0, dot);
    return words.kind(kind, {}) + " · " + words.of(kind, "state", said.substr(dot + 1));
}

// A version of a workflow is called by the first digits of its hash, here as where versions are listed.
constexpr std::size_t version_digits = 8;

// In a general action a kind and a state are named by their keys, of this matter's workflow.
std::string said_of(const FieldView& field, const EntryView& entry, const MatterView& view,
                    const Wording& words) {
    if (field.erased) return {};
    if (entry.action == child_ended_entry && field.value.is_string()) return ending(field, words);
    if (is_general(entry.action) && field.value.is_string()) {
        const std::string key(field.value.get_string().data(), field.value.get_string().size());
        if (field.name == "subkind" || field.name == "was_subkind")
            return words.of(view.workflow, "subkind", key);
        if (field.name == "state") return words.of(view.workflow, "state", key);
        if (field.name == "from_version" || field.name == "to_version") return key.substr(0, version_digits);
    }
    return ValueWords(words, view.workflow, view.names).of(field.rule, field.value);
}

EntryShape shape_of(const EntryView& entry, const MatterView& view, const Wording& words) {
    EntryShape out;
    out.seq = entry.seq;
    out.part = entry.part;
    out.kind = entry.seq == 1 ? "taken_in" : "acted";
    out.action = plain_action(entry.action);
    const std::string plain = "entry." + out.action;
    out.title = words.key(plain);
    if (out.title == plain) out.title = words.of(view.workflow, "action", out.action);
    out.actor = words.hand(entry.actor, entry.actor_name, entry.actor_post);
    out.answers = entry.answers;
    out.told = is_told(entry);
    out.happened_at = entry.happened_at;
    out.recorded_at = entry.recorded_at;
    for (const FieldView& field : entry.fields)
        out.fields.push_back({field.name, words.of(view.workflow, "field", field.name),
                              said_of(field, entry, view, words), field.value, field.erased});
    for (const AttachmentView& file : entry.attachments)
        out.attachments.push_back({Id<UploadNoun>(file.id), file.type, file.bytes});
    return out;
}

BallotShape shape_of(const BallotView& b, const MatterView& view, const Wording& words) {
    BallotShape out{b.name, b.round, b.open,      b.electorate, b.voted, b.may_vote,
                    b.yes,  b.no,    b.abstained, b.outcome,    {}};
    for (Said& said : said_in(b.said, view.workflow, words))
        out.lines.push_back({said.line->what, std::move(said.title), std::move(said.shown)});
    return out;
}

void fill_lists(MatterShape& out, const MatterView& view, const Wording& words, Instant now) {
    const auto am = [&](const char* relation) {
        return std::find(view.my_relations.begin(), view.my_relations.end(), relation) !=
               view.my_relations.end();
    };
    // What the office began itself is not promised to whoever wrote it down.
    const bool asked_it = am("reporter") && !am("owner") && !am("host");
    for (const ClockView& clock : view.clocks) {
        ClockShape shape{clock.name,
                         asked_it ? words.told_clock(view.workflow, clock.name)
                                  : words.of(view.workflow, "clock", clock.name),
                         clock.part,
                         clock.due,
                         clock.state,
                         clock.told,
                         filled(clock.card),
                         {}};
        if (clock.why) shape.why = why_of(*clock.why);
        if (shape.why && !clock.within.empty())
            shape.why->within = words.of(view.workflow, "clock", clock.within);
        if (shape.why && clock.promised && view.service)
            shape.why->service_item = words.key("service." + view.service->name);
        out.clocks.push_back(std::move(shape));
    }
    for (const PartView& part : view.parts) {
        const std::string owner = words.post(part.owner_kind + "@" + part.owner_title);
        out.parts.push_back(
            {part.no, part.machine.empty() ? std::string() : words.of(view.workflow, "part", part.machine),
             part.state, words.of(view.workflow, "state", part.state), part.tone, owner,
             part.given_to.empty() ? owner : words.post(part.given_to), part.lead, part.due,
             part.due && *part.due < now, filled(part.card)});
    }
    for (Said& said : said_in(view.so_far, view.names, view.workflow, words))
        out.so_far.push_back({said.line->what, std::move(said.title), std::move(said.shown)});
    out.certificate = view.certificate;
    for (const EntryView& entry : view.timeline) out.timeline.push_back(shape_of(entry, view, words));
    for (const ChildView& child : view.children)
        out.children.push_back(
            {child.id, child.number, words.key("workflow." + child.workflow + ".title"), child.open});
    for (const SupervisionView& card : view.supervisions) {
        SupervisionShape shape{card.seq,
                               card.part,
                               card.card,
                               words.key("card." + card.card),
                               words.hand(card.actor, card.actor_name, card.actor_post),
                               words.post(card.urged),
                               card.at,
                               {},
                               card.came_at};
        if (!card.came_of_it.empty())
            shape.came_of_it = words.of(view.workflow, "action", plain_action(card.came_of_it));
        out.supervisions.push_back(std::move(shape));
    }
    for (const LinkView& link : view.links) {
        out.links.push_back({link.kind, words.key("link." + link.kind), link.number,
                             words.key("workflow." + link.workflow + ".title"),
                             words.of(link.workflow, "state", link.state), link.id});
    }
    for (const BallotView& ballot : view.ballots) out.ballots.push_back(shape_of(ballot, view, words));
    for (const ReadView& read : view.reads)
        out.reads.push_back({words.post(read.post), read.what, words.key("read." + read.what), read.at});
}

// What can be chosen gets its title beside its key.
template <class TitleOf>
void title_choices(json::object& schema, const char* from, const TitleOf& title_of) {
    const json::value* keys = schema.if_contains(from);
    if (keys == nullptr || !keys->is_array()) return;
    json::array options;
    for (const json::value& key : keys->get_array()) {
        const std::string name(key.get_string().data(), key.get_string().size());
        options.push_back({{"value", name}, {"title", title_of(name)}});
    }
    schema["x-options"] = std::move(options);
}

// A field that is several in one: each criterion, each column of a table, the units of a quantity.
void title_inside(json::object& schema, const std::string& workflow, const Wording& words) {
    const json::value* widget = schema.if_contains("x-widget");
    if (widget == nullptr) return;
    const auto title_each = [&](json::value& properties, const char* what) {
        for (auto& one : properties.get_object())
            one.value().get_object()["x-title"] = words.of(workflow, what, std::string(one.key()));
    };
    if (*widget == "criteria") title_each(schema["properties"], "criterion");
    if (*widget == "table") title_each(schema["items"].get_object()["properties"], "column");
    if (*widget == "measure") {
        auto& unit = schema["properties"].get_object()["unit"].get_object();
        title_choices(unit, "enum", [&](const auto& key) { return words.key("unit." + key); });
    }
}

// Posts to choose from, as people call them.
void title_posts(json::object& schema, const Wording& words) {
    const json::value* posts = schema.if_contains("x-posts");
    if (posts == nullptr) return;
    json::array options;
    for (const json::value& post : posts->get_array()) {
        const auto& called = post.at("called").get_string();
        options.push_back({{"value", post.at("value")},
                           {"title", words.post(std::string(called.data(), called.size()))},
                           {"hint", post.at("hint")}});
    }
    schema.erase("x-posts");
    schema["x-options"] = std::move(options);
}

}  // namespace

MatterShape shape_of(const MatterView& view, const Wording& words, Instant now) {
    MatterShape out;
    out.id = view.id;
    out.number = view.number;
    out.workflow = view.workflow;
    out.workflow_hash = view.workflow_hash;
    out.subkind = view.subkind;
    out.kind_title = words.kind(view.workflow, view.subkind);
    out.subject = view.subject;
    out.text = view.text;
    if (view.category) out.category = MatterCategoryShape{*view.category, view.category_name};
    MatterPlaceShape place{view.place, view.place_name, {}};
    for (const auto& [id, name] : view.path) place.path.push_back({id, name});
    out.place = std::move(place);
    out.address = filled(view.address);
    if (view.opened_by) {
        const AboutView& about = *view.opened_by;
        out.opened_by =
            OpenedByShape{about.id,
                          about.number,
                          words.kind(about.workflow, ""),
                          words.of(about.workflow, "state", about.state),
                          about.because,
                          about.because.empty() ? "" : words.of(about.workflow, "action", about.because)};
    }
    out.channel = view.channel;
    out.channel_title = words.key("channel." + view.channel);
    out.people = people_of(view, words);
    out.state = view.state;
    out.state_title = words.state(view.workflow, view.state, view.merged_into.has_value());
    out.phase = view.phase;
    out.tone = view.tone;
    out.due = view.due;
    out.closed_at = view.closed_at;
    out.received_at = view.received_at;
    out.notices = view.notices;
    if (view.service) out.service = shape_of(*view.service, words);
    out.merged_into = view.merged_into;
    out.version = view.version;
    out.my_relations = view.my_relations;
    for (const auto& kind : view.may_open) out.may_open.push_back({kind, words.kind(kind, "")});
    fill_lists(out, view, words, now);
    return out;
}

void title_form(json::value& form, const std::string& workflow, const Wording& words) {
    auto* schema_of_form = form.if_object();
    auto* properties = schema_of_form == nullptr ? nullptr : schema_of_form->if_contains("properties");
    if (properties == nullptr) return;
    for (auto& member : properties->get_object()) {
        const std::string name(member.key().data(), member.key().size());
        json::object& schema = member.value().get_object();
        schema["x-title"] = words.of(workflow, "field", name);
        // What a field says of itself here and now goes before what it always says.
        const auto* says = schema.if_contains("x-says");
        const std::string asked =
            says == nullptr ? name : std::string(says->get_string().data(), says->get_string().size());
        const std::string hint = words.of(workflow, "hint", asked);
        if (hint != "hint." + asked) schema["x-hint"] = hint;
        schema.erase("x-says");
        title_choices(schema, "x-listed", [&](const auto& key) { return words.listed(key); });
        const bool states = schema.contains("x-words");  // what is chosen is a state of the workflow
        const bool said = schema.contains("x-said");
        schema.erase("x-said");
        title_choices(schema, "enum", [&](const auto& key) {
            if (said) return std::string(key);
            if (states) return words.of(workflow, "state", key);
            return name == "subkind" ? words.of(workflow, "subkind", key) : words.key("choice." + key);
        });
        title_posts(schema, words);
        title_inside(schema, workflow, words);
    }
}

OfferShape shape_of(const OfferView& view, const std::string& workflow, const Wording& words) {
    OfferShape out{view.action,  view.part,    words.of(workflow, "action", view.action),
                   view.enabled, view.general, {},
                   view.leads,   view.form,    view.fields};
    if (!view.enabled) out.reason = words.key("problem." + view.reason);
    title_form(out.form, workflow, words);
    return out;
}

StartShape shape_of(const StartView& view, const Wording& words) {
    StartShape out{view.workflow,          words.key("workflow." + view.workflow + ".title"),
                   view.workflow_hash,     view.about,
                   view.open_to_residents, view.anonymous,
                   view.service_item,      view.form};
    title_form(out.form, view.workflow, words);
    return out;
}

}  // namespace lianxin::matter::api
