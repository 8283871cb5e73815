#include "place/category_suggestion_api.hpp"

#include <boost/describe/class.hpp>

#include "base/text.hpp"
#include "place/category_answer_api.hpp"

namespace lianxin::place {

struct SuggestionAsked {
    std::string subject;
    std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(SuggestionAsked, (), (subject, text))
struct SuggestionList {
    std::vector<CategoryAnswer> items;
};
BOOST_DESCRIBE_STRUCT(SuggestionList, (), (items))

CategoryAnswer answer_of(const CategoryIndex& index, const Category& category) {
    CategoryAnswer answer{category.id,    category.code,           category.name,    {},
                          category.level, index.is_leaf(category), category.no_photo};
    for (const auto* step : index.path(category)) answer.path.push_back(step->name);
    return answer;
}

void add_suggestion_routes(http::Api& api, County& county, CategorySuggestions& suggestions) {
    api.route<SuggestionAsked, SuggestionList>(
        http::Method::post, std::string(suggestions_path),
        {.id = "suggest_categories",
         .summary = "The three categories a text most likely belongs to; the person decides",
         .tag = "places",
         .refusals = {422}},
        [&county, &suggestions](http::Request&,
                                SuggestionAsked asked) -> Result<http::Reply<SuggestionList>, http::Problem> {
            const std::string text = asked.text.value_or("");
            if (!is_valid_utf8(asked.subject) || !is_valid_utf8(text))
                return fail(http::problem(422, "not_text"));
            const auto found = suggestions.suggest(county, asked.subject, text);
            SuggestionList list;
            for (const Suggestion& one : found.best)
                list.items.push_back(answer_of(*found.index, *one.category));
            return http::Reply{std::move(list)};
        });
}

}  // namespace lianxin::place
