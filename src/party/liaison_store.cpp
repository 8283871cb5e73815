#include "party/liaison_store.hpp"

#include <algorithm>

#include "place/place_store.hpp"
#include "store/batch_insert.hpp"

namespace lianxin::party {
namespace {

using store::Row;
using store::Transaction;

// Kinds of a side as bound parameters behind those already used: "$4, $5".
std::string placeholders(std::size_t first, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "$" : ", $") + std::to_string(first + i);
    return text;
}

// The column of place_span that holds the ancestor `place` of everything under it.
std::optional<std::string> scope_column(Transaction& tx, PlaceId place, Day day) {
    const auto lineage = place::load_lineage(tx, place, day);
    if (!lineage) return {};
    int level = place::max_level;
    while (level > 1 && lineage->at(level) != place) --level;
    return "s.l" + std::to_string(level);
}

std::string element_sql(const LiaisonSide& side, const std::string& scope) {
    const auto kinds = placeholders(3, side.kinds.size());
    const std::string span = "s.from_day <= $1 and $1 < s.until_day ";
    const std::string within = "where " + scope + " = $2 and p.kind in (" + kinds + ") ";
    const std::string standing = "and p.from_day <= $1 and $1 < p.until_day ";
    if (side.of == LiaisonSide::Of::place) {
        return "select p.id, p.id, 1 from place p join place_span s on s.place = p.id and " + span + within +
               "order by p.id";
    }
    if (side.of == LiaisonSide::Of::station) {
        return "select p.id, p.place, 1 from station p join place_span s on s.place = p.place and " + span +
               within + standing + "order by p.id";
    }
    const std::string seat =
        side.at.empty()
            ? ""
            : "join place q on q.id = p.place and q.kind = " + placeholders(3 + side.kinds.size(), 1) + " ";
    // Holders once for all posts: asking for each would be a query per post on an engine without fresh
    // statistics.
    return "select p.id, p.place, case when x.post is null then 0 else 1 end from post p join place_span s "
           "on s.place = "
           "p.place and " +
           span + seat +
           "left join (select distinct h.post from holding h join party y on y.id = h.party and $1 < "
           "y.until_day where "
           "h.from_day <= $1 and $1 < h.until_day) x on x.post = p.id " +
           within + standing + "order by p.id";
}

LiaisonLink link_of(const Row& row) {
    LiaisonLink link;
    link.id = row.get<LiaisonId>(0);
    link.rule = row.get<std::string>(1);
    link.from = {liaison_side(row.get<std::string_view>(2)).value_or(LiaisonSide::Of::post),
                 row.get<std::int64_t>(3)};
    link.to = {liaison_side(row.get<std::string_view>(4)).value_or(LiaisonSide::Of::post),
               row.get<std::int64_t>(5)};
    link.from_day = Day::parse(row.get<std::string_view>(6)).value_or(Day{});
    link.until_day = Day::parse(row.get<std::string_view>(7)).value_or(Day{});
    return link;
}

}  // namespace

void insert_links(Transaction& tx, const std::vector<LiaisonLink>& links) {
    store::BatchInsert batch(
        tx, "insert into liaison (id, rule, from_of, from_id, to_of, to_id, from_day, until_day)", 8);
    for (const auto& link : links) {
        batch.add({link.id, link.rule, name_of(link.from.of), link.from.id, name_of(link.to.of), link.to.id,
                   batch.keep(link.from_day.text()), batch.keep(link.until_day.text())});
    }
    batch.flush();
}

void end_links(Transaction& tx, const std::vector<LiaisonId>& links, Day day) {
    const auto text = day.text();
    for (const auto link : links) {
        tx.send("delete from liaison where id = $1 and $2 <= from_day", link, text);
        tx.send("update liaison set until_day = $2 where id = $1 and $2 < until_day", link, text);
    }
}

void end_links_of(Transaction& tx, PlaceId place, Day day) {
    std::vector<LiaisonId> links;
    const auto text = day.text();
    for (const Row row :
         tx.query("select id from liaison where ((from_of = 'place' and from_id = $1) or (to_of "
                  "= 'place' and to_id = $1)) and $2 < until_day order by id",
                  place, text)) {
        links.push_back(row.get<LiaisonId>(0));
    }
    end_links(tx, links, day);
}

