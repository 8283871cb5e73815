#include "pack/law.hpp"

#include <algorithm>

namespace lianxin::pack {
namespace {

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

}  // namespace

std::optional<calendar::Period> period_of(Reader& reader, std::string_view key, const std::string& text) {
    const auto period = calendar::Period::parse(text);
    if (!period)
        reader.error(key, "period_is_malformed", "`" + text + "` is not a period",
                     "write for example \"2h\", \"15d\" or \"10wd\"");
    return period;
}

Law read_law(const Pack& pack, Findings& findings) {
    Law law;
    auto root = pack.reader("law.toml", findings);
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

}  // namespace lianxin::pack
