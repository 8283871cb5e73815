#include "place/door.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace lianxin::place {
namespace {

const std::vector<Door> doors{{PlaceId(1), "1号"},
                              {PlaceId(2), "12号"},
                              {PlaceId(3), "12-3号"},
                              {PlaceId(4), "103号"},
                              {PlaceId(5), "王家老屋"}};

struct Said {
    const char* text;
    std::int64_t door;  // 0: none
};

TEST(Door, IsMeantByItsNumberHoweverItIsWritten) {
    for (const Said& said : {Said{"12号", 2},
                             {"12", 2},
                             {"１２号", 2},
                             {"012号", 2},
                             {"十二号", 2},
                             {"12 号门口", 2},
                             {"12號", 2},
                             {"枫林组12号", 2},
                             {"3组12号", 2},
                             {"12-3号", 3},
                             {"一百零三号", 4},
                             {"一号", 1},
                             {"在王家老屋后面", 5}}) {
        const auto meant = door_meant(said.text, doors);
        ASSERT_TRUE(meant) << said.text;
        EXPECT_EQ(meant->value(), said.door) << said.text;
    }
}

TEST(Door, IsNotGuessedWhereNoneOrMoreThanOneIsMeant) {
    for (const char* text : {"", "村口大樟树下", "13号", "1号和12号之间", "12号与一号", "东边第一个路口",
                             "1 12", "0号", "1号路灯不亮", "12路车站"})
        EXPECT_FALSE(door_meant(text, doors)) << text;
}

TEST(Door, IsNotChosenAmongTwoOfOneNumber) {
    const std::vector<Door> twins{{PlaceId(1), "7号"}, {PlaceId(2), "7 号"}};
    EXPECT_FALSE(door_meant("7号", twins));
}

}  // namespace
}  // namespace lianxin::place
