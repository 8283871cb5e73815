#include "main/demo_story.hpp"

#include <fstream>
#include <tuple>

namespace lianxin::demo {
namespace {

std::optional<pack::Table> read_file(const pack::Pack& pack, const char* name, pack::Findings& findings) {
    std::ifstream in(pack.folder() / "demo" / name, std::ios::binary);
    if (!in) return {};
    const std::string content{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    return pack::parse_toml(content, pack.manifest().name + "/demo/" + name, findings);
}

Fields read_fields(pack::Reader& owner) {
    Fields result;
    if (auto fields = owner.table_if("fields"))
        for (const auto& field : fields->keys()) result.emplace_back(field, *fields->value(field));
    return result;
}

Text read_text(pack::Reader text) {
    return {text.name(),
            text.text("category"),
            text.text("subkind"),
            text.text("scene"),
            text.text("subject"),
            text.text("text"),
            text.text("done"),
            text.at(),
            {}};
}

Channel read_channel(pack::Reader channel) {
    Channel result{channel.name(),        channel.integer("share", 1, 1000),        channel.text("by"),
                   channel.text("place"), channel.integer_or("named", 100, 0, 100), {}};
    if (auto less = channel.table_if("less"))
        for (const auto& rule : less->keys()) result.less[rule] = less->integer(rule, 0, 100);
    return result;
}

// Minutes: [least, most].
std::pair<std::int64_t, std::int64_t> read_span(pack::Reader& reader, const std::string& key) {
    const auto span = reader.integers(key);
    if (span.size() == 2 && span[0] >= 0 && span[0] <= span[1]) return {span[0], span[1]};
    reader.error(key, "span_is_malformed", "`" + key + "` is not a span of minutes",
                 "write " + key + " = [least, most]");
    return {};
}

Plan read_plan(pack::Reader plan) {
    Plan result{plan.name(),
                plan.integer_or("share", 1, 1, 1000),
                plan.integer_or("pace", 10, 1, 1000),
                plan.integer_or("units", 1, 1, 9),
                plan.integer_or("not_solved", 0, 0, 5),
                0,
                0,
                {}};
    if (plan.has("again")) std::tie(result.again_least, result.again_most) = read_span(plan, "again");
    if (auto times = plan.table_if("times"))
        for (const auto& rule : times->keys()) result.times[rule] = times->integer(rule, 0, 100);
    return result;
}

Rule read_rule(pack::Reader rule) {
    Rule result;
    result.name = rule.name();
    result.state = rule.text("state");
    result.action = rule.text_or("action", rule.name());
    result.by = rule.text("by");
    std::tie(result.after_least, result.after_most) = read_span(rule, "after");
    result.times = rule.integer("times", 0, 100);
    result.chance_percent = rule.integer_or("chance", 100, 0, 100);
    result.last = rule.texts("last");
    result.parts_done = rule.flag("parts_done");
    result.beyond_scope = rule.flag("beyond_scope");
    result.fields = read_fields(rule);
    result.electors = rule.text_or("electors", "");
    result.turnout_percent = rule.integer_or("turnout", 100, 0, 100);
    result.yes_percent = rule.integer_or("yes", 100, 0, 100);
    result.begins = rule.text_or("begins", "");
    return result;
}

Affair read_affair(pack::Reader affair) {
    Affair result;
    result.name = affair.name();
    result.workflow = affair.text("workflow");
    result.service_item = affair.text_or("service_item", "");
    result.about = affair.text_or("about", "");
    result.on_behalf = affair.flag("on_behalf");
    result.times = affair.integer_or("times", 0, 0, 1000);
    std::tie(result.from_day, result.until_day) =
        affair.has("days") ? read_span(affair, "days") : std::pair<std::int64_t, std::int64_t>{};
    result.channel = {
        affair.text_or("channel", ""),         1, affair.text("by"), affair.text_or("place", ""),
        affair.integer_or("named", 0, 0, 100), {}};
    for (auto& said : affair.list_of_tables("said"))
        result.said.push_back({result.name, said.text_or("category", ""), said.text_or("subkind", ""),
                               said.text_or("scene", "none"), said.text("subject"), said.text_or("text", ""),
                               said.text_or("done", ""), said.at(), read_fields(said)});
    for (auto& plan : affair.tables("plans")) result.plans.push_back(read_plan(std::move(plan)));
    for (auto& rule : affair.tables("rules")) result.rules.push_back(read_rule(std::move(rule)));
    for (auto& rule : affair.tables("part_rules")) result.part_rules.push_back(read_rule(std::move(rule)));
    result.fields = read_fields(affair);
    return result;
}

std::vector<std::string> characters(std::string_view text) {
    std::vector<std::string> result;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        result.emplace_back(text.substr(i, length));
        i += length;
    }
    return result;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> result;
    while (!text.empty()) {
        const auto end = std::min(text.find(separator), text.size());
        result.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

void read_people(pack::Reader& root, Story& story) {
    auto names = root.table("names");
    story.family_names = characters(names.text("family"));
    story.given_names = split(names.text("given"), ',');
    auto phrases = root.table("phrases");
    for (const auto& key : phrases.keys()) story.phrases[key] = phrases.texts(key);
    auto units = root.table("units");
    for (const auto& key : units.keys()) {
        story.units[key] = units.texts(key);
        story.units_at[key] = units.at(key);
    }
    story.office_posts = root.table("office").texts("posts");
    auto hurry = root.table("hurry");
    story.hurry_plans = hurry.texts("plans");
    for (const auto& key : hurry.keys())
        if (key != "plans") story.hurry[key] = hurry.integer(key, 1, 100);
    for (auto& desk : root.list_of_tables("staffed"))
        story.staffed.push_back({"", desk.text("post"), desk.text_or("at", ""), ""});
    for (auto& login : root.tables("logins"))
        story.logins.push_back(
            {login.name(), login.text("post"), login.text_or("at", ""), login.text_or("serves", "")});
}

}  // namespace

std::optional<Story> read_story(const pack::Pack& pack, pack::Findings& findings) {
    const auto plot = read_file(pack, "story.toml", findings);
    const auto texts = read_file(pack, "texts.toml", findings);
    if (!plot || !texts) return {};
    Story story;
    pack::Reader root(*plot, "", findings);
    story.workflow = root.text("workflow");
    story.tellings = root.integer("tellings", 1, 100'000);
    story.days = root.integer_or("days", 365, 1, 3660);
    for (auto& channel : root.tables("channels")) story.channels.push_back(read_channel(std::move(channel)));
    for (auto& plan : root.tables("plans")) story.plans.push_back(read_plan(std::move(plan)));
    for (auto& rule : root.tables("rules")) story.rules.push_back(read_rule(std::move(rule)));
    for (auto& rule : root.tables("part_rules")) story.part_rules.push_back(read_rule(std::move(rule)));
    for (auto& kind : root.tables("kinds"))
        for (auto& rule : kind.tables("rules"))
            story.kinds[kind.name()].push_back(read_rule(std::move(rule)));
    read_people(root, story);
    pack::Reader said(*texts, "", findings);
    for (auto& text : said.tables("texts")) story.texts.push_back(read_text(std::move(text)));
    if (const auto beside = read_file(pack, "affairs.toml", findings)) {
        pack::Reader affairs(*beside, "", findings);
        for (auto& affair : affairs.tables("affairs"))
            story.affairs.push_back(read_affair(std::move(affair)));
        if (auto phrases = affairs.table_if("phrases"))
            for (const auto& key : phrases->keys()) story.phrases[key] = phrases->texts(key);
    }
    return story;
}

}  // namespace lianxin::demo
