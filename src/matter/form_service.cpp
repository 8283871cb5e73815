#include "matter/form_service.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "base/id.hpp"

namespace lianxin::matter {

namespace {

namespace json = boost::json;

std::string text_of(const json::string& text) {
    return {text.data(), text.size()};
}

// Ids are decimal strings in JSON: numbers above 2^53 do not survive a browser.
std::optional<std::int64_t> id_of(const json::value& v) {
    const auto* text = v.if_string();
    if (text == nullptr) return {};
    const auto id = Id<struct AnyNoun>::parse({text->data(), text->size()});
    if (!id) return {};
    return id->value();
}

template <class T>
std::optional<std::vector<T>> list_of(const json::value& v,
                                      const std::function<std::optional<T>(const json::value&)>& one) {
    const auto* items = v.if_array();
    if (items == nullptr) return {};
    std::vector<T> out;
    for (const json::value& item : *items) {
        auto read = one(item);
        if (!read) return {};
        out.push_back(std::move(*read));
    }
    return out;
}

std::optional<std::vector<std::string>> texts_of(const json::value& v) {
    return list_of<std::string>(v, [](const json::value& item) -> std::optional<std::string> {
        const auto* text = item.if_string();
        return text == nullptr ? std::nullopt : std::optional(text_of(*text));
    });
}

// Only the members named may stand in the object.
bool only(const json::object& object, std::initializer_list<std::string_view> names) {
    for (const auto& member : object) {
        const std::string_view key(member.key().data(), member.key().size());
        bool known = false;
        for (const std::string_view name : names) known = known || name == key;
        if (!known) return false;
    }
    return true;
}

std::optional<FieldValue> read_attachments(const json::value& v, const FormHints& hints) {
    const auto ids = list_of<std::int64_t>(v, id_of);
    if (!ids) return {};
    AttachmentsValue value;
    for (const std::int64_t id : *ids) value.files.push_back({id, hints.kind_of(id)});
    return value;
}

std::optional<FieldValue> read_checklist(const json::value& v, FieldIndex field, const FormHints& hints) {
    auto items = texts_of(v);
    if (!items) return {};
    const auto listed = hints.listed(field);
    ChecklistValue value;
    for (std::string& item : *items) {
        const bool known = std::find(listed.begin(), listed.end(), item) != listed.end();
        (known ? value.items : value.others).push_back(std::move(item));
    }
    return value;
}

std::optional<FieldValue> read_criteria(const json::value& v) {
    const auto* object = v.if_object();
    if (object == nullptr) return {};
    CriteriaValue value;
    for (const auto& [key, answer] : *object) {
        const auto* one = answer.if_object();
        if (one == nullptr || !only(*one, {"met", "reason"})) return {};
        const auto* met = one->if_contains("met");
        const auto* reason = one->if_contains("reason");
        if (met == nullptr || !met->is_bool() || (reason != nullptr && !reason->is_string())) return {};
        value.answers.push_back({std::string(key.data(), key.size()), met->get_bool(),
                                 reason == nullptr ? std::string() : text_of(reason->get_string())});
    }
    return value;
}

std::optional<FieldValue> read_posts(const json::value& v) {
    const auto* object = v.if_object();
    if (object == nullptr || !only(*object, {"posts", "lead"})) return {};
    const auto* posts = object->if_contains("posts");
    if (posts == nullptr) return {};
    const auto ids = list_of<std::int64_t>(*posts, id_of);
    if (!ids) return {};
    PostsValue value;
    for (const std::int64_t id : *ids) value.posts.emplace_back(id);
    if (const auto* lead = object->if_contains("lead"); lead != nullptr && !lead->is_null()) {
        const auto id = id_of(*lead);
        if (!id) return {};
        value.lead = PostId(*id);
    }
    return value;
}

std::optional<FieldValue> read_rating(const json::value& v) {
    const auto* object = v.if_object();
    if (object == nullptr || !only(*object, {"solved", "grade", "why"})) return {};
    RatingValue value;
    const auto* solved = object->if_contains("solved");
    if (solved == nullptr || !solved->is_string()) return {};
    const std::string word = text_of(solved->get_string());
    if (word != "yes" && word != "partly" && word != "no") return {};
    value.solved = word == "yes" ? Solved::yes : word == "no" ? Solved::no : Solved::partly;
    if (const auto* grade = object->if_contains("grade"); grade != nullptr && !grade->is_null()) {
        if (!grade->is_int64() || grade->get_int64() < 0 || grade->get_int64() > 100) return {};
        value.grade = static_cast<int>(grade->get_int64());
    }
    if (const auto* why = object->if_contains("why"); why != nullptr && !why->is_null()) {
        if (!why->is_string()) return {};
        value.why = text_of(why->get_string());
    }
    return value;
}

std::optional<TableValue::Cell> read_cell(ColumnType type, const json::value& v) {
    if (v.is_null()) return TableValue::Cell{};
    switch (type) {
        case ColumnType::text:
            if (!v.is_string()) return {};
            return TableValue::Cell(text_of(v.get_string()));
        case ColumnType::number:
        case ColumnType::money:
            if (!v.is_int64()) return {};
            return TableValue::Cell(v.get_int64());
        case ColumnType::day: {
            const auto day = v.is_string() ? Day::parse(text_of(v.get_string())) : std::nullopt;
            if (!day) return {};
            return TableValue::Cell(*day);
        }
    }
    return {};
}

// Each row is an object by column; what a row leaves out says nothing.
std::optional<FieldValue> read_table(const FieldRule& rule, const json::value& v) {
    const auto* rows = v.if_array();
    if (rows == nullptr) return {};
    TableValue table;
    for (const json::value& row : *rows) {
        const auto* object = row.if_object();
        if (object == nullptr) return {};
        TableValue::Row cells(rule.columns.size());
        for (const auto& member : *object) {
            const std::string_view key(member.key().data(), member.key().size());
            std::size_t at = 0;
            while (at < rule.columns.size() && rule.columns[at].name != key) ++at;
            if (at == rule.columns.size()) return {};
            auto cell = read_cell(rule.columns[at].type, member.value());
            if (!cell) return {};
            cells[at] = std::move(*cell);
        }
        table.rows.push_back(std::move(cells));
    }
    return table;
}

std::optional<FieldValue> read_measure(const json::value& v) {
    const auto* object = v.if_object();
    if (object == nullptr || !only(*object, {"scaled", "unit"})) return {};
    const auto* scaled = object->if_contains("scaled");
    const auto* unit = object->if_contains("unit");
    if (scaled == nullptr || !scaled->is_int64() || unit == nullptr || !unit->is_string()) return {};
    return MeasureValue{scaled->get_int64(), text_of(unit->get_string())};
}

template <class Value, class Noun>
std::optional<FieldValue> read_ids(const json::value& v, bool one) {
    std::vector<Noun> ids;
    if (one) {
        const auto id = id_of(v);
        if (!id) return {};
        ids.emplace_back(*id);
    } else {
        const auto list = list_of<std::int64_t>(v, id_of);
        if (!list) return {};
        for (const std::int64_t id : *list) ids.emplace_back(id);
    }
    return FieldValue(Value{std::move(ids)});
}

std::optional<FieldValue> read_value(const FieldRule& rule, FieldIndex field, const json::value& v,
                                     const FormHints& hints) {
    switch (rule.type) {
        case FieldType::text:
            if (!v.is_string()) return {};
            return TextValue{text_of(v.get_string())};
        case FieldType::choice:
            if (!v.is_string()) return {};
            return ChoiceValue{text_of(v.get_string())};
        case FieldType::attachments:
            return read_attachments(v, hints);
        case FieldType::checklist:
            return read_checklist(v, field, hints);
        case FieldType::criteria:
            return read_criteria(v);
        case FieldType::posts:
            return read_posts(v);
        case FieldType::post: {
            const auto id = id_of(v);
            if (!id) return {};
            return PostsValue{{PostId(*id)}, {}};
        }
        case FieldType::parties:
            return read_ids<PartiesValue, PartyId>(v, false);
        case FieldType::party:
            return read_ids<PartiesValue, PartyId>(v, true);
        case FieldType::day: {
            if (!v.is_string()) return {};
            const auto day = Day::parse(text_of(v.get_string()));
            if (!day) return {};
            return FieldValue(*day);
        }
        case FieldType::rating:
            return read_rating(v);
        case FieldType::number:
            if (!v.is_int64()) return {};
            return NumberValue{v.get_int64()};
        case FieldType::money:
            if (!v.is_int64()) return {};
            return MoneyValue{v.get_int64()};
        case FieldType::measure:
            return read_measure(v);
        case FieldType::table:
            return read_table(rule, v);
        case FieldType::yes_no:
            if (!v.is_bool()) return {};
            return FieldValue(v.get_bool());
    }
    return {};
}

struct ToJson {
    const FieldRule& rule;
    json::value operator()(const TableValue& v) const {
        json::array rows;
        for (const auto& row : v.rows) {
            json::object out;
            for (std::size_t at = 0; at < row.size() && at < rule.columns.size(); ++at) {
                const auto& name = rule.columns[at].name;
                if (const auto* text = std::get_if<std::string>(&row[at])) out[name] = *text;
                if (const auto* number = std::get_if<std::int64_t>(&row[at])) out[name] = *number;
                if (const auto* day = std::get_if<Day>(&row[at])) out[name] = day->text();
            }
            rows.emplace_back(std::move(out));
        }
        return rows;
    }
    json::value operator()(const TextValue& v) const { return json::string(v.text); }
    json::value operator()(const ChoiceValue& v) const { return json::string(v.choice); }
    json::value operator()(const AttachmentsValue& v) const {
        json::array out;
        for (const auto& file : v.files) out.emplace_back(std::to_string(file.upload));
        return out;
    }
    json::value operator()(const ChecklistValue& v) const {
        json::array out;
        for (const std::string& item : v.items) out.emplace_back(item);
        for (const std::string& item : v.others) out.emplace_back(item);
        return out;
    }
    json::value operator()(const CriteriaValue& v) const {
        json::object out;
        for (const auto& answer : v.answers)
            out[answer.item] = {{"met", answer.met}, {"reason", answer.reason}};
        return out;
    }
    json::value operator()(const PostsValue& v) const {
        json::array posts;
        for (const PostId post : v.posts) posts.emplace_back(post.text());
        json::object out{{"posts", posts}};
        if (v.lead) out["lead"] = v.lead->text();
        return out;
    }
    json::value operator()(const PartiesValue& v) const {
        json::array out;
        for (const PartyId party : v.parties) out.emplace_back(party.text());
        return out;
    }
    json::value operator()(Day v) const { return json::string(v.text()); }
    json::value operator()(const RatingValue& v) const {
        const char* solved = v.solved == Solved::yes ? "yes" : v.solved == Solved::no ? "no" : "partly";
        json::object out{{"solved", solved}};
        if (v.grade) out["grade"] = *v.grade;
        if (!v.why.empty()) out["why"] = v.why;
        return out;
    }
    json::value operator()(const NumberValue& v) const { return v.number; }
    json::value operator()(const MoneyValue& v) const { return v.fen; }
    json::value operator()(const MeasureValue& v) const { return {{"scaled", v.scaled}, {"unit", v.unit}}; }
    json::value operator()(bool v) const { return v; }
};

}  // namespace

FormReading read_form(const Workflow& workflow, const json::object& fields, const FormHints& hints) {
    FormReading reading;
    for (const auto& member : fields) {
        const std::string name(member.key().data(), member.key().size());
        const auto field = workflow.find_field(name);
        if (!field) {
            reading.faults.push_back({name, "unknown_field"});
            continue;
        }
        auto value = read_value(rule_at(workflow.fields, *field), *field, member.value(), hints);
        if (value) {
            reading.form.set(*field, std::move(*value));
        } else {
            reading.faults.push_back({name, "wrong_type"});
        }
    }
    return reading;
}

json::value value_json(const FieldRule& rule, const FieldValue& value) {
    return std::visit(ToJson{rule}, value);
}

}  // namespace lianxin::matter
