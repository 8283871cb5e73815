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

Text read_text(pack::Reader text) {
    return {text.name(),          text.text("category"), text.text("subkind"), text.text("scene"),
            text.text("subject"), text.text("text"),     text.text("done"),    text.at()};
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
                plan.integer("share", 1, 1000),
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
    if (auto fields = rule.table_if("fields"))
        for (const auto& field : fields->keys()) result.fields.emplace_back(field, fields->text(field));
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
    return story;
}

}  // namespace lianxin::demo
