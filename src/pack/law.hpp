// pack/law.hpp — what the law asks at least or allows at most, and what it binds: law.toml
//     [NAME] at_least = "7d" (or at_most), article = "…", in_force = 2021-01-01, own = true where no statute
//     says so, binds = ["KIND.clock.NAME", "KIND.extension.CLOCK", "KIND.notice.NAME",
//     "KIND.apart.ACTION.STEP"]: whoever did STEP does not do ACTION; what binds nothing else sets no bound
//     [NAME] quorum = "2/3 of electorate", majority = "more than 1/2 of present", binds =
//     ["KIND.ballot.NAME"]
// What is bound stands beside the law and not beside what is bound, so that nobody is let off by leaving a
// word out of a workflow. KIND may be `*`: every kind of matter that has it; a kind that is named must have
// it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "calendar/deadline.hpp"
#include "pack/pack.hpp"
#include "pack/reader.hpp"

namespace lianxin::pack {

struct Binding {
    enum class Of { clock, extension, notice, apart, ballot };
    [[nodiscard]] bool lasts() const { return of != Of::apart && of != Of::ballot; }
    std::string kind;  // of matter; `*`: any
    Of of = Of::clock;
    std::string name;  // apart: ACTION.STEP
    Position at;
    [[nodiscard]] bool same(const Binding& other) const {
        return kind == other.kind && of == other.of && name == other.name;
    }
};
struct LegalBound {
    std::string name;
    std::optional<calendar::Period> at_least;
    std::optional<calendar::Period> at_most;
    std::string quorum, majority;  // of a ballot at least, as workflows write them; empty: none
    std::string article;
    std::optional<Day> in_force;
    bool own = false;  // the county's own rule, not a statute's
    std::vector<Binding> binds;
    Position at;
};
using Law = std::map<std::string, LegalBound, std::less<>>;

[[nodiscard]] Law read_law(const Pack& pack, Findings& findings);

// An absent key is nothing; one that is no period is a finding.
[[nodiscard]] std::optional<calendar::Period> period_of(Reader& reader, std::string_view key,
                                                        const std::string& text);

}  // namespace lianxin::pack
