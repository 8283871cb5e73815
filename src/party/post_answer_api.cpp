#include "party/post_answer_api.hpp"

#include "party/post_title.hpp"

namespace lianxin::party {

HolderAnswer answer_of(const PostView::Holder& holder) {
    const bool open = holder.until == place::open_end();
    return {holder.holding, holder.name, holder.stand_in, holder.from,
            open ? std::nullopt : std::optional(holder.until)};
}

PostAnswer answer_of(const PostView& view, const std::string& language, const place::Titles& titles) {
    const std::string kind_title = titles(language, "post.kind." + view.post.kind);
    PostAnswer answer{
        view.post.id,      view.post.kind,
        kind_title,        post_title(view.unit_name.empty() ? view.place_name : view.unit_name, kind_title),
        view.post.place,   view.place_name,
        view.unit_name,    view.vacant_since.has_value(),
        view.vacant_since, {}};
    for (const auto& holder : view.holders) answer.holders.push_back(answer_of(holder));
    return answer;
}

http::Problem problem_of(PartyRefusal refusal) {
    switch (refusal) {
        // What may not be seen and what is not there answer alike.
        case PartyRefusal::place_not_found:
        case PartyRefusal::post_not_found:
        case PartyRefusal::holding_not_found:
        case PartyRefusal::proposal_not_found:
            return http::problem(404, "not_found");
        case PartyRefusal::not_allowed:
            return http::problem(403, "not_allowed");
        case PartyRefusal::proposal_already_decided:
        case PartyRefusal::proposal_out_of_date:
            return http::problem(409, std::string(code_of(refusal)));
        default:
            return http::problem(422, std::string(code_of(refusal)));
    }
}

}  // namespace lianxin::party
