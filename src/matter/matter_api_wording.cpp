#include "matter/matter_api_wording.hpp"

#include "party/post_title.hpp"

namespace lianxin::matter::api {

std::string Wording::of(const std::string& workflow, const std::string& what, const std::string& name) const {
    return key_or("workflow." + workflow + "." + what + "." + name, titles_(language_, what + "." + name));
}

std::string Wording::fill(const std::string& key, pack::Words::Filling values) const {
    return pack::fill_placeholders(titles_(language_, key), values);
}

std::string Wording::key_or(const std::string& key, const std::string& otherwise) const {
    std::string found = titles_(language_, key);
    return found == key ? otherwise : found;
}

std::string Wording::kind(const std::string& workflow, const std::string& subkind) const {
    const std::string title = key("workflow." + workflow + ".title");
    return subkind.empty() ? title : title + " · " + of(workflow, "subkind", subkind);
}

std::string Wording::told_clock(const std::string& workflow, const std::string& clock) const {
    const std::string told = of(workflow, "clock_told", clock);
    return told == "clock_told." + clock ? of(workflow, "clock", clock) : told;
}

std::string Wording::post(const std::string& kind_and_seat) const {
    const std::size_t at = kind_and_seat.find('@');
    if (at == std::string::npos) return kind_and_seat;
    return party::post_title(kind_and_seat.substr(at + 1), key("post.kind." + kind_and_seat.substr(0, at)));
}

std::string Wording::hand(const std::string& relation, const std::string& name,
                          const std::string& post_held) const {
    if (name.empty() && post_held.empty()) return key("relation." + relation);
    if (post_held.empty()) return name;
    return name.empty() ? post(post_held) : fill("shown.held", {{"name", name}, {"post", post(post_held)}});
}

std::string Wording::state(const std::string& workflow, const std::string& state, bool merged) const {
    const std::string title = of(workflow, "state", state);
    return merged ? fill("shown.merged", {{"state", title}}) : title;
}

}  // namespace lianxin::matter::api
