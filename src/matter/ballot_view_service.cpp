#include "matter/ballot_view_service.hpp"

#include <boost/json/serialize.hpp>

#include "matter/matter_store.hpp"
#include "matter/public_lines_service.hpp"

namespace lianxin::matter {

std::vector<BallotView> ballot_views(store::Transaction& tx, County& county, const Standing& matter,
                                     const access::ActingPerson& who) {
    std::vector<BallotView> views;
    for (const BallotFact& ballot : matter.ballots) {
        const BallotRule& rule = rule_at(matter.workflow->ballots, ballot.ballot);
        BallotView view;
        view.name = rule.name;
        look_up(view.said, tx, county, matter.row, *matter.workflow, rule.shows);
        const auto opened = ballot_opened_at(tx, matter.row.id, view.name, ballot.round);
        const auto kept = recorded(tx, county, matter.row.id, *matter.workflow, rule.shows, opened);
        add_kept(view.said, *matter.workflow, rule.shows, boost::json::serialize(kept), {});
        name_posts(view.said, tx, county.zone.day_of(county.clock.now()));
        view.round = ballot.round;
        view.open = ballot.open;
        view.electorate = ballot.count.electorate;
        view.voted = ballot.count.present;
        if (ballot.open && who.party)
            view.may_vote = may_vote(tx, matter.row.id, view.name, ballot.round, *who.party);
        if (!ballot.open) {
            view.yes = ballot.count.yes;
            view.no = ballot.count.no;
            view.abstained = ballot.count.abstained;
            if (ballot.outcome) view.outcome = name_of(*ballot.outcome);
        }
        views.push_back(std::move(view));
    }
    return views;
}

}  // namespace lianxin::matter
