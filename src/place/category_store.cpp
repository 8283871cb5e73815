#include "place/category_store.hpp"

#include "place/place_store.hpp"
#include "store/batch_insert.hpp"

namespace lianxin::place {
namespace {

// Other words are kept one a line.
std::string lines(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : "\n") + word;
    return text;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

}  // namespace

std::vector<Category> load_categories(store::Transaction& tx, Day day) {
    std::vector<Category> categories;
    const auto today = day.text();
    for (const store::Row row : tx.query("select id, parent, level, code, name, also, no_photo, urgency, "
                                         "from_day, until_day from category where "
                                         "from_day <= $1 and $1 < until_day order by id",
                                         today)) {
        Category category;
        category.id = row.get<CategoryId>(0);
        category.parent = row.get<std::optional<CategoryId>>(1);
        category.level = row.get<int>(2);
        category.code = row.get<std::string>(3);
        category.name = row.get<std::string>(4);
        category.also = words_of(row.get<std::string_view>(5));
        category.no_photo = row.get<bool>(6);
        category.urgency = row.get<std::string>(7);
        category.from = Day::parse(row.get<std::string_view>(8)).value_or(day);
        category.until = Day::parse(row.get<std::string_view>(9)).value_or(day);
        categories.push_back(std::move(category));
    }
    return categories;
}

void insert_categories(store::Transaction& tx, const std::vector<Category>& categories) {
    store::BatchInsert batch(
        tx,
        "insert into category (id, parent, level, code, name, also, no_photo, urgency, from_day, "
        "until_day)",
        10);
    for (const auto& category : categories) {
        batch.add({category.id, category.parent, category.level, category.code, category.name,
                   batch.keep(lines(category.also)), category.no_photo, category.urgency,
                   batch.keep(category.from.text()), batch.keep(category.until.text())});
    }
    batch.flush();
}

std::int64_t category_version(store::Transaction& tx) {
    return tx.value<std::int64_t>("select version from territory_version where name = 'category'")
        .value_or(0);
}

void bump_category_version(store::Transaction& tx) {
    turn_version(tx, "category");
}

}  // namespace lianxin::place
