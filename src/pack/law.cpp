#include "pack/law.hpp"

#include <algorithm>

#include "pack/built_on.hpp"

namespace lianxin::pack {
namespace {

constexpr std::string_view law_path = "law.toml";

std::optional<calendar::Period> period_if(Reader& reader, std::string_view key) {
    const auto text = reader.text_if(key);
    return text ? period_of(reader, key, *text) : std::nullopt;
}

// ACTION.STEP
bool is_pair(std::string_view name) {
    const auto dot = name.find('.');
    return dot != 0 && dot != std::string_view::npos && dot + 1 < name.size() &&
           name.find('.', dot + 1) == std::string_view::npos;
}

std::optional<Binding> parse_binding(const Reader::PlacedText& word) {
    const auto first = word.text.find('.');
    const auto second = first == std::string::npos ? first : word.text.find('.', first + 1);
    if (first == 0 || second == std::string::npos || second + 1 == word.text.size()) return {};
    Binding binding{word.text.substr(0, first), Binding::Of::clock, word.text.substr(second + 1), word.at};
    const auto sort = word.text.substr(first + 1, second - first - 1);
    if (sort == "extension")
        binding.of = Binding::Of::extension;
    else if (sort == "notice")
        binding.of = Binding::Of::notice;
    else if (sort == "ballot")
        binding.of = Binding::Of::ballot;
    else if (sort == "apart" && is_pair(binding.name))
        binding.of = Binding::Of::apart;
    else if (sort != "clock")
        return {};
    return binding;
}

std::vector<Binding> read_binds(Reader& entry) {
    std::vector<Binding> binds;
    const auto words = entry.placed_texts("binds");
    for (const auto& word : words) {
        if (auto binding = parse_binding(word))
            binds.push_back(std::move(*binding));
        else
            entry.findings().error(word.at, "binding_is_malformed", "`" + word.text + "` is nothing to bind",
                                   "write KIND.clock.NAME, KIND.extension.CLOCK, KIND.notice.NAME, "
                                   "KIND.ballot.NAME or KIND.apart.ACTION.STEP");
    }
    if (words.empty())
        entry.error("binds", "law_binds_nothing", "nobody is bound by `" + entry.name() + "`",
                    "say what it binds: binds = [\"KIND.clock.NAME\"]");
    return binds;
}

// Whoever is bound to a time or to a vote is told to which.
bool sets_no_bound(const LegalBound& bound) {
    const bool no_time = !bound.at_least && !bound.at_most;
    const bool no_share = bound.quorum.empty() && bound.majority.empty();
    return (bound.binds.empty() && no_time && no_share) ||
           std::any_of(bound.binds.begin(), bound.binds.end(), [&](const Binding& each) {
               return (each.lasts() && no_time) || (each.of == Binding::Of::ballot && no_share);
           });
}

Law read_entries(const Pack& pack, Findings& findings) {
    Law law;
    auto root = pack.reader(law_path, findings);
    for (auto& entry : root.tables()) {
        LegalBound bound{entry.name(),
                         period_if(entry, "at_least"),
                         period_if(entry, "at_most"),
                         entry.text_or("quorum", ""),
                         entry.text_or("majority", ""),
                         entry.text("article"),
                         entry.day_if("in_force"),
                         entry.flag("own"),
                         read_binds(entry),
                         entry.at()};
        if (sets_no_bound(bound))
            entry.error("", "bound_is_missing", "`" + bound.name + "` sets no bound",
                        "add at_least = \"…\" or at_most = \"…\", of a ballot quorum or majority");
        law.emplace(bound.name, std::move(bound));
    }
    return law;
}

// What the pack builds on says of the law by itself.
Law inherited_law(const Pack& pack) {
    const auto base = built_on(pack, [](std::string_view path) { return path == law_path; });
    Findings reported_there;
    return base ? read_entries(*base, reported_there) : Law{};
}

using Limit = std::optional<calendar::Period> LegalBound::*;

// In another unit it is another rule.
bool keeps(const LegalBound& own, const LegalBound& statute, Limit limit) {
    const auto& asked = statute.*limit;
    const auto& said = own.*limit;
    if (!asked) return true;
    if (!said || said->unit != asked->unit) return false;
    return limit == &LegalBound::at_least ? said->amount >= asked->amount : said->amount <= asked->amount;
}

bool binds_no_less(const LegalBound& own, const LegalBound& statute) {
    return std::all_of(statute.binds.begin(), statute.binds.end(), [&](const Binding& binding) {
        return std::any_of(own.binds.begin(), own.binds.end(),
                           [&](const Binding& kept) { return kept.same(binding); });
    });
}

// A rule of a county's own is no statute.
void keep_statutes(const Law& law, const Law& inherited, const Pack& pack, Findings& findings) {
    for (const auto& [name, statute] : inherited) {
        if (statute.own) continue;
        const auto own = law.find(name);
        if (own == law.end()) {
            findings.error(said_at(pack, law_path, name), "law_taken_away",
                           "`" + name + "` (" + statute.article + ") is law here too",
                           "keep it, or lay the article that is in force here over it");
            continue;
        }
        const auto& bound = own->second;
        const bool kept = keeps(bound, statute, &LegalBound::at_least) &&
                          keeps(bound, statute, &LegalBound::at_most) && binds_no_less(bound, statute);
        if (!kept && bound.article == statute.article)
            findings.error(said_at(pack, law_path, name), "law_loosened",
                           "`" + name + "` binds less here than " + statute.article + " does",
                           "keep its bounds and all it binds, or name the article that is in force here");
    }
}

}  // namespace

std::optional<calendar::Period> period_of(Reader& reader, std::string_view key, const std::string& text) {
    const auto period = calendar::Period::parse(text);
    if (!period)
        reader.error(key, "period_is_malformed", "`" + text + "` is not a period",
                     "write for example \"2h\", \"15d\" or \"10wd\"");
    return period;
}

Law read_law(const Pack& pack, Findings& findings) {
    auto law = read_entries(pack, findings);
    keep_statutes(law, inherited_law(pack), pack, findings);
    return law;
}

}  // namespace lianxin::pack