std::vector<LiaisonLink> load_links(Transaction& tx, const std::string& rule, Day day) {
    std::vector<LiaisonLink> links;
    const auto text = day.text();
    for (const Row row :
         tx.query("select id, rule, from_of, from_id, to_of, to_id, from_day, until_day from liaison where "
                  "rule = $1 and from_day <= $2 and $2 < until_day order by from_id, to_id",
                  rule, text)) {
        links.push_back(link_of(row));
    }
    return links;
}

std::vector<PostId> linked_posts(Transaction& tx, const std::string& rule, PlaceId place, Day day) {
    std::vector<PostId> posts;
    const auto text = day.text();
    for (const Row row :
         tx.query("select from_id from liaison where rule = $1 and to_id = $2 and to_of = 'place' and "
                  "from_of = 'post' and from_day <= $3 and $3 < until_day order by id",
                  rule, place, text)) {
        posts.push_back(row.get<PostId>(0));
    }
    return posts;
}

std::vector<LiaisonEnd> linked_to(Transaction& tx, const std::string& rule, PostId post, Day day) {
    std::vector<LiaisonEnd> ends;
    const auto text = day.text();
    for (const Row row :
         tx.query("select to_of, to_id from liaison where rule = $1 and from_id = $2 and from_of = 'post' "
                  "and from_day <= $3 and $3 < until_day order by to_id",
                  rule, post, text)) {
        ends.push_back({liaison_side(row.get<std::string_view>(0)).value_or(LiaisonSide::Of::post),
                        row.get<std::int64_t>(1)});
    }
    return ends;
}

std::vector<LiaisonElement> load_elements(Transaction& tx, const LiaisonSide& side, PlaceId under, Day day) {
    std::vector<LiaisonElement> elements;
    const auto scope = scope_column(tx, under, day);
    if (!scope) return elements;
    const auto text = day.text();
    std::vector<store::Param> values = {text, under};
    for (const auto& kind : side.kinds) values.emplace_back(kind);
    if (side.of == LiaisonSide::Of::post && !side.at.empty()) values.emplace_back(side.at);
    for (const Row row : tx.query_with(element_sql(side, *scope), values)) {
        elements.push_back({row.get<std::int64_t>(0), row.get<PlaceId>(1), row.get<std::int64_t>(2) > 0});
    }
    return elements;
}

std::vector<LiaisonPair> load_pairs(Transaction& tx, const LiaisonRule& rule, int from_level, PlaceId under,
                                    Day day) {
    std::vector<LiaisonPair> pairs;
    const auto scope = scope_column(tx, under, day);
    if (!scope) return pairs;
    const auto text = day.text();
    std::vector<store::Param> values = {text};
    std::string sql;
    if (rule.by_tree()) {
        sql = "select s.l" + std::to_string(from_level) +
              ", s.place from place_span s join place p on p.id = s.place where " +
              "s.from_day <= $1 and $1 < s.until_day and " + *scope + " = $2 and p.kind in (" +
              placeholders(3, rule.to.kinds.size()) + ")";
        values.emplace_back(under);
        for (const auto& kind : rule.to.kinds) values.emplace_back(kind);
    } else if (rule.by_seat) {
        const std::string seat = rule.from.of == LiaisonSide::Of::station ? "p.station" : "p.place";
        sql = "select " + seat + ", p.id from post p where p.from_day <= $1 and $1 < p.until_day and " +
              seat + " is not null and p.kind in (" + placeholders(2, rule.to.kinds.size()) + ")";
        for (const auto& kind : rule.to.kinds) values.emplace_back(kind);
    } else {
        sql = "select from_id, to_id from liaison where rule = $2 and from_day <= $1 and $1 < until_day";
        values.emplace_back(rule.name);
    }
    for (const Row row : tx.query_with(sql, values))
        pairs.push_back({row.get<std::int64_t>(0), row.get<std::int64_t>(1)});
    return pairs;
}

