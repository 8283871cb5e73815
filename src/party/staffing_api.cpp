// Who holds a post: appointed by hand, stood in for, leaving; and everybody who ever held it.
#include "party/party_api.hpp"
#include "party/post_answer_api.hpp"

namespace lianxin::party {

struct PostHistoryAnswer {
    PostAnswer post;
    std::vector<HolderAnswer> past;  // latest first
};
BOOST_DESCRIBE_STRUCT(PostHistoryAnswer, (), (post, past))
struct NewcomerAsked {
    std::string name;
    std::optional<std::string> phone, email;
};
BOOST_DESCRIBE_STRUCT(NewcomerAsked, (), (name, phone, email))
struct AppointmentAsked {
    std::optional<PartyId> person;          // somebody known, or
    std::optional<NewcomerAsked> newcomer;  // somebody new
    std::optional<HoldingId> stands_in_for;
    std::optional<Day> from;   // today when left out
    std::optional<Day> until;  // first day after; the end of the post's term when left out
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(AppointmentAsked, (), (person, newcomer, stands_in_for, from, until, reason))
struct EndAsked {
    std::optional<Day> on;  // first day without the post; today when left out
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(EndAsked, (), (on, reason))
struct AppointedAnswer {
    HoldingId holding;
    PostAnswer post;
};
BOOST_DESCRIBE_STRUCT(AppointedAnswer, (), (holding, post))

namespace {

using http::Method;
using http::None;
using http::Problem;
using http::Reply;
using http::Request;
using place::acting_person;
using place::Titles;

Result<Reply<AppointedAnswer>, Problem> fill(const Request& request, AppointmentAsked asked, County& county,
                                             PartyService& parties, const Titles& titles) {
    const auto id = http::path_id<PostNoun>(request);
    if (!id) return fail(id.error());
    Appointment appointment;
    appointment.post = *id;
    appointment.person = asked.person;
    if (asked.newcomer && !asked.person) {
        appointment.name = std::move(asked.newcomer->name);
        appointment.phone = asked.newcomer->phone.value_or("");
        appointment.email = asked.newcomer->email.value_or("");
    }
    appointment.stands_in_for = asked.stands_in_for;
    appointment.from = asked.from;
    appointment.until = asked.until;
    appointment.reason = asked.reason.value_or("");
    const auto holding = parties.fill_post(county, acting_person(request), appointment);
    if (!holding) return fail(problem_of(holding.error()));
    const auto history = parties.post(county, *id);
    require(history.has_value(), "a post that was just filled stands");
    return Reply{AppointedAnswer{*holding, answer_of(history->post, request.language, titles)}};
}

}  // namespace

void add_staffing_routes(http::Api& api, County& county, PartyService& parties, const Titles& titles) {
    api.route<None, PostHistoryAnswer>(
        Method::get, "/api/v1/posts/{id}",
        {.id = "post",
         .summary = "A post, who holds it and who held it",
         .tag = "parties",
         .refusals = {404}},
        [&county, &parties, titles](Request& request, None) -> Result<Reply<PostHistoryAnswer>, Problem> {
            const auto id = http::path_id<PostNoun>(request);
            if (!id) return fail(id.error());
            const auto history = parties.post(county, *id);
            if (!history) return fail(http::problem(404, "not_found"));
            PostHistoryAnswer answer{answer_of(history->post, request.language, titles), {}};
            for (const auto& holder : history->past) answer.past.push_back(answer_of(holder));
            return Reply{std::move(answer)};
        });
    api.route<AppointmentAsked, AppointedAnswer>(
        Method::post, "/api/v1/posts/{id}/holdings",
        {.id = "appoint",
         .summary = "Appoints somebody to a vacant post, or a stand-in for its holder",
         .tag = "parties",
         .status = 201,
         .refusals = {403, 404, 422}},
        [&county, &parties, titles](Request& request, AppointmentAsked asked) {
            return fill(request, std::move(asked), county, parties, titles);
        });
    api.route<EndAsked, None>(
        Method::post, "/api/v1/holdings/{id}/end",
        {.id = "end_holding",
         .summary = "Ends somebody's term, and with it that of whoever stands in for them",
         .tag = "parties",
         .refusals = {403, 404, 422}},
        [&county, &parties](Request& request, EndAsked asked) -> Result<Reply<None>, Problem> {
            const auto id = http::path_id<HoldingNoun>(request);
            if (!id) return fail(id.error());
            const auto left =
                parties.leave(county, acting_person(request), *id, asked.on.value_or(place::today(county)),
                              asked.reason.value_or(""));
            if (!left) return fail(problem_of(left.error()));
            return Reply<None>{};
        });
    api.route<EndAsked, None>(
        Method::post, "/api/v1/posts/{id}/close",
        {.id = "close_post",
         .summary = "Does away with a post; desks stay",
         .tag = "parties",
         .refusals = {403, 404, 422}},
        [&county, &parties](Request& request, EndAsked asked) -> Result<Reply<None>, Problem> {
            const auto id = http::path_id<PostNoun>(request);
            if (!id) return fail(id.error());
            const auto closed =
                parties.close_post(county, acting_person(request), *id,
                                   asked.on.value_or(place::today(county)), asked.reason.value_or(""));
            if (!closed) return fail(problem_of(closed.error()));
            return Reply<None>{};
        });
}

}  // namespace lianxin::party
