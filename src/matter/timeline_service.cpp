#include "matter/timeline_service.hpp"

#include <boost/json/parse.hpp>

#include "matter/general.hpp"
#include "party/contact_service.hpp"
#include "party/party_store.hpp"

namespace lianxin::matter {

namespace {

// What the resident of a merged matter was told.
constexpr std::string_view merged_answer = "any.answered";

// The action an entry's kind names: "solve", or "part.report" of a kind of part.
const ActionRule* action_of(const Workflow& workflow, std::string_view kind) {
    const std::size_t dot = kind.find('.');
    const Machine* machine = &workflow.matter();
    if (dot != std::string_view::npos) {
        const auto index = workflow.find_machine(kind.substr(0, dot));
        if (!index) return nullptr;
        machine = &workflow.machine(*index);
        kind.remove_prefix(dot + 1);
    }
    const auto action = machine->find_action(kind);
    return action ? &machine->action(*action) : nullptr;
}

bool tells(const Workflow& workflow, const ActionRule& action) {
    for (const EffectRule& effect : action.effects)
        if (effect.kind == EffectRule::Kind::tell && effect.whom == workflow.answer_to) return true;
    return false;
}

bool names_posts(FieldType type) {
    return type == FieldType::post || type == FieldType::posts;
}

bool names_people(FieldType type) {
    return type == FieldType::party || type == FieldType::parties;
}

const FieldRule* rule_of(const EntryView& view, const std::string& name) {
    const bool general = is_general(view.action) && view.action != merged_answer;
    const Workflow& rules = general ? general_fields() : *view.rules;
    const auto field = rules.find_field(name);
    return field ? &rule_at(rules.fields, *field) : nullptr;
}

template <class Noun>
void note_ids(const boost::json::value* listed, std::set<Id<Noun>>& ids) {
    if (listed == nullptr || !listed->is_array()) return;
    for (const boost::json::value& one : listed->get_array()) {
        if (!one.is_string()) continue;
        if (const auto id = Id<Noun>::parse({one.get_string().data(), one.get_string().size()}))
            ids.insert(*id);
    }
}

std::string kind_and_seat(store::Transaction& tx, PostId post, Day today) {
    const auto named = named_post(tx, post, today);
    return named ? named->called : std::string();
}

}  // namespace

bool is_told(const EntryView& entry) {
    const ActionRule* action = entry.rules ? action_of(*entry.rules, entry.action) : nullptr;
    return action != nullptr && tells(*entry.rules, *action);
}

std::optional<Named> named_post(store::Transaction& tx, PostId post, Day today) {
    const auto view = party::load_post_view(tx, post, today);
    if (!view) return {};
    Named named{view->post.kind + "@" + (view->unit_name.empty() ? view->place_name : view->unit_name), {}};
    for (const auto& holder : view->holders)
        named.holders += (named.holders.empty() ? "" : "、") + holder.name;
    return named;
}

Timeline::Timeline(County& county, const Reader& reader, const std::vector<AttachmentRow>& attachments)
    : county_(county), reader_(reader), attachments_(attachments) {}

void Timeline::add(const std::vector<journal::SealedEntry>& chain) {
    for (const journal::SealedEntry& sealed : chain) {
        const journal::Entry entry = journal::unseal(sealed, county_.keys);
        confers_ = confers_ || entry.field(conferring);
        EntryView view;
        view.seq = entry.header.seq;
        view.entry = entry.id;
        view.action = entry.header.kind;
        view.happened_at = entry.header.happened_at;
        view.recorded_at = entry.header.recorded_at;
        if (reader_.known != nullptr) view.rules = reader_.known->by_hash(entry.header.workflow);
        if (!view.rules) view.rules = reader_.workflow;
        view.answers = entry.field(answering).has_value();
        if (const auto part = entry.field("part")) view.part = std::stoi(std::string(*part));
        if (const auto actor = entry.field("actor")) view.actor = *actor;
        if (const auto party = entry.field("actor.party")) {
            if (const auto id = PartyId::parse(*party)) people_.emplace_back(views_.size(), *id);
        }
        if (const auto post = entry.field("actor.post")) {
            if (const auto id = PostId::parse(*post)) posts_.emplace_back(views_.size(), *id);
        }
        heading_.read(entry);
        if (const auto card = entry.field("card"); card && !reader_.resident) view.card = *card;
        if (const auto post = entry.field("urged")) {
            if (const auto id = PostId::parse(*post)) urged_.emplace_back(views_.size(), *id);
        }
        add_fields(view, entry);
        if (shows_files(view)) {
            for (const AttachmentRow& file : attachments_)
                if (file.entry == entry.id) view.attachments.push_back({file.id, file.type, file.bytes});
        }
        views_.push_back(std::move(view));
    }
}

void Timeline::add_fields(EntryView& view, const journal::Entry& entry) {
    for (const journal::Field& field : entry.fields) {
        if (!field.name.starts_with("f.")) continue;
        const std::string name = field.name.substr(2);
        if (!shows(view, name)) continue;
        FieldView shown;
        shown.name = name;
        shown.rule = rule_of(view, name);
        shown.erased =
            field.state == journal::FieldState::erased || field.state == journal::FieldState::key_erased;
        if (!shown.erased) {
            boost::system::error_code error;
            shown.value = boost::json::parse(field.value, error);
            if (error) shown.value = nullptr;
        }
        note_names(shown);
        view.fields.push_back(std::move(shown));
    }
}

void Timeline::note_names(const FieldView& field) {
    if (field.rule == nullptr) return;
    const auto* object = field.value.if_object();
    if (names_posts(field.rule->type) && object != nullptr)
        note_ids(object->if_contains("posts"), posts_said_);
    if (names_people(field.rule->type) && (reader_.personal || !field.rule->personal))
        note_ids(&field.value, people_said_);
}

bool Timeline::shows(const EntryView& view, const std::string& name) const {
    if (!reader_.resident) {
        const FieldRule* rule = reader_.onlooker ? rule_of(view, name) : nullptr;
        return rule == nullptr || !rule->personal;
    }
    // Of what may be done to any matter a resident sees what its own fields tell; an answer came from the
    // matter it was merged into, where it was told.
    if (view.action == merged_answer) return true;
    if (view.action == child_ended_entry) return true;  // how it ended: neither who asked nor why
    const Workflow& workflow = is_general(view.action) ? general_fields() : *reader_.workflow;
    if (name.starts_with("was_")) return true;
    if (!is_general(view.action) && (view.actor == access::name_of(workflow.answer_to) ||
                                     view.actor == access::name_of(access::Relation::reporter)))
        return true;
    const auto field = workflow.find_field(name);
    if (!field) return false;
    const FieldRule& rule = rule_at(workflow.fields, *field);
    if (rule.told || is_general(view.action)) return rule.told;
    // Who has it in hand is no secret from whoever asked: posts are named in public, residents are not. What
    // else the office writes stays in the office: whoever fills it in was told what goes out.
    return names_posts(rule.type) && !rule.personal;
}

bool Timeline::shows_files(const EntryView& view) const {
    if (!reader_.resident || view.seq == 1 || view.action == merged_answer) return true;
    if (view.action == name_of(General::remark)) return true;
    const Workflow& workflow = *reader_.workflow;
    if (view.actor == access::name_of(workflow.answer_to) ||
        view.actor == access::name_of(access::Relation::reporter))
        return true;
    const ActionRule* action = action_of(workflow, view.action);
    return action != nullptr && tells(workflow, *action);
}

void Heading::read(const journal::Entry& entry) {
    if (entry.header.seq == 1) {
        for (const journal::Field& field : entry.fields) fields_[field.name] = field.value;
        return;
    }
    if (entry.header.kind != name_of(General::correct)) return;
    for (const char* name : {"subject", "text", "address"}) {
        const auto corrected = entry.field(std::string("f.") + name);
        if (!corrected) continue;
        boost::system::error_code error;
        const auto value = boost::json::parse({corrected->data(), corrected->size()}, error);
        if (!error && value.is_string())
            fields_[name].assign(value.get_string().data(), value.get_string().size());
    }
}

std::string Heading::value(std::string_view field) const {
    const auto found = fields_.find(field);
    return found == fields_.end() ? std::string() : found->second;
}

std::vector<SupervisionView> Timeline::supervisions() const {
    std::vector<SupervisionView> all;
    for (std::size_t at = 0; at < views_.size(); ++at) {
        const EntryView& entry = views_[at];
        if (entry.card.empty()) continue;
        SupervisionView card{entry.seq,        entry.part,  entry.card,        entry.actor, entry.actor_name,
                             entry.actor_post, entry.urged, entry.happened_at, {},          {}};
        // What came of it: the first thing done to that piece of work by a person who is not urging in turn.
        for (std::size_t next = at + 1; next < views_.size() && !card.came_at; ++next) {
            const EntryView& later = views_[next];
            if (later.part != entry.part || later.actor == access::name_of(access::Relation::engine) ||
                !later.card.empty() || is_general(later.action))
                continue;
            card.came_of_it = later.action;
            card.came_at = later.happened_at;
        }
        all.push_back(std::move(card));
    }
    return all;
}

void Timeline::name_people(store::Transaction& tx, Day today) {
    for (const auto& [at, party] : people_) party::announce_party(tx, party);
    for (const auto& [at, post] : posts_) party::announce_post_view(tx, post, today);
    for (const PostId post : posts_said_) party::announce_post_view(tx, post, today);
    std::map<PartyId, std::string> names;
    for (const auto& [at, party] : people_) {
        const auto [known, fresh] = names.try_emplace(party);
        if (fresh) {
            const auto person = party::load_party(tx, party);
            if (person) known->second = person->name;
        }
        views_[at].actor_name = known->second;
    }
    std::map<PostId, std::string> titles;
    const auto title_of = [&](PostId post) -> const std::string& {
        const auto [known, fresh] = titles.try_emplace(post);
        if (fresh) known->second = kind_and_seat(tx, post, today);
        return known->second;
    };
    for (const auto& [at, post] : posts_) views_[at].actor_post = title_of(post);
    for (const auto& [at, post] : urged_) views_[at].urged = title_of(post);
    for (const PostId post : posts_said_)
        if (auto named = named_post(tx, post, today)) names_[post.text()] = std::move(*named);
    for (const PartyId party : people_said_) {
        // Whoever may not know residents sees who is named in public.
        const auto person = party::load_party(tx, party);
        if (!person) continue;
        std::string name = person->name;
        if (name.empty() && reader_.personal) name = party::opened_name(tx, county_.keys, party);
        if (!name.empty()) names_[party.text()] = {std::move(name), {}};
    }
}

}  // namespace lianxin::matter
