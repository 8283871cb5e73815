#include "pack/ways_in.hpp"

namespace lianxin::pack {

WaysIn read_ways_in(const Pack& pack, const Words& words, Findings& findings) {
    WaysIn ways;
    auto root = pack.reader("posts.toml", findings);
    root.leave_rest();  // the rest of a post is its noun's
    for (auto& post : root.tables("posts")) {
        post.leave_rest();
        const auto channel = post.text_if("channel");
        if (!channel) continue;
        words.expect("channel." + *channel, post.at("channel"), findings);
        ways.emplace(post.name(), *channel);
    }
    return ways;
}

}  // namespace lianxin::pack
