// matter/owner.hpp — who shall own a piece of work. A state names selectors in the order they are tried; the
// first that finds a post owns it, and since every place has a desk that is never empty, a list that ends at
// one always finds. Resolving a selector needs the town, so it is done before a decision: the decision reads
// an OwnerTable.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.hpp"
#include "matter/index.hpp"

namespace lianxin::matter {

enum class Anchor { owner, host, rung, lead, parent, post };

struct OwnerSelector {
    enum class Kind {
        keep,          // who owns it now
        previous,      // who owned it before
        named,         // the post the action, the start or the opening of the part names
        next_rung,     // the next rung of the ladder above the present one that is not left out
        field,         // field:NAME, the post filled in there (of several: the leading one)
        superior_of,   // superior@owner: the superior post of the anchor's
        leader_of,     // leader@host: who leads the unit or place the anchor's post belongs to
        owner_of,      // lead, parent: the post that owns the leading part, the matter itself; post: that
                       // itself which it is about (whom a start concerns)
        desk_of_item,  // desk@service_item: the desk of the unit that promises the service applied for
        kind_at,  // KIND@LEVEL, secretary@meeting: a kind of post at a level, unit or team of the matter's
                  // place
    };
    Kind kind = Kind::keep;
    Anchor anchor = Anchor::owner;
    FieldIndex field;
    std::string post_kind;  // kind_at
    std::string level;
    Mark at;
    // The same question, wherever it was written.
    [[nodiscard]] bool same_as(const OwnerSelector& other) const;
};

struct ParsedSelector {
    OwnerSelector selector;
    std::optional<std::string> field;  // set: still to be resolved from this name
};
[[nodiscard]] std::optional<ParsedSelector> parse_selector(std::string_view text);
[[nodiscard]] std::string selector_text(const OwnerSelector& selector, std::string_view field_name);

// Answers loaded beforehand. Posts that may not own this matter (those complained of and their line) are
// simply absent.
struct OwnerTable {
    struct Found {
        OwnerSelector selector;  // superior_of, leader_of or kind_at
        PostId from;             // the anchor's post; PostId() for kind_at
        PostId post;
    };
    std::vector<Found> found;
    // The post at each rung of the workflow's ladder for the matter's place, lowest first; nothing where a
    // place lacks it.
    std::vector<std::optional<PostId>> ladder;

    [[nodiscard]] std::optional<PostId> find(const OwnerSelector& selector, PostId from) const;
    // The lowest rung above `rung` (from the bottom when there is none) that has a post other than `but`.
    struct Rung {
        RungIndex rung;
        PostId post;
    };
    [[nodiscard]] std::optional<Rung> above(std::optional<RungIndex> rung, PostId but) const;
    [[nodiscard]] std::optional<RungIndex> rung_of(PostId post) const;
};

}  // namespace lianxin::matter
