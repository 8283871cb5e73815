// Every type of field is said in words, in the reader's language; nothing stored shows through.
#include "matter/matter_api_values.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "matter/matter_api_shapes.hpp"

namespace lianxin::matter::api {
namespace {

const pack::Words& words() {
    static const pack::Words read = [] {
        pack::Findings findings;
        const auto pack = pack::load_pack("packs/dayao", findings);
        return pack::Words::read(*pack, findings);
    }();
    return read;
}

const place::Titles titles = [](std::string_view language, std::string_view key) {
    return words().get(language, key);
};

FieldRule of(FieldType type) {
    FieldRule rule;
    rule.name = "it";
    rule.type = type;
    return rule;
}

std::string said(const FieldRule& rule, std::string_view value, const std::string& language = "zh-Hans",
                 const Names& names = {}) {
    const Wording wording(titles, language);
    return ValueWords(wording, "selection", names).of(&rule, boost::json::parse(value));
}

TEST(ValueInWords, TextIsSaidAsItWasWritten) {
    EXPECT_EQ(said(of(FieldType::text), R"("路灯已换\n已试亮")"), "路灯已换\n已试亮");
}

TEST(ValueInWords, PicturesAreSeenAndNotSaid) {
    EXPECT_EQ(said(of(FieldType::attachments), R"(["123456789012345678"])"), "");
}

TEST(ValueInWords, AChecklistNamesItsPapersAndKeepsWhatWasWrittenBesides) {
    EXPECT_EQ(said(of(FieldType::checklist), R"(["identity_card","村里的证明"])"), "身份证\n村里的证明");
}

TEST(ValueInWords, EachCriterionIsSaidWithItsReason) {
    EXPECT_EQ(said(of(FieldType::criteria),
                   R"({"upright":{"met":true,"reason":"邻里都信他"},"near":{"met":false,"reason":""}})"),
              "为人正派：是 · 邻里都信他\n住得近、走得勤：否");
}

TEST(ValueInWords, PostsAreNamedWithTheirSeatAndWhoLeads) {
    const Names names{{"11", {"head@枫林组", "刘大山"}}, {"12", {"unit_desk@水务局", {}}}};
    const auto text =
        said(of(FieldType::posts), R"({"posts":["11","12","13"],"lead":"12"})", "zh-Hans", names);
    EXPECT_EQ(text.substr(0, text.find('\n')).find("刘大山（枫林组"), 0U) << text;
    EXPECT_NE(text.find("水务局部门受理岗 · 牵头"), std::string::npos) << text;
    EXPECT_EQ(text.find("13"), std::string::npos) << "nobody reads an id";
    EXPECT_EQ(said(of(FieldType::post), R"({"posts":["12"]})", "zh-Hans", names), "水务局部门受理岗");
}

TEST(ValueInWords, PeopleAreNamedWhereTheReaderMayKnowThemAndCountedOtherwise) {
    EXPECT_EQ(said(of(FieldType::parties), R"(["21","22","23"])", "zh-Hans", {{"21", {"王小明", {}}}}),
              "王小明\n2 人");
    EXPECT_EQ(said(of(FieldType::party), R"(["21"])", "zh-Hans", {{"21", {"王小明", {}}}}), "王小明");
}

TEST(ValueInWords, ADayIsADay) {
    EXPECT_EQ(said(of(FieldType::day), R"("2024-05-06")"), "2024年5月6日");
    EXPECT_EQ(said(of(FieldType::day), R"("2024-05-06")", "en"), "6 May 2024");
}

TEST(ValueInWords, ARatingSaysWhetherItIsSolvedHowGoodAndWhy) {
    EXPECT_EQ(said(of(FieldType::rating), R"({"solved":"partly","grade":3,"why":"还有一盏不亮"})"),
              "部分解决 · 基本满意 · 还有一盏不亮");
}

TEST(ValueInWords, AChoiceIsSaidByItsWord) {
    EXPECT_EQ(said(of(FieldType::choice), R"("kept")"), "已履行");
    EXPECT_EQ(said(of(FieldType::choice), R"("kept")", "zh-Hant"), "已履行");
    EXPECT_EQ(said(of(FieldType::choice), R"("low")"), "低");
}

TEST(ValueInWords, NumbersAreGrouped) {
    EXPECT_EQ(said(of(FieldType::number), "1234567"), "1,234,567");
    EXPECT_EQ(said(of(FieldType::number), "-123"), "-123");
}

TEST(ValueInWords, MoneyIsSaidInYuanWithFenWhereThereAreAny) {
    EXPECT_EQ(said(of(FieldType::money), "500000"), "5,000 元");
    EXPECT_EQ(said(of(FieldType::money), "120050"), "1,200.50 元");
    EXPECT_EQ(said(of(FieldType::money), "7"), "0.07 元");
    EXPECT_EQ(said(of(FieldType::money), "-7"), "-0.07 元");
}

TEST(ValueInWords, AQuantityIsSaidWithItsUnit) {
    EXPECT_EQ(said(of(FieldType::measure), R"({"scaled":1000,"unit":"m"})"), "1 米");
    EXPECT_EQ(said(of(FieldType::measure), R"({"scaled":1234500,"unit":"m2"})"), "1,234.5 平方米");
}

TEST(ValueInWords, YesAndNoAreWords) {
    EXPECT_EQ(said(of(FieldType::yes_no), "true"), "是");
    EXPECT_EQ(said(of(FieldType::yes_no), "false", "en"), words().get("en", "choice.no"));
}

TEST(ValueInWords, ATableSaysWhatEachColumnIs) {
    FieldRule rule = of(FieldType::table);
    rule.columns = {{"from", ColumnType::text},
                    {"amount", ColumnType::money},
                    {"on", ColumnType::day},
                    {"share", ColumnType::number}};
    EXPECT_EQ(
        said(rule, R"([{"from":"县财政","amount":500000,"on":"2024-05-06"},{"from":"自筹","share":40}])"),
        "来源：县财政 · 金额：5,000 元 · 日期：2024年5月6日\n来源：自筹 · 比例（%）：40");
}

TEST(ValueInWords, AValueOfAnotherTypeIsSaidAsItWasStored) {
    EXPECT_EQ(said(of(FieldType::money), R"("五千元")"), "五千元");
    const Wording wording(titles, "zh-Hans");
    EXPECT_EQ(ValueWords(wording, "x", {}).of(nullptr, boost::json::parse(R"(["a","b"])")), "a\nb");
}

// Forms carry the words of what stands inside a field.
boost::json::value form_of(std::string_view properties) {
    boost::json::value form = boost::json::parse("{\"properties\":" + std::string(properties) + "}");
    title_form(form, "project", Wording(titles, "zh-Hans"));
    return form;
}

TEST(FormInWords, ColumnsHaveTitlesAndUnitsAreChosenByWords) {
    const auto form = form_of(
        R"({"funds":{"x-widget":"table","items":{"properties":{"from":{"x-widget":"text"}}}},
            "done":{"x-widget":"measure","properties":{"unit":{"enum":["m","m2"]}}}})");
    EXPECT_EQ(form.at_pointer("/properties/funds/items/properties/from/x-title"), "来源");
    EXPECT_EQ(form.at_pointer("/properties/done/properties/unit/x-options/1/title"), "平方米");
    EXPECT_EQ(form.at_pointer("/properties/done/properties/unit/x-options/1/value"), "m2");
}

TEST(HandInWords, StandsInTheBracketsOfTheLanguage) {
    const auto said = [](const char* language) {
        return Wording(titles, language).hand("owner", "刘大山", "head@枫林组");
    };
    EXPECT_EQ(said("zh-Hans").find("刘大山（枫林组"), 0U) << said("zh-Hans");
    EXPECT_EQ(said("en").find("刘大山 ("), 0U) << said("en");
    EXPECT_EQ(said("en").find("）"), std::string::npos);
}

TEST(KindInWords, SaysTheWorkflowBecauseSubkindsOfSeveralAreCalledAlike) {
    const Wording wording(titles, "zh-Hans");
    EXPECT_EQ(wording.kind("project", "roads"), "项目 · 道路");
    EXPECT_EQ(wording.kind("star", ""), "星级评定");
    EXPECT_EQ(wording.state("request", "offered", true), "已并入另一件（待接收）");
}

}  // namespace
}  // namespace lianxin::matter::api
