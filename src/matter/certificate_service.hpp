// matter/certificate_service.hpp — what a matter conferred, as whoever it was conferred on may show it: read
// from the record alone. The entry that confers it is marked; what it says is what was filled in up to that
// entry, for whom it is, by which post and on which day. Whether it still holds is the register's to say: one
// that came with a post holds as long as that term.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "county/county.hpp"
#include "matter/public_lines_service.hpp"
#include "matter/workflows.hpp"

namespace lianxin::matter {

struct Certificate {
    MatterId matter;
    std::string number;
    WorkflowPtr rules;  // in force when it was conferred
    std::string subkind;
    Digest entry{};  // hash of the conferring entry
    Instant conferred_at;
    std::string person;
    std::string post;     // what it is about, "representative@枫林组"; empty: no post
    std::string by_post;  // "secretary@青禾村党支部"; empty: by itself
    std::string by_person;
    PublicLines said;
    std::optional<Day> ended_on;  // since that day it holds no more
};

// The last one that the matter conferred. Nothing where it conferred none, where it is sealed, or where
// nobody can read any more whose it is.
[[nodiscard]] std::optional<Certificate> certificate_of(store::Transaction& tx, County& county,
                                                        const Workflows& workflows, MatterId matter);
[[nodiscard]] std::optional<Certificate> certificate_numbered(County& county, const Workflows& workflows,
                                                              std::string_view number);

}  // namespace lianxin::matter
