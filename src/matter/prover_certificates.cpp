// A certificate that is declared is conferred, on somebody who has a name, and says what was filled in by
// then; what nobody may hear of confers none, for whoever is shown one may look it up.
#include "matter/prover_report.hpp"
#include "matter/publication.hpp"

namespace lianxin::matter {
namespace {

bool is_asked_for(const Workflow& workflow, FieldIndex field) {
    const auto asks = [&](const auto& rule) {
        return among(rule.needs, field) || among(rule.accepts, field);
    };
    const auto& matter = workflow.matter();
    return asks(matter.start) || std::any_of(matter.actions.begin(), matter.actions.end(), asks);
}

void says(const ProofOf& proof, const std::string& what) {
    const auto at = proof.workflow.certificate->at;
    if (what == place_shown) return;
    const auto field = proof.workflow.find_field(what);
    if (!field)
        proof.error(at, "shows_unknown_field", "the certificate shows \"" + what + "\", which is no field",
                    "name a field or place.name; whom it is for, by whom and which post it shows anyway");
    else if (!is_asked_for(proof.workflow, *field))
        proof.error(at, "shows_empty_field", "the certificate shows \"" + what + "\", which nobody fills in",
                    "let an action ask for it, or leave it out");
}

// Only those whom it answers under their name, or who hold a post.
bool has_a_name(const Workflow& workflow) {
    if (workflow.answer_to == access::Relation::party_to) return true;
    return workflow.answer_to == access::Relation::applicant && !workflow.matter().start.anonymous;
}

}  // namespace

void prove_certificates(const ProofOf& proof) {
    if (!proof.is_matter()) return;
    const auto& workflow = proof.workflow;
    const auto conferred = workflow.confers();
    if (workflow.certificate) {
        for (const auto& what : workflow.certificate->shows) says(proof, what);
        if (conferred.empty())
            proof.error(workflow.certificate->at, "certificate_never_conferred",
                        "it declares a certificate, and nothing confers one",
                        "let an action have the effect certificate, or take [certificate] away");
    }
    if (conferred.empty()) return;
    if (!has_a_name(workflow))
        proof.error(conferred.front(), "certificate_for_nobody",
                    "it confers a certificate on somebody who need not be named",
                    "let it answer an applicant, with anonymous = false at its start, or a party");
    if (workflow.confidential)
        proof.error(conferred.front(), "certificate_in_confidence",
                    "it is confidential, and a certificate can be looked up by everybody",
                    "take confidential away, or the certificate");
}

}  // namespace lianxin::matter
