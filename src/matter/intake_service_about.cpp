// What a new matter is about, and where that is.
#include <algorithm>

#include "base/text.hpp"
#include "matter/intake_service.hpp"
#include "notice/notice_store.hpp"
#include "party/party_store.hpp"
#include "place/place_store.hpp"
#include "place/short_code.hpp"

namespace lianxin::matter {

// A thing about which something is asked must exist; a matter about a notice or a matter belongs to that
// matter.
void Intake::set_parent(MatterRow& row, std::vector<FieldProblem>& faults) {
    if (row.about_kind == "notice") {
        const auto notice = notice::find_notice(tx_, NoticeId(row.about_id));
        if (!notice) {
            faults.push_back({"about", "not_found", {}, {}});
        } else if (notice->about.kind == "matter") {
            row.parent = MatterId(notice->about.id);
            row.place = notice->place;
        }
    } else if (row.about_kind == "matter") {
        Standing* above = planner_.standing(MatterId(row.about_id));
        const bool readable = above != nullptr && access::may_read_matter(planner_.actor(who_, *above).set,
                                                                          is_sealed(above->row));
        if (!readable) {
            faults.push_back({"about", "not_found", {}, {}});
        } else {
            row.parent = above->row.id;
        }
    } else if (row.about_kind == "post") {
        if (!party::load_post(tx_, PostId(row.about_id))) faults.push_back({"about", "not_found", {}, {}});
    } else {
        faults.push_back({"about", "not_on_the_list", {}, {}});
    }
}

// The promised service that is applied for: the one named, or the only one of the category; it brings its
// category along.
void Intake::choose_service(const NewMatter& asked, const Workflow& workflow, MatterRow& row,
                            std::vector<FieldProblem>& faults) {
    const auto fault = [&](const char* code) { faults.push_back({"service_item", code, {}, {}}); };
    if (!workflow.matter().start.service_item) {
        if (!asked.service_item.empty()) fault("not_asked_for");
        return;
    }
    const auto categories = around_.places.categories(tx_, planner_.today());
    const auto* category = row.category ? categories->find(*row.category) : nullptr;
    const pack::ServiceItem* service = nullptr;
    if (!asked.service_item.empty())
        service = around_.tables.service(asked.service_item);
    else if (category != nullptr)
        service = around_.tables.service_of(category->code);
    if (service == nullptr) return fault(asked.service_item.empty() ? "required" : "not_on_the_list");
    row.service_item = service->name;
    if (const auto* its = row.category ? nullptr : categories->by_code(service->category))
        row.category = its->id;
}

// A house number under a chosen group is the door it means, so that the household's representative gets it;
// where no single door is meant the request stays where it was put.
PlaceId Intake::place_of(const NewMatter& asked, std::vector<FieldProblem>& faults) {
    const Day today = planner_.today();
    place::PlaceService places(around_.places);
    const std::string& door = asked.house.empty() ? asked.address : asked.house;
    // A link, a plate or a form filled in without a line may be older than the merger of the place it names.
    const auto successor = [&](PlaceId id) { return place::standing_place(tx_, id, today); };
    if (asked.place) {
        if (planner_.lineage_of(*asked.place)) return places.narrow(tx_, *asked.place, door, today);
        if (const PlaceId next = successor(*asked.place); next != *asked.place)
            return places.narrow(tx_, next, door, today);
        faults.push_back({"place", "place_unknown", {}, {}});
        return *asked.place;
    }
    if (!asked.place_code.empty()) {
        const auto code = place::parse_short_code(asked.place_code);
        const auto target = code ? place::find_short_code(tx_, *code) : std::nullopt;
        if (target) return successor(target->place);
        faults.push_back({"place_code", "place_unknown", {}, {}});
    }
    if (asked.about && asked.about->kind == "post") {
        if (const auto post = party::load_post(tx_, PostId(asked.about->id))) return post->place;
    }
    return places.narrow(tx_, places.locate(tx_, asked.address, today), door, today);
}

std::vector<PlaceId> Intake::path_of(PlaceId place) {
    const auto& lineage = planner_.lineage_of(place);
    return lineage ? lineage->path() : std::vector{place};
}

// What is said of a notice is a matter of the kind that the notice says; of none that is not public.
bool Intake::hears_of(const Workflow& workflow, const MatterRow& row) {
    const auto notice = notice::find_notice(tx_, NoticeId(row.about_id));
    Standing* above = row.parent ? planner_.standing(*row.parent) : nullptr;
    if (!notice || above == nullptr) return true;  // said already, or of no matter
    const auto index = above->workflow->find_notice(notice->name);
    if (!index) return false;
    const NoticeRule& rule = rule_at(above->workflow->notices, *index);
    return !rule.in_house && rule.objection == workflow.name;
}

// What the workflow says it is about must be there, be of that kind and stand where the matter does.
void Intake::keep_to_about(const NewMatter& asked, const Workflow& workflow, MatterRow& row,
                           std::vector<FieldProblem>& faults) {
    const auto fault = [&](const char* field, const char* code) { faults.push_back({field, code, {}, {}}); };
    if (!asked.about) return fault("about", "required");
    if (row.about_kind != workflow.about || (row.about_kind == "notice" && !hears_of(workflow, row)))
        return fault("about", "about_of_another_kind");
    std::optional<PlaceId> its;
    if (row.about_kind == "post") {
        const auto post = party::load_post(tx_, PostId(row.about_id));
        if (!post) return;  // said already
        if (!workflow.post_kind.empty() && post->kind != workflow.post_kind)
            return fault("about", "post_of_another_kind");
        its = post->place;
    } else if (row.parent && row.about_kind == "matter") {
        its = planner_.standing(*row.parent)->row.place;
    }
    if (!its) return;  // a notice brings its own place along
    const auto within = [&](PlaceId outer, PlaceId inner) {
        const auto path = path_of(inner);
        return std::find(path.begin(), path.end(), outer) != path.end();
    };
    const bool said = asked.place || !asked.place_code.empty();
    if (said && !within(row.place, *its) && !within(*its, row.place)) fault("place", "about_elsewhere");
    row.place = *its;
}

// The notice it is about hangs no more, or what hung is over.
bool Intake::is_late(const NewMatter& asked) {
    if (!asked.about || asked.about->kind != "notice") return false;
    const auto notice = notice::find_notice(tx_, NoticeId(asked.about->id));
    if (!notice) return false;
    if (!notice->takes_objections(now_)) return true;
    if (notice->about.kind != "matter") return false;
    const Standing* above = planner_.standing(MatterId(notice->about.id));
    return above != nullptr && !above->state.parts.empty() && above->state.parts.front().ended;
}

// Whom it concerns where that is not who asks: the post that the form names, that owns what it is about, or
// that it is about, with the person who holds that today in their own right.
std::vector<InvolvedRow> Intake::concerned(const Workflow& workflow, MatterRow& row, const Form& form) {
    row.key = county_.keys.create();
    const std::string role(access::name_of(workflow.answer_to));
    for (const OwnerSelector& selector : workflow.matter().start.concerns) {
        if (selector.kind == OwnerSelector::Kind::field) {
            const auto* named = form.find_as<PostsValue>(selector.field);
            if (named != nullptr && !named->posts.empty()) return {{role, {}, named->posts.front()}};
        } else if (selector.anchor == Anchor::post) {
            for (const auto& holding : party::holdings_of_post(tx_, PostId(row.about_id), planner_.today()))
                if (!holding.acting_for) return {{role, holding.party, holding.post}};
        } else if (row.parent) {
            const PartState& root = planner_.standing(*row.parent)->state.parts.front();
            return {{role, root.person, root.owner}};
        }
    }
    return {};
}

}  // namespace lianxin::matter
