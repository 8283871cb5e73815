// pack/built_on.hpp — what a pack builds on, to be held against what it makes of it: the other pack as it
// stands by itself, and where this one's own files speak of a thing, since what was taken away stands in none
// of them.
#pragma once

#include <optional>
#include <string_view>

#include "pack/pack.hpp"

namespace lianxin::pack {

// Of its documents only those that are wanted; nothing where the pack builds on none. Whatever is wrong with
// it is said by its own check.
[[nodiscard]] std::optional<Pack> built_on(const Pack& pack, bool (*wanted)(std::string_view path));

// Where the pack itself speaks of PATH ("actions.claim.needs") of a document, as deep as it goes: the key,
// else the `remove` that takes it away, else the document, else where the document is left out.
[[nodiscard]] Position said_at(const Pack& pack, std::string_view document, std::string_view path);

}  // namespace lianxin::pack
