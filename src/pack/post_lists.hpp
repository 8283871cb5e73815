// pack/post_lists.hpp — lists.toml:  [POST_KIND] LIST = [ITEM…]. What whoever holds such a post owes and may
// do, what they may bring before a meeting, and what they must not: public lists, in the order they are
// written. Words: post_list.LIST, post_item.ITEM.
#pragma once

#include <string>
#include <vector>

#include "pack/pack.hpp"
#include "pack/reader.hpp"
#include "pack/words.hpp"

namespace lianxin::pack {

struct PostLists {
    struct List {
        std::string name;
        std::vector<std::string> items;
    };
    std::string post_kind;
    std::vector<List> lists;
    Position at;
};
[[nodiscard]] std::vector<PostLists> read_post_lists(const Pack& pack, const Words& words,
                                                     Findings& findings);

}  // namespace lianxin::pack
