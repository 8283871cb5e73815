// matter/broken_text_test.hpp — one way to break the sound workflow: a text of it, and what stands there
// instead.
#pragma once

#include <ostream>
#include <string>

#include "matter/sound_workflow_test.hpp"

namespace lianxin::matter::testing {

struct BrokenText {
    std::string code;
    std::string old_text;
    std::string new_text;
    std::string line_of;  // a text of the line where the finding must stand; empty: where new_text begins
};

inline void PrintTo(const BrokenText& broken, std::ostream* out) {
    *out << broken.code << ": " << broken.new_text;
}

// What stands in the sound one from one text to the end of another.
inline std::string from_to(const std::string& from, const std::string& to) {
    const auto at = sound.find(from), end = sound.find(to, at) + to.size();
    return sound.substr(at, end - at);
}

}  // namespace lianxin::matter::testing
