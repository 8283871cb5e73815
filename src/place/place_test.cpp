#include "place/place.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <map>
#include <set>

#include "place/category.hpp"
#include "place/place_search.hpp"
#include "place/short_code.hpp"
#include "place/station.hpp"

namespace lianxin::place {
namespace {

TEST(DivisionCode, is_twelve_digits_whose_filled_levels_are_unbroken) {
    EXPECT_EQ(DivisionCode::parse("430181103201")->depth(), 5);
    EXPECT_EQ(DivisionCode::parse("430181103000")->depth(), 4);
    EXPECT_EQ(DivisionCode::parse("430000000000")->depth(), 1);
    for (const char* wrong : {"", "43018110320", "4301811032011", "43018110320x", "000000000000",
                              "430081103201", "430181000201", "４３０１８１１０３２０１"}) {
        EXPECT_FALSE(DivisionCode::parse(wrong)) << wrong;
    }
}

TEST(DivisionCode, agrees_with_its_parent_only_when_it_begins_with_its_digits_and_goes_deeper) {
    const auto township = *DivisionCode::parse("430181103000");
    EXPECT_TRUE(DivisionCode::parse("430181103201")->agrees_with_parent(township));
    EXPECT_FALSE(DivisionCode::parse("430181104201")->agrees_with_parent(township));
    EXPECT_FALSE(township.agrees_with_parent(township));
    EXPECT_TRUE(township.agrees_with_parent(*DivisionCode::parse("430000000000")));
}

TEST(ShortCode, is_read_back_whatever_the_case_and_with_the_letters_people_mix_up) {
    const std::array<std::uint8_t, 5> bytes = {0x08, 0x86, 0x42, 0x98, 0xE8};
    const auto code = short_code(bytes);
    EXPECT_EQ(code.size(), short_code_length);
    EXPECT_EQ(parse_short_code(code), code);
    EXPECT_EQ(parse_short_code("o1il-23ab"), "011123AB");
    EXPECT_FALSE(parse_short_code("ABCDEFG"));
    EXPECT_FALSE(parse_short_code("ABCDEFGHJ"));
    EXPECT_FALSE(parse_short_code("ABCDEFGU"));
    EXPECT_FALSE(parse_short_code("大瑶镇南阳"));
}

TEST(ShortCode, differs_for_different_bytes) {
    std::set<std::string> codes;
    for (std::uint8_t i = 0; i < 200; ++i) {
        const std::array<std::uint8_t, 5> bytes = {i, 0, static_cast<std::uint8_t>(255 - i), 7, i};
        codes.insert(short_code(bytes));
    }
    EXPECT_EQ(codes.size(), 200U);
}

TEST(QrSymbol, is_a_square_svg_with_its_quiet_zone) {
    const auto svg = qr_svg("https://example.org/p/0123ABCD");
    EXPECT_TRUE(svg.starts_with("<svg xmlns="));
    EXPECT_NE(svg.find("viewBox=\"0 0 37 37\""), std::string::npos)
        << svg.substr(0, 160);                           // version 3: 29 modules + 8
    EXPECT_NE(svg.find("M4 4h7v1"), std::string::npos);  // the finder's upper edge
}

Kinds county_kinds() {
    return {{{"county", 1, false, {"市", "县"}},
             {"township", 2, false, {"镇", "乡"}},
             {"village", 3, false, {"村"}},
             {"group", 5, false, {"组"}},
             {"household", 6, true, {}}},
            {{"work_station", {"office", "door_plate"}}}};
}

Place place_of(std::int64_t id, const char* kind, int level, const char* name, std::int64_t parent) {
    Place place;
    place.id = PlaceId(id);
    place.kind = kind;
    place.level = level;
    place.name = name;
    if (parent != 0) place.parent = PlaceId(parent);
    return place;
}

TEST(PlaceRules, hang_a_place_only_below_a_kind_of_a_lower_level) {
    const Kinds kinds = county_kinds();
    const Place township = place_of(2, "township", 2, "大瑶镇", 1);
    Place household = place_of(9, "household", 6, "1号", 2);
    household.household = true;
    EXPECT_EQ(refuse({"group", "枫林组", {}}, &township, kinds), std::nullopt) << "a level may be left out";
    EXPECT_EQ(refuse({"county", "浏阳市", {}}, &township, kinds), PlaceRefusal::kind_not_below_parent);
    EXPECT_EQ(refuse({"township", "金刚镇", {}}, &township, kinds), PlaceRefusal::kind_not_below_parent);
    EXPECT_EQ(refuse({"household", "2号", {}}, &household, kinds), PlaceRefusal::kind_not_below_parent);
    EXPECT_EQ(refuse({"village", "南阳村", {}}, nullptr, kinds), PlaceRefusal::parent_missing);
    EXPECT_EQ(refuse({"hamlet", "南阳村", {}}, &township, kinds), PlaceRefusal::kind_unknown);
    EXPECT_EQ(refuse({"village", " 　", {}}, &township, kinds), PlaceRefusal::name_empty);
    EXPECT_EQ(refuse({"village", std::string(300, 'x'), {}}, &township, kinds), PlaceRefusal::name_too_long);
}

TEST(PlaceRules, want_a_code_that_agrees_with_the_parents) {
    Place township = place_of(2, "township", 2, "大瑶镇", 1);
    township.code = DivisionCode::parse("430181103000");
    EXPECT_EQ(refuse({"village", "南阳村", DivisionCode::parse("430181103201")}, &township, county_kinds()),
              std::nullopt);
    EXPECT_EQ(refuse({"village", "南阳村", DivisionCode::parse("430182103201")}, &township, county_kinds()),
              PlaceRefusal::division_code_disagrees_with_parent);
}

class AddressSearch : public testing::Test {
 protected:
    AddressSearch()
        : index_({place_of(1, "county", 1, "浏阳市", 0), place_of(2, "township", 2, "大瑶镇", 1),
                  place_of(3, "township", 2, "金刚镇", 1), place_of(4, "village", 3, "南阳村", 2),
                  place_of(5, "village", 3, "南阳村", 3), place_of(6, "group", 5, "枫林组", 4),
                  place_of(7, "group", 5, "枫林组", 5), place_of(8, "village", 3, "南阳新村", 2)},
                 county_kinds()) {}
    [[nodiscard]] std::int64_t best(const char* text) const {
        const auto found = index_.find(text);
        return found.empty() ? 0 : found.front().place.value();
    }
    SearchIndex index_;
};

TEST_F(AddressSearch, takes_the_longest_names_along_one_path) {
    EXPECT_EQ(best("浏阳市大瑶镇南阳村枫林组12号"), 6);
    EXPECT_EQ(best("浏阳市金刚镇南阳村枫林组12号"), 7);
    EXPECT_EQ(best("大瑶镇南阳新村"), 8);
    EXPECT_EQ(best("我家住在大瑶镇，路灯坏了"), 2);
}

TEST_F(AddressSearch, lets_people_leave_off_what_a_place_is) {
    EXPECT_EQ(best("大瑶南阳枫林12号"), 6);
    EXPECT_EQ(best("金刚 南阳"), 5);
}

TEST_F(AddressSearch, finds_places_by_part_of_their_name_and_offers_namesakes) {
    const auto found = index_.find("南阳");
    ASSERT_GE(found.size(), 2U);
    EXPECT_EQ(best("枫林"), 6);
    EXPECT_TRUE(index_.find("没有这个地方").empty());
    EXPECT_TRUE(index_.find("  ").empty());
}

TEST_F(AddressSearch, says_where_the_door_begins) {
    const std::string text = "大瑶镇南阳村枫林组12号";
    EXPECT_EQ(text.substr(index_.find(text).front().matched_until), "12号");
}

TEST(StationStandard, is_due_again_after_half_a_year_or_when_it_was_not_met) {
    const StationKind kind{"work_station", {"office", "door_plate", "ledger"}};
    const Day day = Day::of(2024, 7, 1);
    const std::vector<StandardCheck> checks = {{StationId(1), "office", day + -182, true, "", {}},
                                               {StationId(1), "door_plate", day + -183, true, "", {}},
                                               {StationId(1), "ledger", day + -10, true, "", {}},
                                               {StationId(1), "ledger", day + -1, false, "", {}}};
    EXPECT_EQ(standards_due(kind, checks, day), (std::vector<std::string>{"door_plate", "ledger"}));
}

Category category_of(std::int64_t id, std::int64_t parent, int level, const char* name,
                     std::vector<std::string> also = {}) {
    Category category;
    category.id = CategoryId(id);
    if (parent != 0) category.parent = CategoryId(parent);
    category.level = level;
    category.code = "c" + std::to_string(id);
    category.name = name;
    category.also = std::move(also);
    return category;
}

TEST(CategorySearch, puts_the_whole_name_before_its_parts_and_knows_other_words) {
    std::vector<Category> categories = {category_of(1, 0, 1, "道路"),
                                        category_of(2, 1, 2, "照明"),
                                        category_of(3, 2, 3, "路灯不亮", {"路灯坏了"}),
                                        category_of(4, 2, 3, "新装路灯"),
                                        category_of(5, 1, 2, "路面"),
                                        category_of(6, 5, 3, "坑洼", {"路面破损"})};
    categories[1].urgency = "soon";
    const CategoryIndex index(std::move(categories));
    EXPECT_EQ(index.search("路灯不亮").front().category->id, CategoryId(3));
    EXPECT_EQ(index.search("路灯坏了").front().category->id, CategoryId(3));
    EXPECT_EQ(index.search("新装 路灯").front().category->id, CategoryId(4));
    EXPECT_EQ(index.search("坑洼").front().path.front()->name, "道路");
    EXPECT_TRUE(index.search("坑洼").front().leaf);
    EXPECT_TRUE(index.search("养老金").empty());
    EXPECT_TRUE(index.search("").empty());
    EXPECT_EQ(index.urgency(*index.find(CategoryId(3))), "soon") << "inherited from the level above";
    EXPECT_EQ(index.by_code("c6")->name, "坑洼");
    EXPECT_EQ(index.by_code("c7"), nullptr);
}

TEST(CategorySearch, finds_every_leaf_of_the_real_tree_by_its_own_name_fast) {
    std::ifstream file("../shared/data/categories.tsv");
    if (!file) GTEST_SKIP() << "the real tree is not on this machine";
    std::vector<Category> categories;
    std::map<std::string, std::int64_t> known;
    std::vector<std::pair<std::string, std::int64_t>> leaves;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::string path;
        std::int64_t parent = 0;
        std::size_t start = 0;
        for (int level = 1; level <= 3; ++level) {
            const auto end = std::min(line.find('\t', start), line.size());
            const auto name = line.substr(start, end - start);
            path += "/" + name;
            auto& id = known[path];
            if (id == 0) {
                id = static_cast<std::int64_t>(known.size());
                categories.push_back(category_of(id, parent, level, name.c_str()));
                if (level == 3) leaves.emplace_back(name, id);
            }
            parent = id;
            start = end + 1;
        }
    }
    const CategoryIndex index(std::move(categories));
    ASSERT_GT(leaves.size(), 500U);
    const auto begun = std::chrono::steady_clock::now();
    for (const auto& [name, id] : leaves) {
        const auto hits = index.search(name);
        const bool found = std::any_of(
            hits.begin(), hits.end(), [&](const CategoryHit& hit) { return hit.category->id.value() == id; });
        // A name that stands in many branches is found with its branch.
        EXPECT_TRUE(found || hits.size() == 20) << name;
        EXPECT_EQ(hits.front().category->name, name);
    }
    const auto each = (std::chrono::steady_clock::now() - begun) / leaves.size();
    EXPECT_LT(each, std::chrono::milliseconds(5));
}

}  // namespace
}  // namespace lianxin::place