void insert_proposal(Transaction& tx, const Proposal& proposal, const std::vector<ProposedChange>& changes,
                     Instant now) {
    const auto day = proposal.day.text();
    tx.send(
        "insert into proposal (id, rule, place, day, staffing_version, state, kept, newly_assigned, moved, "
        "outside_group, smallest_load, largest_load, proposed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, "
        "$9, $10, "
        "$11, $12, $13)",
        proposal.id, proposal.rule, proposal.place, day, proposal.staffing_version, proposal.state,
        proposal.kept, proposal.newly_assigned, proposal.moved, proposal.outside_group,
        proposal.smallest_load, proposal.largest_load, now);
    store::BatchInsert batch(tx, "insert into proposal_change (proposal, household, before_post, after_post)",
                             4);
    for (const auto& change : changes)
        batch.add({proposal.id, change.household, change.before, change.after});
    batch.flush();
}

std::optional<Proposal> load_proposal(Transaction& tx, ProposalId id) {
    for (const Row row :
         tx.query("select rule, place, day, staffing_version, state, kept, newly_assigned, moved, "
                  "outside_group, smallest_load, largest_load, decided_by from proposal where id = $1",
                  id)) {
        Proposal proposal;
        proposal.id = id;
        proposal.rule = row.get<std::string>(0);
        proposal.place = row.get<PlaceId>(1);
        proposal.day = Day::parse(row.get<std::string_view>(2)).value_or(Day{});
        proposal.staffing_version = row.get<std::int64_t>(3);
        proposal.state = row.get<std::string>(4);
        proposal.kept = row.get<int>(5);
        proposal.newly_assigned = row.get<int>(6);
        proposal.moved = row.get<int>(7);
        proposal.outside_group = row.get<int>(8);
        proposal.smallest_load = row.get<int>(9);
        proposal.largest_load = row.get<int>(10);
        proposal.confirmed_by = row.get<std::optional<PartyId>>(11);
        return proposal;
    }
    return {};
}

namespace {

std::vector<ProposedChange> changes_in(store::Rows rows) {
    std::vector<ProposedChange> changes;
    for (const Row row : rows)
        changes.push_back({row.get<std::int64_t>(0), row.get<std::optional<PostId>>(1), row.get<PostId>(2)});
    return changes;
}

std::string_view condition_of(ProposedQuery::Sort sort) {
    switch (sort) {
        case ProposedQuery::Sort::all:
            return "";
        case ProposedQuery::Sort::kept:
            return "and c.before_post = c.after_post ";
        case ProposedQuery::Sort::newly_assigned:
            return "and c.before_post is null ";
        case ProposedQuery::Sort::moved:
            return "and c.before_post <> c.after_post ";
    }
    throw Bug("a sort of change without a condition");
}

}  // namespace

std::vector<ProposedChange> load_proposed_changes(Transaction& tx, ProposalId id) {
    return changes_in(
        tx.query("select household, before_post, after_post from proposal_change where proposal = $1 "
                 "order by household",
                 id));
}

std::vector<ProposedChange> load_proposed_page(Transaction& tx, const ProposedQuery& query) {
    std::string sql = "select c.household, c.before_post, c.after_post from proposal_change c ";
    std::vector<store::Param> values = {query.proposal, query.after, query.limit};
    const auto text = query.day.text();
    if (query.below) {
        const auto scope = scope_column(tx, *query.below, query.day);
        if (!scope) return {};
        sql += "join place_span s on s.place = c.household and s.from_day <= $4 and $4 < s.until_day and " +
               *scope + " = $5 ";
        values.emplace_back(text);
        values.emplace_back(*query.below);
    }
    sql += "where c.proposal = $1 and c.household > $2 " + std::string(condition_of(query.sort)) +
           "order by c.household limit $3";
    return changes_in(tx.query_with(sql, values));
}

bool proposes_vacant_posts(Transaction& tx, ProposalId id, Day day) {
    const auto text = day.text();
    return tx
        .value<std::int64_t>(
            "select 1 from proposal_change c where c.proposal = $1 and not exists (select 1 from "
            "holding h where h.post = c.after_post and h.from_day <= $2 and $2 < h.until_day) "
            "limit 1",
            id, text)
        .has_value();
}

bool set_proposal_state(Transaction& tx, ProposalId id, const std::string& expected, const std::string& state,
                        std::optional<PartyId> by, Instant now) {
    return tx.execute(
               "update proposal set state = $3, decided_by = $4, decided_at = $5 where id = $1 and state = "
               "$2",
               id, expected, state, by, now) == 1;
}

}  // namespace lianxin::party
