// What stands around a matter and is asked by guards: notices, ballots, matters about it.
#include <algorithm>

#include "matter/matter_store.hpp"
#include "notice/notice_store.hpp"

namespace lianxin::matter {

using store::Transaction;

std::vector<NoticeFact> load_notice_facts(Transaction& tx, MatterId id, const Workflow& workflow) {
    std::vector<NoticeFact> facts;
    if (workflow.notices.empty()) return facts;
    for (const notice::Notice& n : notice::notices_about(tx, {"matter", id.value()})) {
        if (const auto index = workflow.find_notice(n.name))
            facts.push_back({*index, n.id, n.from, n.until, n.withdrawn_at.has_value()});
    }
    return facts;
}

namespace {

BallotCount votes_so_far(Transaction& tx, MatterId id, std::string_view name, std::int64_t round,
                         std::int64_t electorate) {
    BallotCount count;
    count.electorate = electorate;
    count.present = tx.value<std::int64_t>(
                          "select count(*) from ballot_voter where matter = $1 and name = $2 and "
                          "round = $3 and voted = 1",
                          id, name, round)
                        .value_or(0);
    store::Rows rows =
        tx.query("select choice, votes from ballot_vote where matter = $1 and name = $2 and round = $3", id,
                 name, round);
    for (const store::Row row : rows) {
        const auto choice = row.get<std::string_view>(0);
        const auto votes = row.get<std::int64_t>(1);
        if (choice == "yes") count.yes = votes;
        if (choice == "no") count.no = votes;
        if (choice == "abstained") count.abstained = votes;
    }
    return count;
}

std::optional<BallotOutcome> outcome_named(std::string_view name) {
    for (const BallotOutcome outcome :
         {BallotOutcome::passed, BallotOutcome::failed, BallotOutcome::no_quorum})
        if (name == name_of(outcome)) return outcome;
    return {};
}

}  // namespace

std::vector<BallotFact> load_ballot_facts(Transaction& tx, MatterId id, const Workflow& workflow) {
    struct Row {
        std::string name;
        BallotFact fact;
    };
    std::vector<Row> found;
    if (workflow.ballots.empty()) return {};
    {
        store::Rows rows = tx.query(
            "select name, round, closed_at, electorate, present, yes, no, abstained, outcome from ballot "
            "where matter = $1 "
            "order by name, round",
            id);
        for (const store::Row row : rows) {
            const auto index = workflow.find_ballot(row.get<std::string_view>(0));
            if (!index) continue;
            BallotFact fact;
            fact.ballot = *index;
            fact.round = row.get<std::int64_t>(1);
            fact.open = !row.get<std::optional<Instant>>(2);
            const auto counted = [&row](int column) {
                return row.get<std::optional<std::int64_t>>(column).value_or(0);
            };
            fact.count = {counted(3), counted(4), counted(5), counted(6), counted(7)};
            fact.outcome = outcome_named(row.get<std::optional<std::string>>(8).value_or(""));
            found.push_back({row.get<std::string>(0), fact});
        }
    }
    std::vector<BallotFact> facts;
    for (Row& row : found) {
        if (row.fact.open)
            row.fact.count = votes_so_far(tx, id, row.name, row.fact.round, row.fact.count.electorate);
        facts.push_back(row.fact);
    }
    return facts;
}

namespace {

constexpr std::string_view children_of =
    "select id, workflow, ended_at from matter where parent = $1 order by id";

constexpr std::string_view links_of =
    "select kind, other from matter_link where matter = $1 order by since, other";

}  // namespace

std::vector<MatterId> merged_from(Transaction& tx, MatterId id) {
    std::vector<MatterId> matters;
    store::Rows rows = tx.query("select id from matter where merged_into = $1 order by id", id);
    for (const store::Row row : rows) matters.push_back(row.get<MatterId>(0));
    return matters;
}

std::vector<LinkRow> load_links(Transaction& tx, MatterId id) {
    std::vector<LinkRow> links;
    store::Rows rows = tx.query(links_of, id);
    for (const store::Row row : rows) links.push_back({row.get<std::string>(0), row.get<MatterId>(1)});
    return links;
}

void announce_children(Transaction& tx, MatterId id) {
    tx.ahead(children_of, id);
    tx.ahead(links_of, id);
}

std::vector<ChildFact> load_children(Transaction& tx, MatterId id) {
    std::vector<ChildFact> children;
    store::Rows rows = tx.query(children_of, id);
    for (const store::Row row : rows) {
        children.push_back({row.get<std::string>(1),
                            {"matter", row.get<std::int64_t>(0)},
                            !row.get<std::optional<Instant>>(2).has_value()});
    }
    return children;
}

std::optional<Instant> ballot_opened_at(Transaction& tx, MatterId matter, std::string_view ballot,
                                        std::int64_t round) {
    return tx.value<Instant>("select opened_at from ballot where matter = $1 and name = $2 and round = $3",
                             matter, ballot, round);
}

bool is_elector(Transaction& tx, MatterId matter, PartyId person) {
    return tx.value<std::int64_t>("select count(*) from ballot_voter where matter = $1 and party = $2",
                                  matter, person)
               .value_or(0) > 0;
}

bool may_vote(Transaction& tx, MatterId matter, std::string_view ballot, std::int64_t round, PartyId voter) {
    const auto voted = tx.value<bool>(
        "select voted from ballot_voter where matter = $1 and name = $2 and round = $3 and party = $4",
        matter, ballot, round, voter);
    return voted && !*voted;
}

VoteOutcome cast_vote(Transaction& tx, MatterId matter, std::string_view ballot, std::int64_t round,
                      PartyId voter, std::string_view choice) {
    const auto voted = tx.value<bool>(
        "select voted from ballot_voter where matter = $1 and name = $2 and round = $3 and party = $4",
        matter, ballot, round, voter);
    if (!voted) return VoteOutcome::not_of_the_electorate;
    const auto marked = tx.execute(
        "update ballot_voter set voted = 1 where matter = $1 and name = $2 and round = $3 and party = $4 and "
        "voted = 0",
        matter, ballot, round, voter);
    if (marked == 0) return VoteOutcome::already_voted;
    tx.send(
        "insert into ballot_vote (matter, name, round, choice, votes) values ($1, $2, $3, $4, 1) "
        "on conflict (matter, name, round, choice) do update set votes = ballot_vote.votes + 1",
        matter, ballot, round, choice);
    return VoteOutcome::counted;
}

}  // namespace lianxin::matter
