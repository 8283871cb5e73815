// matter/publication.hpp — which matters everybody may see in a list, and which have a page of their own
// there. Nothing is public before the step that publishes it, where a kind has one; what is only figures,
// confidential or among the unlisted subkinds is never public, published or not. An explanation for the time
// being is published of a matter that was listed all along.
#pragma once

#include <optional>
#include <string_view>

#include "matter/workflow.hpp"

namespace lianxin::matter {

// What `shows` of a notice or a page may name beside fields.
inline constexpr std::string_view applicant_shown = "person.name";
inline constexpr std::string_view place_shown = "place.name";
inline constexpr std::string_view post_shown = "post.name";  // the post it is about
// "ballots.NAME.result": NAME; nothing of any other word.
[[nodiscard]] std::optional<std::string_view> ballot_shown(std::string_view what);
// "sum.NAME", all that was filled in of a field over the matter's life: NAME; nothing of any other word.
[[nodiscard]] std::optional<std::string_view> sum_shown(std::string_view what);

enum class Listing { always, once_published, never };

[[nodiscard]] Listing listing_of(const Workflow& workflow, std::string_view subkind);
// Once it is published: a page that says what the workflow lets it show.
[[nodiscard]] bool has_page(const Workflow& workflow, std::string_view subkind);
[[nodiscard]] bool publishes(const std::vector<EffectRule>& effects);

}  // namespace lianxin::matter
