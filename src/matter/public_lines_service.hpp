// matter/public_lines_service.hpp — what a notice or a page shows, line by line, in the order in which its
// workflow declares it. A field that is personal is left out whatever was kept.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "matter/matter_view.hpp"
#include "matter/publication.hpp"
#include "store/transaction.hpp"

namespace lianxin::matter {

struct PublicLine {
    std::string what;  // as declared
    boost::json::value value;
    const FieldRule* rule = nullptr;
    bool corrected = false;
};

struct PublicLines {
    std::vector<PublicLine> lines;
    Names names;  // of posts among them

    // `kept`: a JSON object by what is declared; `corrected`: names in it that were put right.
    void add(const Workflow& workflow, const std::vector<std::string>& declared, const std::string& kept,
             const std::vector<std::string>& corrected);
    // Posts are named in public, with whoever holds them; residents never are.
    void name_posts(store::Transaction& tx, Day today);
};

}  // namespace lianxin::matter
