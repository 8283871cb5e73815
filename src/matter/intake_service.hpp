// matter/intake_service.hpp — one new matter from what was filled in to a plan, on one snapshot. Used by
// taking in and by importing many at once.
#pragma once

#include <optional>
#include <vector>

#include "matter/attachment_service.hpp"
#include "matter/form_service.hpp"
#include "matter/matter_service.hpp"
#include "matter/planner_service.hpp"

namespace lianxin::matter {

class Intake {
 public:
    Intake(Planner& planner, store::Transaction& snapshot, County& county, const Surroundings& around,
           const access::ActingPerson& who, Instant now);

    // The plan is the planner's. Serials of the year must be reserved.
    [[nodiscard]] Result<TakenIn, MatterRefusal> plan(const NewMatter& asked);

 private:
    [[nodiscard]] Result<TakenIn, MatterRefusal> open(const NewMatter& asked, const WorkflowPtr& workflow,
                                                      MatterRow row, const Form& form,
                                                      const std::vector<UploadRow>& uploads);
    [[nodiscard]] bool is_heard_outside(const NewMatter& asked, const Workflow& workflow);
    [[nodiscard]] MatterRow first_row(const NewMatter& asked, const Workflow& workflow,
                                      std::vector<FieldProblem>& faults);
    void choose_service(const NewMatter& asked, const Workflow& workflow, MatterRow& row,
                        std::vector<FieldProblem>& faults);
    void set_parent(MatterRow& row, std::vector<FieldProblem>& faults);
    [[nodiscard]] bool hears_of(const Workflow& workflow, const MatterRow& row);
    void keep_to_about(const NewMatter& asked, const Workflow& workflow, MatterRow& row,
                       std::vector<FieldProblem>& faults);
    [[nodiscard]] bool is_late(const NewMatter& asked);
    [[nodiscard]] std::vector<InvolvedRow> concerned(const Workflow& workflow, MatterRow& row,
                                                     const Form& form);
    [[nodiscard]] Actor beginner(const NewMatter& asked, const Standing& matter);
    [[nodiscard]] Asker asker_of(const NewMatter& asked, const std::vector<InvolvedRow>& involved);
    [[nodiscard]] bool takes_in_at(PlaceId place);
    [[nodiscard]] PlaceId place_of(const NewMatter& asked, std::vector<FieldProblem>& faults);
    [[nodiscard]] std::vector<PlaceId> path_of(PlaceId place);
    [[nodiscard]] std::vector<UploadRow> uploads_of(const NewMatter& asked,
                                                    std::vector<FieldProblem>& faults);
    [[nodiscard]] std::vector<InvolvedRow> people(const NewMatter& asked, const Workflow& workflow,
                                                  MatterRow& row);
    [[nodiscard]] std::optional<party::ContactBook::Resident> known_resident(const Reporter& reporter);
    [[nodiscard]] std::vector<journal::NewField> opening_fields(const NewMatter& asked,
                                                                const Standing& matter) const;
    [[nodiscard]] Result<void, MatterRefusal> hold_noticed(const NewMatter& asked, MatterId child);
    [[nodiscard]] TakenIn answer_of(const Standing& matter, const std::string& secret) const;

    Planner& planner_;
    store::Transaction& tx_;
    County& county_;
    const Surroundings& around_;
    const access::ActingPerson& who_;
    Instant now_;
};

// Posts and people that a form names must be there: a post in force, of the kind asked for, that handles
// matters at all (who audits or administers does not), and a person who lives where the field asks, seen from
// the matter's `place`; faults at their fields.
[[nodiscard]] std::vector<FieldProblem> unknown_names(store::Transaction& tx, party::OwnerResolver& posts,
                                                      const Workflow& workflow, PlaceId place,
                                                      const Form& form, Day today);
// A decision's refusal as a use case's, names in place of numbers.
[[nodiscard]] MatterRefusal refusal_of(const Workflow& workflow, const Refusal& refusal);
[[nodiscard]] MatterRefusal refusal_of(CommitRefusal refusal);
// A receipt's secret as it is kept.
[[nodiscard]] Digest receipt_hash(const County& county, std::string_view secret);

}  // namespace lianxin::matter
