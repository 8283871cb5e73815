// matter/broken_hands_test.hpp — the same of steps that are in the wrong hand, or come before what they need,
// and of what is declared for nothing.
#pragma once

#include <vector>

#include "matter/broken_text_test.hpp"

namespace lianxin::matter::testing {

inline const std::vector<BrokenText> broken_hands = {
    {"asker_decides", "who = [\"leader\"], needs = [\"units\"]",
     "who = [\"leader\", \"reporter\"], needs = [\"units\"]", ""},
    {"asker_decides", "solve = { from = [\"busy\"], to = \"answered\", who = [\"owner\"]",
     "solve = { from = [\"busy\"], to = \"answered\", who = [\"owner\", \"reporter\"]", ""},
    {"asker_decides", "extend = { from = [\"busy\"], to = \"same\", who = [\"superior@owner\"]",
     "extend = { from = [\"busy\"], to = \"same\", who = [\"superior@owner\", \"reporter\"]", ""},
    {"taken_back_by_another", "to = \"dropped\", who = [\"reporter\"]", "to = \"dropped\", who = [\"owner\"]",
     ""},
    {"nobody_asked_to_rate", "[parts.piece]\n",
     "[fields.how]\ntype = \"rating\"\n[actions.grade]\nfrom = [\"answered\"]\nto = \"same\"\nwho = "
     "[\"reporter\"]\n"
     "needs = [\"how\"]\n[parts.piece]\n",
     "solve = {"},
    {"pieces_left_open", ", guards = [\"parts_done\"] }", " }", "join = {"},
    {"nobody_leads_the_pieces", ", lead = 1 }", " }", "units = {"},
    {"one_post_named_twice", "[parts.piece]\n",
     "[fields.beside]\ntype = \"post\"\n[actions.hand_both]\nfrom = [\"busy\"]\nto = \"busy\"\nwho = "
     "[\"leader\"]\n"
     "needs = [\"to_post\", \"beside\"]\nowner = \"field:to_post\"\n[parts.piece]\n",
     "to_post = {"},
    {"declared_for_nothing", "virtues = [", "vices = [\"idle\"]\nvirtues = [", ""},
    {"ends_unrated", "[parts.piece]\n",
     "[fields.how]\ntype = \"rating\"\n[actions.grade]\nfrom = [\"answered\"]\nto = \"same\"\nwho = "
     "[\"reporter\"]\n"
     "needs = [\"how\"]\n[actions.hush]\nfrom = [\"busy\"]\nto = \"closed\"\nwho = "
     "[\"owner\"]\n[parts.piece]\n",
     "[actions.hush]"},
    {"declared_for_nothing", "later = { limit",
     "idle = { limit = \"2 days\", due = \"push\" }\nlater = { limit", "idle ="},
    {"declared_for_nothing", ", opens_ballot = \"panel\"", "", "[ballots.panel]"},
    {"declared_for_nothing", ", opens = { part = \"piece\", for_each = \"units\" }", "",
     "[parts.piece.start]"},
    {"given_without_papers", "[start]\n",
     "[fields.missing]\ntype = \"checklist\"\nof = \"service_item.materials\"\nonce = true\n[fields.taken]\n"
     "type = \"checklist\"\nof = \"service_item.steps\"\n[actions.tick]\nfrom = [\"busy\"]\nto = \"same\"\n"
     "who = [\"owner\"]\nneeds = [\"taken\"]\n[start]\nservice_item = true\n",
     "[actions.tick]"},
    {"engine_may_not_begin", "open accountability when red", "open objection when red", ""},
    {"opened_without_its_form", "open accountability when red", "open loan when red", ""},
    {"office_rates_itself", "what = { type = \"text\", min = 5, told = true }",
     "what = { type = \"rating\", told = true }", "refuse = {"},
    {"nothing_to_answer_with", "who = [\"reporter\", \"owner\"], accepts", "who = [\"owner\"], accepts",
     "stopped = {"},
    {"conferred_before_its_notice",
     "from = [\"hanging\"], to = \"same\", who = [\"owner\"], needs = [\"what\"]",
     "from = [\"hanging\"], to = \"same\", who = [\"owner\"], needs = [\"what\"], effects = "
     "[\"certificate\"]",
     ""},
    {"conferred_on_the_refused", "who = [\"reporter\"], effects = [\"withdraw_notice\"",
     "who = [\"reporter\"], effects = [\"certificate\", \"withdraw_notice\"", ""},
    {"vacancy_never_filled", to_the_start,
     begun_with("about = \"post\"\npost_kind = \"representative\"", "\"receipt\"",
                "guards = [\"post_vacant\"]\n"),
     "guards = [\"post_vacant\"]"},
    {"party_judges_themselves", to_the_start, for_parties(to_the_start), ""},
    {"deadline_begun_anew", "give = { from = [\"busy\"], to = \"new\", who = [\"owner\"]",
     "give = { from = [\"busy\"], to = \"new\", restarts = [\"finish\"], who = [\"owner\"]", ""},
    {"stopped_before_the_answer", "stops = [\"solve\"]", "stops = [\"accept\", \"solve\"]", ""},
    {"pause_outlasts_the_deadline", "finish = { limit = \"table\"", "finish = { limit = \"1 hour\"",
     "stopped = {"},
    {"owner_moves_the_goal", from_to("park = {", "who = [\"owner\"], needs = [\"what\"] }\nlook_late"),
     "park = { from = [\"busy\"], to = \"parked\", who = [\"owner\"], needs = [\"until\"], effects = "
     "[\"publish\", \"tell reporter\"] }\nunpark = { from = [\"parked\"], to = \"busy\", who = "
     "[\"clock:later\", \"owner\"] }\nlook_in = { from = [\"parked\"], to = \"same\", who = "
     "[\"owner\"], needs = [\"until\"] }\nlook_late",
     "look_in = {"},
    {"counts_as_done", "[start]\n",
     "given_up = { end = true, counts_as = \"closed\" }\n[actions.leave]\nfrom = [\"busy\"]\nto = "
     "\"given_up\"\nwho = [\"owner\"]\n[actions.grant_it]\nfrom = [\"busy\"]\nto = \"closed\"\nwho = "
     "[\"owner\"]\neffects = [\"certificate\"]\n[start]\n",
     "given_up = {"},
    {"no_time_to_answer", "last = { limit = \"10 days\", due = \"close\", law = \"law.reopening\" }",
     "last = { limit = \"1 day\", due = \"close\" }", ""},
    {"answered_for_a_time", "close = { from = [\"answered\"], to = \"closed\"",
     "close = { from = [\"answered\"], to = \"busy\"", "answered = {"},
    {"answered_for_them", "solve = { from = [\"busy\"]", "solve = { from = [\"busy\", \"stopped\"]", ""},
    {"lost_vote_passes", "when = \"ballot.failed\", to = \"busy\"",
     "when = \"ballot.failed\", to = \"hanging\"", ""}};

}  // namespace lianxin::matter::testing
