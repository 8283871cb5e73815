// main/broken_packs_test.hpp — two small sound packs, one built on the other, and for every finding that
// reading a pack can produce (workflows aside: matter/broken_workflows_test.hpp) a way to break them.
#pragma once

#include <map>
#include <ostream>
#include <string>
#include <vector>

namespace lianxin {

// Path → text (sound_packs_test.cpp).
[[nodiscard]] const std::map<std::string, std::string>& sound_packs();

struct BrokenPack {
    std::string code;
    std::string file;
    std::string old_text;  // empty: new_text is put at the end of the file, or makes it
    std::string new_text;
    std::string line_of =
        {};  // a text of the line where the finding must stand; empty: where new_text begins
    std::string found_in = {};  // the finding's file, when it is another
    bool whole_file = false;    // it is about no line of it
};
inline void PrintTo(const BrokenPack& broken, std::ostream* out) {
    *out << broken.code << " in " << broken.file;
}

[[nodiscard]] const std::vector<BrokenPack>& broken_packs();

}  // namespace lianxin
