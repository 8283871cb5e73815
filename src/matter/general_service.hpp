// matter/general_service.hpp — general actions at the door: which of them this person may take on this
// matter, each with its form; and doing one: looking up the other matter, the place and the category it
// names.
#pragma once

#include <vector>

#include "matter/general.hpp"
#include "matter/intake_service.hpp"

namespace lianxin::matter {

// How one person may bring a matter together with another that may be the same thing. Records about a matter,
// pieces of it and what is beside it already are no other matter in that sense.
enum class Joining { none, link, merge };
[[nodiscard]] Joining joining_of(const Standing& matter, access::RelationSet here, const Standing& other,
                                 access::RelationSet there);

class GeneralActs {
 public:
    GeneralActs(Planner& planner, store::Transaction& snapshot, County& county, const Surroundings& around,
                const access::ActingPerson& who, Instant now);

    // Only what is possible now: they stand beside the work itself.
    [[nodiscard]] std::vector<OfferView> offers(Standing& matter, const Actor& actor);
    [[nodiscard]] Result<void, MatterRefusal> act(Standing& matter, const Actor& actor, General action,
                                                  const ActionRequest& request);

 private:
    [[nodiscard]] Result<Standing*, MatterRefusal> other(const Standing& matter, const Form& form);
    [[nodiscard]] Result<void, MatterRefusal> merge(Standing& matter, const Actor& actor, const Form& form);
    [[nodiscard]] Result<void, MatterRefusal> unmerge(Standing& matter, const Actor& actor, const Form& form);
    // Whether it may be taken out of the one it was merged into; by this person, too.
    [[nodiscard]] std::optional<ActRefusal> refusal_to_unmerge(const Standing& matter);
    [[nodiscard]] std::optional<Refusal> refusal(const Standing& matter, const Actor& actor, General action,
                                                 PartNo part);
    [[nodiscard]] OfferView offer_of(const Standing& matter, General action, const PartState& part) const;
    [[nodiscard]] Result<void, MatterRefusal> carry_out(Standing& matter, const Actor& actor, General action,
                                                        PartNo part, const Form& form);
    [[nodiscard]] Result<void, MatterRefusal> correct(Standing& matter, const Actor& actor, const Form& form);
    void correct_place(const Standing& matter, const std::string& said, Planner::Corrected& corrected,
                       std::vector<FieldProblem>& faults);
    void correct_category(const Standing& matter, const std::string& said, Planner::Corrected& corrected,
                          std::vector<FieldProblem>& faults);
    [[nodiscard]] std::string place_name(PlaceId place);
    // The workflow of today, where the matter is not on it.
    [[nodiscard]] WorkflowPtr newer_version(const Standing& matter) const;
    [[nodiscard]] static StateMove way_over(const Standing& matter, const Workflow& next);
    void offer_states(boost::json::value& form, const Standing& matter) const;
    [[nodiscard]] Result<void, MatterRefusal> move(Standing& matter, const Actor& actor, const Form& form);

    Planner& planner_;
    store::Transaction& tx_;
    County& county_;
    const Surroundings& around_;
    const access::ActingPerson& who_;
    Instant now_;
};

}  // namespace lianxin::matter
