#include "place/category_suggestion.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace lianxin::place {
namespace {

Category category(std::int64_t id, std::int64_t parent, int level, std::string name,
                  std::vector<std::string> also = {}) {
    Category made;
    made.id = CategoryId(id);
    if (parent != 0) made.parent = CategoryId(parent);
    made.level = level;
    made.code = std::to_string(id);
    made.name = std::move(name);
    made.also = std::move(also);
    return made;
}

class CategorySuggestions : public testing::Test {
 protected:
    CategorySuggestions() {
        std::vector<Category> all{category(1, 0, 1, "道路交通"),
                                  category(2, 1, 2, "路灯"),
                                  category(3, 2, 3, "路灯不亮", {"灯坏了", "没有灯"}),
                                  category(4, 1, 2, "路面"),
                                  category(5, 4, 3, "路面破损", {"坑洼", "大坑"}),
                                  category(6, 0, 1, "用水"),
                                  category(7, 6, 2, "供水"),
                                  category(8, 7, 3, "突然停水", {"没水"}),
                                  category(9, 6, 2, "水费"),
                                  category(10, 9, 3, "水费算得不对", {"多收"})};
        index_ = CategoryIndex(std::move(all));
    }
    std::vector<std::int64_t> suggested(std::string_view subject, std::string_view text = {},
                                        const std::map<CategoryId, CategoryCounts>& learned = {}) const {
        const CategorySuggester suggester(index_, learned);
        std::vector<std::int64_t> ids;
        for (const Suggestion& one : suggester.suggest(features_of(fold(subject), fold(text))))
            ids.push_back(one.category->id.value());
        return ids;
    }
    void decide(std::map<CategoryId, CategoryCounts>& learned, std::int64_t id, std::string_view text,
                int sign = 1) const {
        count(learned[CategoryId(id)], features_of(fold(text), ""), sign);
    }
    CategoryIndex index_;
};

TEST_F(CategorySuggestions, TheNamesAloneAreEnoughOnTheFirstDay) {
    EXPECT_EQ(suggested("村口的路灯不亮了").front(), 3);
    EXPECT_EQ(suggested("门前一个大坑").front(), 5);
    EXPECT_EQ(suggested("", "昨天晚上开始家里没水").front(), 8);
}

TEST_F(CategorySuggestions, OnlyLeavesAreProposedAndAtMostThree) {
    const auto ids = suggested("路灯、路面、水费、停水");
    EXPECT_EQ(ids.size(), 3U);
    for (const auto id : ids) EXPECT_TRUE(index_.is_leaf(*index_.find(CategoryId(id)))) << id;
}

TEST_F(CategorySuggestions, NothingIsProposedWhereNothingIsSaid) {
    EXPECT_TRUE(suggested("").empty());
    EXPECT_TRUE(suggested("hello 12345").empty());
    EXPECT_TRUE(suggested("谢谢").empty());
}

TEST_F(CategorySuggestions, WordsTheTreeDoesNotHaveAreLearnedFromDecisions) {
    EXPECT_TRUE(suggested("夜里黑漆漆看不见").empty());
    std::map<CategoryId, CategoryCounts> learned;
    for (int i = 0; i < 40; ++i) {
        decide(learned, 3, "夜里黑漆漆的");
        decide(learned, 10, "抄表员写错了数字");
    }
    EXPECT_EQ(suggested("夜里黑漆漆看不见", "", learned).front(), 3);
    EXPECT_EQ(suggested("数字写错", "", learned).front(), 10);
}

TEST_F(CategorySuggestions, AHandfulOfDecisionsDoesNotDrownTheNames) {
    std::map<CategoryId, CategoryCounts> learned;
    for (int i = 0; i < 3; ++i) decide(learned, 10, "我家门前的事情请尽快处理");
    EXPECT_EQ(suggested("我家门前的路灯不亮请尽快处理", "", learned).front(), 3);
}

// Much of what is written goes with every matter; whoever learned it first must not own it.
TEST_F(CategorySuggestions, ALeafNobodyHasDecidedForKeepsItsOwnWords) {
    const auto written = [](const std::string& what) {
        return "我们村里有" + what + "的问题，请你们来看一看，谢谢";
    };
    std::map<CategoryId, CategoryCounts> learned;
    for (int i = 0; i < 40; ++i) {
        decide(learned, 3, written("路灯"));
        decide(learned, 8, written("水压"));
    }
    EXPECT_EQ(suggested("", written("水费算得不对"), learned).front(), 10);
    EXPECT_EQ(suggested("", "水费算得不对", learned).front(), 10);
    EXPECT_EQ(suggested("", written("路面破损"), learned).front(), 5);
}

TEST_F(CategorySuggestions, ADecisionTakenBackLeavesNothing) {
    std::map<CategoryId, CategoryCounts> learned;
    decide(learned, 3, "夜里黑漆漆的");
    decide(learned, 3, "夜里黑漆漆的", -1);
    EXPECT_EQ(learned.at(CategoryId(3)).matters, 0);
    EXPECT_TRUE(learned.at(CategoryId(3)).features.empty());
}

TEST_F(CategorySuggestions, DecisionsForACategoryNoLongerInForceAreIgnored) {
    std::map<CategoryId, CategoryCounts> learned;
    for (int i = 0; i < 40; ++i) decide(learned, 99, "村口的路灯不亮了");
    EXPECT_EQ(suggested("村口的路灯不亮了", "", learned).front(), 3);
}

// Numbers and Latin letters say who and where; what is kept shall not.
TEST(SuggestionFeatures, NumbersAndLettersAreNotAmongThem) {
    EXPECT_TRUE(features_of("13812345678 a3-12", "K9").empty());
    EXPECT_EQ(features_of("灯13812345678", ""), features_of("灯", ""));
}

TEST(SuggestionFeatures, TheRarestGoFirstWhenThereAreTooMany) {
    CategoryCounts counts;
    counts.features = {{1, 5.0F}, {2, 1.0F}, {3, 4.0F}, {4, 1.0F}};
    forget_rare(counts, 2);
    EXPECT_EQ(counts.features, (std::map<std::uint32_t, float>{{1, 5.0F}, {3, 4.0F}}));
}

}  // namespace
}  // namespace lianxin::place
