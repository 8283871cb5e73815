#include "pack/post_lists.hpp"

namespace lianxin::pack {

std::vector<PostLists> read_post_lists(const Pack& pack, const Words& words, Findings& findings) {
    std::vector<PostLists> all;
    if (pack.document("lists.toml") == nullptr) return all;
    auto root = pack.reader("lists.toml", findings);
    for (const auto& post_kind : root.keys()) {
        auto table = root.table(post_kind);
        PostLists lists{post_kind, {}, table.at()};
        for (const auto& name : table.keys()) {
            words.expect("post_list." + name, table.at(name), findings);
            for (const auto& item : table.placed_texts(name))
                words.expect("post_item." + item.text, item.at, findings);
            lists.lists.push_back({name, table.texts(name)});
        }
        all.push_back(std::move(lists));
    }
    return all;
}

}  // namespace lianxin::pack
