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

}  // namespace lianxin::matter::testing
