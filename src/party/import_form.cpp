#include "party/import_form.hpp"

#include <algorithm>

#include "base/result.hpp"
#include "place/place.hpp"

namespace lianxin::party {
namespace {

constexpr std::size_t longest_path = 200;  // 浏阳市/大瑶镇/青禾村/枫林组
constexpr std::size_t longest_name = place::max_name_characters;

ImportForm places_form() {
    return {
        ImportKind::places,
        "places",
        "Places above the door: townships, villages, sectors, groups",
        {{"name", "名称", {"名稱", "地名"}, true, false, longest_name, "What the place is called.", "南阳村"},
         {"kind",
          "类型",
          {"類型", "级别", "級別"},
          true,
          false,
          40,
          "Kind of place: its title, its name in the pack (`village`) or what places of it end in (`村`).",
          "村"},
         {"parent",
          "上级",
          {"上級", "所属", "所屬", "所在地"},
          true,
          false,
          longest_path,
          "The place above: its division code, its name where only one bears it, or the path to it "
          "(`大瑶镇/青禾村`). It is there already, or stands further up in the table.",
          "大瑶镇"},
         {"code",
          "区划代码",
          {"區劃代碼", "编码", "編碼"},
          false,
          false,
          12,
          "Statistical division code of 12 digits; agrees with the code of the place above.",
          "430181103218"},
         {"latitude",
          "纬度",
          {"緯度"},
          false,
          false,
          20,
          "Degrees north (WGS 84), with a decimal point.",
          "27.98213"},
         {"longitude",
          "经度",
          {"經度"},
          false,
          false,
          20,
          "Degrees east (WGS 84), with a decimal point.",
          "113.70522"},
         {"from",
          "自",
          {"起始日期"},
          false,
          false,
          20,
          "First day it is on record here; not before the place above is, not in the future. Empty: since "
          "the place above is.",
          ""}}};
}

ImportForm people_form() {
    return {ImportKind::people,
            "people",
            "People, and the posts they hold",
            {{"name",
              "姓名",
              {},
              true,
              true,
              longest_name,
              "The person's name. Public with a post, sealed without one.",
              "欧阳建国"},
             {"phone",
              "电话",
              {"電話", "手机", "手機"},
              false,
              true,
              40,
              "Telephone number; sealed.",
              "00011112222"},
             {"email", "邮箱", {"郵箱"}, false, true, 254, "E-mail address; sealed.", ""},
             {"place",
              "所在地",
              {"住址", "地点", "地點", "单位所在地", "單位所在地"},
              true,
              true,
              longest_path,
              "Where the person lives or serves: division code, name or path.",
              "大瑶镇/青禾村/枫林组"},
             {"post",
              "岗位",
              {"崗位", "职务", "職務"},
              false,
              false,
              40,
              "Post held there: its title or its name in the pack. Empty: a resident without a post.",
              "representative"},
             {"from",
              "任职日期",
              {"任職日期", "起", "起始日期"},
              false,
              false,
              20,
              "First day of the term; may lie before the county's first day here. Empty: today.",
              "2024-03-01"},
             {"until",
              "任期届满",
              {"任期屆滿", "止", "终止日期", "終止日期"},
              false,
              false,
              20,
              "First day on which the term is over. Empty: open.",
              ""}}};
}

ImportForm households_form() {
    return {ImportKind::households,
            "households",
            "Households: doors below the lowest place",
            {{"name",
              "门牌",
              {"門牌", "名称", "名稱", "户", "戶"},
              true,
              true,
              longest_name,
              "The door, as it is told from its neighbours.",
              "12号"},
             {"parent",
              "所在地",
              {"上级", "上級", "所属", "所屬"},
              true,
              false,
              longest_path,
              "The lowest place it belongs to, a group where the village has groups: division code, name or "
              "path.",
              "大瑶镇/青禾村/枫林组"},
             {"latitude", "纬度", {"緯度"}, false, true, 20, "Degrees north (WGS 84).", ""},
             {"longitude", "经度", {"經度"}, false, true, 20, "Degrees east (WGS 84).", ""},
             {"from",
              "自",
              {"起始日期"},
              false,
              false,
              20,
              "First day it is on record here. Empty: since the place above is.",
              ""}}};
}

ImportForm categories_form() {
    return {ImportKind::categories,
            "categories",
            "What a matter can be about: a tree of three levels, one row to a leaf",
            {{"level1",
              "一级分类",
              {"一级", "一級", "一級分類"},
              true,
              false,
              longest_name,
              "Name at the top.",
              "城乡建设"},
             {"level2",
              "二级分类",
              {"二级", "二級", "二級分類"},
              false,
              false,
              longest_name,
              "Name below it.",
              "道路照明"},
             {"level3",
              "三级分类",
              {"三级", "三級", "三級分類"},
              false,
              false,
              longest_name,
              "Name of the leaf.",
              "路灯不亮"},
             {"no_photo",
              "无需照片",
              {"無需照片"},
              false,
              false,
              10,
              "`是` or `yes` where a picture makes no sense; empty or `否`, `no` otherwise.",
              "否"},
             {"urgency",
              "紧急程度",
              {"緊急程度"},
              false,
              false,
              40,
              "A row of the pack's deadline table: `ordinary`, `utilities`. Empty: that of the level above.",
              "ordinary"},
             {"also",
              "别名",
              {"別名"},
              false,
              false,
              400,
              "Other words people use for it, with `|` between them.",
              "路灯坏了|夜里太黑"}}};
}

}  // namespace

bool ImportColumn::is_called(std::string_view folded_heading) const {
    return folded_heading == name || folded_heading == title ||
           std::find(also.begin(), also.end(), folded_heading) != also.end();
}

const ImportColumn& ImportForm::column(std::string_view asked) const {
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const ImportColumn& column) { return column.name == asked; });
    require(found != columns.end(), "a reader asks for columns that its form declares");
    return *found;
}

const std::vector<ImportForm>& import_forms() {
    static const std::vector<ImportForm> forms{places_form(), people_form(), households_form(),
                                               categories_form()};
    return forms;
}

const ImportForm& import_form(ImportKind kind) {
    const auto& forms = import_forms();
    return *std::find_if(forms.begin(), forms.end(),
                         [&](const ImportForm& form) { return form.kind == kind; });
}

std::optional<ImportKind> import_kind(std::string_view name) {
    for (const auto& form : import_forms())
        if (form.name == name) return form.kind;
    return {};
}

}  // namespace lianxin::party
