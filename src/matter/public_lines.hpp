// matter/public_lines.hpp — what is shown of a matter to whoever reads no more of it, line by line, in the
// order in which its workflow declares it: on a notice, on a page, to whoever votes, on a certificate.
#pragma once

#include <boost/json/value.hpp>
#include <map>
#include <string>
#include <vector>

namespace lianxin::matter {

struct FieldRule;

// Whom values speak of, by id, as far as the reader may know.
struct Named {
    std::string called;   // a post as "head@枫林组", a person by name
    std::string holders;  // of a post: who holds it today; empty: nobody, or a person
};
using Names = std::map<std::string, Named, std::less<>>;

struct PublicLine {
    std::string what;  // as declared
    boost::json::value value;
    const FieldRule* rule = nullptr;
    bool corrected = false;
    const FieldRule* of = nullptr;  // a sum: what it is held against
};

struct PublicLines {
    std::vector<PublicLine> lines;
    Names names;  // of posts among them
};

}  // namespace lianxin::matter
