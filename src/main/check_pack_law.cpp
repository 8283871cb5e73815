#include "main/check_pack_law.hpp"

#include <algorithm>

#include "matter/share_order.hpp"
#include "pack/built_on.hpp"

namespace lianxin {
namespace {

using pack::Binding;
using pack::Law;
using pack::LegalBound;

constexpr std::string_view law_path = "law.toml";

// What the pack builds on says of the law by itself.
Law inherited_law(const pack::Pack& pack) {
    const auto base = pack::built_on(pack, [](std::string_view path) { return path == law_path; });
    pack::Findings reported_there;
    return base ? pack::read_law(*base, reported_there) : Law{};
}

using Limit = std::optional<calendar::Period> LegalBound::*;

// In another unit it is another rule.
bool keeps_time(const LegalBound& own, const LegalBound& statute, Limit limit) {
    const auto& asked = statute.*limit;
    const auto& said = own.*limit;
    if (!asked) return true;
    if (!said || said->unit != asked->unit) return false;
    return limit == &LegalBound::at_least ? said->amount >= asked->amount : said->amount <= asked->amount;
}

// What is no share is found where the law is read.
bool keeps_share(const std::string& said, const std::string& asked) {
    if (asked.empty()) return true;
    if (said.empty()) return false;
    const auto own = matter::parse_share(said), statute = matter::parse_share(asked);
    return !own || !statute || !matter::is_lower(*own, *statute);
}

bool binds_no_less(const LegalBound& own, const LegalBound& statute) {
    return std::all_of(statute.binds.begin(), statute.binds.end(), [&](const Binding& binding) {
        return std::any_of(own.binds.begin(), own.binds.end(),
                           [&](const Binding& kept) { return kept.same(binding); });
    });
}

bool keeps(const LegalBound& own, const LegalBound& statute) {
    return keeps_time(own, statute, &LegalBound::at_least) &&
           keeps_time(own, statute, &LegalBound::at_most) && keeps_share(own.quorum, statute.quorum) &&
           keeps_share(own.majority, statute.majority) && binds_no_less(own, statute);
}

}  // namespace

void check_statutes(const pack::Pack& pack, const Law& law, pack::Findings& findings) {
    for (const auto& [name, statute] : inherited_law(pack)) {
        if (statute.own) continue;
        const auto own = law.find(name);
        if (own == law.end())
            findings.error(pack::said_at(pack, law_path, name), "law_taken_away",
                           "`" + name + "` (" + statute.article + ") is law here too",
                           "keep it, or lay the article that is in force here over it");
        else if (own->second.article == statute.article && !keeps(own->second, statute))
            findings.error(pack::said_at(pack, law_path, name), "law_loosened",
                           "`" + name + "` asks or binds less here than " + statute.article + " does",
                           "keep what it asks and all it binds, or name the article that is in force here");
    }
}

}  // namespace lianxin
