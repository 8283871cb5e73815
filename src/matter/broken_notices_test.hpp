// matter/broken_notices_test.hpp — ways to break what the sound workflow says of its notice and of who stands
// apart (broken_workflows_test.hpp).
#pragma once

#include "matter/broken_workflows_test.hpp"

namespace lianxin::matter::testing {

inline const std::vector<BrokenText> broken_notices = {
    {"lower_than_law", "quorum = \"2/3 of electorate\"", "quorum = \"1/3 of electorate\"", "[ballots.panel]"},
    {"lower_than_law", "majority = \"2/3 of present\"", "majority = \"1/3 of present\"", "[ballots.panel]"},
    {"nobody_but_the_named",
     "needs = [\"what\"], effects = [\"withdraw_notice\", \"tell reporter\"] }\nreopen",
     "needs = [\"what\"], apart_from = [\"field:to_post\"], effects = [\"withdraw_notice\", \"tell "
     "reporter\"] "
     "}\nreopen",
     "accept = {"},
    {"names_nobody", "accept = { from = [\"new\"], to = \"busy\",",
     "accept = { from = [\"new\"], to = \"busy\", apart_from = [\"field:what\"],", ""},
    {"is_no_yes_or_no", "good = {", "sure = { type = \"text\", must_be_yes = true }\ngood = {", "sure ="},
    {"notice_not_in_days", "period = \"7 working days\"", "period = \"90 minutes\"", ""},
    {"personal_on_notice", "shows = [\"good\"]\nobjections = \"objection\"\n[clocks]",
     "shows = [\"them\"]\n[fields.them]\ntype = \"parties\"\n[clocks]", "shows = [\"them\"]"},
    {"notice_without_objections", "objections = \"objection\"\n", "", "[notices.wall]"},
    {"notice_without_floor", "[clocks]\nstep",
     "[notices.door]\nplace = \"village\"\nperiod = \"7 days\"\nshows = [\"good\"]\nobjections = "
     "\"objection\"\n[clocks]\nstep",
     "[notices.door]"},
    {"not_kept_apart", "close = {",
     "check_again = { from = [\"answered\"], to = \"same\", who = [\"leader\"] }\nclose = {",
     "check_again = {"},
    {"waits_for_no_notice", "needs = [\"there\", \"yes\"], closes",
     "needs = [\"there\", \"yes\"], guards = [\"notice_over:wall\"], closes", "count = {"},
    {"guards_exclude_each_other", "who = [\"reporter\"]\neffects = [\"receipt\"]",
     "who = [\"reporter\"]\nguards = [\"post_vacant\", \"post_held\"]\neffects = [\"receipt\"]",
     "guards = [\"post_vacant\""},
    {"notice_not_up", "opens_notice = \"wall\", to_when", "to_when", "count = {"},
    {"notice_not_up", "put_down = {",
     "peel = { from = [\"hanging\"], to = \"same\", who = [\"owner\"], effects = [\"withdraw_notice\"] }\n"
     "put_down = {",
     "peel = {"},
    {"notice_hangs_on", "effects = [\"withdraw_notice\", \"tell reporter\"] }\nput_down",
     "effects = [\"tell reporter\"] }\nput_down", "drop = {"},
    {"notice_hangs_on", ", effects = [\"withdraw_notice\"] }\nput_down_later", " }\nput_down_later",
     "put_down = {"},
    {"notice_walked_round", "close = {",
     "carry_out = { from = [\"busy\"], to = \"closed\", who = [\"owner\"], guards = [\"notice_over:wall\", "
     "\"no_hold:objection\"], effects = [\"tell reporter\"] }\nclose = {",
     "close = {"},
    {"objection_leads_nowhere",
     "\"busy\", \"shared\", \"stopped\", \"parked\", \"asked\"], to = \"same\", who = [\"child",
     "\"busy\", \"shared\", \"stopped\", \"asked\"], to = \"same\", who = [\"child", "[notices.wall]"},
    {"clock_of_another_notice", from_to("[clocks]", "limit = \"notice:wall\""),
     "[notices.door]\nplace = \"village\"\nperiod = \"7 days\"\nshows = [\"good\"]\n" +
         from_to("[clocks]", "limit = \"notice:") + "door\"",
     "hanging = {"}};

}  // namespace lianxin::matter::testing
