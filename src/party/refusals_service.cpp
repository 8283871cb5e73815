// The codes of PartyRefusal, which the API answers and never changes.
#include "party/party_service.hpp"

namespace lianxin::party {

std::string_view code_of(PartyRefusal refusal) {
    switch (refusal) {
        case PartyRefusal::not_allowed:
            return "not_allowed";
        case PartyRefusal::party_not_found:
            return "party_not_found";
        case PartyRefusal::place_not_found:
            return "place_not_found";
        case PartyRefusal::post_not_found:
            return "post_not_found";
        case PartyRefusal::post_kind_unknown:
            return "post_kind_unknown";
        case PartyRefusal::post_never_sits_there:
            return "post_never_sits_there";
        case PartyRefusal::unit_kind_unknown:
            return "unit_kind_unknown";
        case PartyRefusal::name_empty:
            return "name_empty";
        case PartyRefusal::name_too_long:
            return "name_too_long";
        case PartyRefusal::key_taken:
            return "key_taken";
        case PartyRefusal::phone_malformed:
            return "phone_malformed";
        case PartyRefusal::email_malformed:
            return "email_malformed";
        case PartyRefusal::already_holds_post:
            return "already_holds_post";
        case PartyRefusal::post_has_holder:
            return "post_has_holder";
        case PartyRefusal::holding_not_found:
            return "holding_not_found";
        case PartyRefusal::nobody_to_stand_in_for:
            return "nobody_to_stand_in_for";
        case PartyRefusal::day_out_of_range:
            return "day_out_of_range";
        case PartyRefusal::desk_must_stay:
            return "desk_must_stay";
        case PartyRefusal::root_desk_must_stay_held:
            return "root_desk_must_stay_held";
        case PartyRefusal::rule_unknown:
            return "rule_unknown";
        case PartyRefusal::rule_takes_no_links:
            return "rule_takes_no_links";
        case PartyRefusal::link_end_unknown:
            return "link_end_unknown";
        case PartyRefusal::already_linked:
            return "already_linked";
        case PartyRefusal::proposal_not_found:
            return "proposal_not_found";
        case PartyRefusal::proposal_already_decided:
            return "proposal_already_decided";
        case PartyRefusal::proposal_out_of_date:
            return "proposal_out_of_date";
        case PartyRefusal::not_proposable:
            return "not_proposable";
        case PartyRefusal::place_has_too_many:
            return "place_has_too_many";
        case PartyRefusal::ends_before_it_began:
            return "ends_before_it_began";
        case PartyRefusal::holding_already_ended:
            return "holding_already_ended";
        case PartyRefusal::person_missing:
            return "person_missing";
        case PartyRefusal::reason_too_long:
            return "reason_too_long";
    }
    throw Bug("a party refusal without a code");
}

}  // namespace lianxin::party
