// matter/matter_api_published.hpp — what everybody may read, in words: the lines of a notice or a page, and
// GET /api/v1/published/{id}, the page of one matter.
#pragma once

#include <boost/describe/class.hpp>
#include <string>
#include <vector>

#include "http/api.hpp"
#include "matter/matter_api_tone.hpp"
#include "matter/matter_api_wording.hpp"
#include "matter/publication_service.hpp"

namespace lianxin::matter::api {

struct Said {
    const PublicLine* line = nullptr;
    std::string title, shown;
    std::string as_text;  // "title: shown"
};
// In their order; what has no words is left out.
[[nodiscard]] std::vector<Said> said_in(const PublicLines& lines, const std::string& workflow,
                                        const Wording& words);

[[nodiscard]] std::vector<Said> said_in(const std::vector<PublicLine>& lines, const Names& names,
                                        const std::string& workflow, const Wording& words);

struct PublicLineShape {
    std::string name, title, shown;
};
BOOST_DESCRIBE_STRUCT(PublicLineShape, (), (name, title, shown))
struct PublicPlaceShape {
    PlaceId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(PublicPlaceShape, (), (id, name))
struct PublishedShape {
    MatterId id;
    std::string kind_title, state_title;
    std::int64_t phase = 0;
    Tone tone = Tone::neutral;
    PublicPlaceShape place;
    Instant received_at, published_at;  // published_at: when it said last what it says
    std::optional<Instant> closed_at;
    std::vector<PublicLineShape> lines;
};
BOOST_DESCRIBE_STRUCT(PublishedShape, (),
                      (id, kind_title, state_title, phase, tone, place, received_at, published_at, closed_at,
                       lines))

[[nodiscard]] PublishedShape published_shape(const PublicMatter& matter, const Wording& words);
void add_published(http::Api& api, County& county, const Workflows& workflows, const place::Titles& titles);

}  // namespace lianxin::matter::api
