#include "party/guide_api.hpp"

#include "http/page_size.hpp"
#include "party/post_answer_api.hpp"

namespace lianxin::party {

struct GuideAsked {
    std::optional<PlaceId> place;
    std::optional<std::string> q, after;
    std::optional<http::PageSize<100>> limit;
};
BOOST_DESCRIBE_STRUCT(GuideAsked, (), (place, q, after, limit))
struct GuidePlaceAsked {
    std::optional<PlaceId> place;
};
BOOST_DESCRIBE_STRUCT(GuidePlaceAsked, (), (place))
struct ServiceRow {
    std::string id, title, standard;
    std::string deadline;  // "20wd"
    std::string unit;      // whose desk one asks at
};
BOOST_DESCRIBE_STRUCT(ServiceRow, (), (id, title, standard, deadline, unit))
struct ServiceList {
    std::vector<ServiceRow> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(ServiceList, (), (items, next))
struct GuideLine {
    std::string name, title;
};
BOOST_DESCRIBE_STRUCT(GuideLine, (), (name, title))
struct ServiceAnswer {
    std::string id, title, standard, who, deadline;
    std::vector<GuideLine> materials, steps;
    std::optional<std::string> fee;  // nothing: it costs nothing
    std::optional<PostAnswer> desk;
};
BOOST_DESCRIBE_STRUCT(ServiceAnswer, (), (id, title, standard, who, deadline, materials, steps, fee, desk))

namespace {

using http::Method;
using http::Problem;
using http::Reply;
using http::Request;
using place::Titles;

class Guide {
 public:
    Guide(const Titles& titles, const std::string& language) : titles_(titles), language_(language) {}

    [[nodiscard]] std::string word(const char* sort, const std::string& name) const {
        return titles_(language_, sort + name);
    }
    // People look for what they want, and for the paper they hold in their hand.
    [[nodiscard]] std::string searched(const pack::ServiceItem& item) const {
        std::string text = word("service.", item.name) + " " + word("service_standard.", item.name) + " " +
                           word("service_who.", item.name);
        for (const auto& paper : item.materials) text += " " + word("material.", paper);
        return text;
    }
    [[nodiscard]] ServiceRow row(const OfferedService& offered) const {
        const auto& item = *offered.item;
        return {item.name, word("service.", item.name), word("service_standard.", item.name),
                item.deadline.text(), offered.desk ? offered.desk->unit_name : std::string()};
    }
    [[nodiscard]] ServiceAnswer answer(const OfferedService& offered) const {
        const auto& item = *offered.item;
        ServiceAnswer answer{item.name,
                             word("service.", item.name),
                             word("service_standard.", item.name),
                             word("service_who.", item.name),
                             item.deadline.text(),
                             lines("material.", item.materials),
                             lines("service_step.", item.steps),
                             {},
                             {}};
        if (item.fee) answer.fee = word("service_fee.", item.name);
        if (offered.desk) answer.desk = answer_of(*offered.desk, language_, titles_);
        return answer;
    }

 private:
    [[nodiscard]] std::vector<GuideLine> lines(const char* sort,
                                               const std::vector<std::string>& names) const {
        std::vector<GuideLine> all;
        for (const auto& name : names) all.push_back({name, word(sort, name)});
        return all;
    }

    const Titles& titles_;
    const std::string& language_;
};

}  // namespace

void add_guide_routes(http::Api& api, County& county, const GuideService& guide, Titles titles) {
    api.route<GuideAsked, ServiceList>(
        Method::get, "/api/v1/services",
        {.id = "services",
         .summary = "The promised services, those offered at a place or that have all the words",
         .tag = "services",
         .refusals = {404}},
        [&county, &guide, titles](Request& request, GuideAsked in) -> Result<Reply<ServiceList>, Problem> {
            if (in.place && !place::is_there(county, *in.place)) return fail(http::problem(404, "not_found"));
            const Guide words(titles, request.language);
            const GuideQuery query{in.place, in.q.value_or(""), in.after.value_or(""),
                                   in.limit ? in.limit->items : 50};
            const auto page = guide.page(county, query,
                                         [&](const pack::ServiceItem& item) { return words.searched(item); });
            ServiceList list;
            for (const auto& offered : page.items) list.items.push_back(words.row(offered));
            if (!page.next.empty()) list.next = page.next;
            return Reply{std::move(list)};
        });
    api.route<GuidePlaceAsked, ServiceAnswer>(
        Method::get, "/api/v1/services/{id}",
        {.id = "service_item",
         .summary =
             "One service: who may apply, with which papers, step by step, until when, where, at what fee",
         .tag = "services",
         .refusals = {404}},
        [&county, &guide, titles](Request& request,
                                  GuidePlaceAsked in) -> Result<Reply<ServiceAnswer>, Problem> {
            if (in.place && !place::is_there(county, *in.place)) return fail(http::problem(404, "not_found"));
            const auto offered = guide.find(county, request.param("id"), in.place);
            if (!offered) return fail(http::problem(404, "not_found"));
            return Reply{Guide(titles, request.language).answer(*offered)};
        });
}

}  // namespace lianxin::party
