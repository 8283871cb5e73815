#include "report/report_store.hpp"

#include <algorithm>

namespace lianxin::report {
namespace {

// Ended without an answer, and not merged into another: taken back by whoever asked (or before ends said what
// they are), or refused.
constexpr std::string_view withdrawn =
    "(m.ended_at is not null and m.closed_at is null and m.merged_into is null and (m.ended_as is null or "
    "m.ended_as = 'withdrawn'))";
constexpr std::string_view refused =
    "(m.ended_at is not null and m.closed_at is null and m.merged_into is null and m.ended_as = 'refused')";

std::vector<std::int64_t> integers(store::Transaction& tx, const std::string& sql, std::size_t columns,
                                   std::initializer_list<store::Param> values) {
    std::vector<std::int64_t> numbers(columns, 0);
    for (store::Row row : tx.query_with(sql, std::span(values.begin(), values.size()))) {
        for (std::size_t i = 0; i < columns; ++i) {
            numbers[i] = row.get<std::optional<std::int64_t>>(static_cast<int>(i)).value_or(0);
        }
    }
    return numbers;
}

// `met` is a condition on m and c.
DueCounts count_due(store::Transaction& tx, const Scope& scope, const Span& span, const std::string& clock,
                    std::string_view met_condition) {
    const std::string met(met_condition);
    // Taken back or refused before the deadline and not met: nobody was late.
    const std::string in_time = " and m.ended_at <= c.due and not " + met + ")";
    const std::string taken_back = "(" + std::string(withdrawn) + in_time;
    const std::string turned_down = "(" + std::string(refused) + in_time;
    const std::string neither = "not " + taken_back + " and not " + turned_down;
    const std::string counted = "(m.merged_into is null and c.stage <> 1 and " + neither + ")";
    const std::string sql = "select count(*) filter (where " + counted + "), count(*) filter (where " +
                            counted + " and " + met + "), count(*) filter (where " + counted +
                            " and m.closed_at is not null and m.closed_at < $5), count(*) filter (where " +
                            counted + " and c.extensions > 0), count(*) filter (where " + counted +
                            " and c.extensions > 0 and " + met +
                            "), count(*) filter (where m.merged_into is null and c.stage = 1 and " + neither +
                            "), count(*) filter (where m.merged_into is null and " + taken_back +
                            "), count(*) filter (where m.merged_into is null and " + turned_down +
                            "), count(*) filter (where m.merged_into is not null)" +
                            rating::asked_in(scope, "join clock c on c.matter = m.id and c.part = 0") +
                            " and c.name = $2 and c.due >= $3 and c.due < $4";
    const auto n = integers(tx, sql, 9, {scope.place, clock, span.from, span.due_until, span.until});
    return {n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]};
}

std::int64_t count_tally(store::Transaction& tx, const Scope& scope, const Span& span,
                         const std::string& name) {
    return integers(
        tx,
        "select cast(sum(t.n) as bigint)" + rating::asked_in(scope, "join tally t on t.matter = m.id") +
            " and t.name = $2 and m.merged_into is null and m.received_at >= $3 and m.received_at < $4",
        1, {scope.place, name, span.from, span.until})[0];
}

ReceivedCounts count_received(store::Transaction& tx, const Scope& scope, const Span& span,
                              const MetricWords& words) {
    const std::string sql =
        "select count(*) filter (where m.merged_into is null),"
        " count(*) filter (where m.merged_into is null and m.closed_at is not null and m.closed_at < $3),"
        " count(*) filter (where m.merged_into is null and m.closed_at is not null and m.contacted_at = "
        "m.closed_at"
        "   and exists (select 1 from rating r where r.matter = m.id and r.round = 1 and r.solved = 2)),"
        " count(*) filter (where m.ended_at < $3 and " +
        std::string(withdrawn) + "), count(*) filter (where m.ended_at < $3 and " + std::string(refused) +
        "), count(*) filter (where m.merged_into is not null), cast(sum(m.asked_times) as bigint),"
        " cast(sum(m.asked_late) as bigint)" +
        rating::asked_in(scope) + " and m.received_at >= $2 and m.received_at < $3";
    const auto n = integers(tx, sql, 8, {scope.place, span.from, span.until});
    return {n[0],
            n[1],
            n[2],
            n[3],
            n[4],
            n[5],
            count_tally(tx, scope, span, words.transfers),
            count_tally(tx, scope, span, words.returns),
            n[6],
            n[7]};
}

std::int64_t count_again(store::Transaction& tx, const Scope& scope, const Span& span) {
    std::vector<ClosedMatter> closed;
    for (store::Row row :
         tx.query("select m.id, m.key_id, m.place, m.category, m.received_at, m.closed_at" +
                      rating::asked_in(scope) +
                      " and m.merged_into is null and m.closed_at >= $2 and m.closed_at < $3",
                  scope.place, span.from, span.until)) {
        closed.push_back({row.get<std::int64_t>(0), row.get<std::int64_t>(1), row.get<std::int64_t>(2),
                          row.get<std::optional<std::int64_t>>(3), row.get<Instant>(4), row.get<Instant>(5)});
    }
    if (closed.empty()) return 0;
    std::vector<ReceivedMatter> received;
    for (store::Row row :
         tx.query("select m.id, m.key_id, m.place, m.category, m.received_at" + rating::asked_in(scope) +
                      " and m.merged_into is null and m.received_at >= $2",
                  scope.place, span.from)) {
        received.push_back({row.get<std::int64_t>(0), row.get<std::int64_t>(1), row.get<std::int64_t>(2),
                            row.get<std::optional<std::int64_t>>(3), row.get<Instant>(4)});
    }
    return count_rereported(closed, received);
}

ClosedCounts count_closed(store::Transaction& tx, const Scope& scope, const Span& span,
                          const MetricWords& words) {
    const std::string sql =
        "select count(*) filter (where m.merged_into is null),"
        " count(*) filter (where m.merged_into is null and exists"
        "   (select 1 from rating r where r.matter = m.id and r.asked_at >= m.closed_at)),"
        " count(*) filter (where m.merged_into is null and (exists"
        "   (select 1 from tally t where t.matter = m.id and t.name in ($4, $5) and t.n > 0) or exists"
        "   (select 1 from rating r where r.matter = m.id and r.round > 1))),"
        " count(*) filter (where m.merged_into is not null)" +
        rating::asked_in(scope) + " and m.closed_at >= $2 and m.closed_at < $3";
    const auto n =
        integers(tx, sql, 4, {scope.place, span.from, span.until, words.returns, words.reopenings});
    return {n[0], n[1], n[2], count_again(tx, scope, span), n[3]};
}

// A condition on m; what it compares with is added to the values.
std::string of_kinds(const std::vector<KindOfMatter>& kinds, std::vector<store::Param>& values) {
    std::string condition;
    const auto bound = [&](const std::string& word) {
        values.emplace_back(word);
        return "$" + std::to_string(values.size());
    };
    for (const KindOfMatter& kind : kinds) {
        condition += (condition.empty() ? "(m.workflow = " : " or (m.workflow = ") + bound(kind.workflow);
        condition += kind.subkind.empty() ? ")" : " and m.subkind = " + bound(kind.subkind) + ")";
    }
    return " and (" + condition + ")";
}

DisputeCounts count_disputes(store::Transaction& tx, const Scope& scope, const Span& span,
                             const MetricWords& words) {
    if (words.disputes.empty()) return {};
    std::vector<store::Param> values{scope.place, span.from, span.until};
    const std::string sql =
        "select count(*) filter (where m.merged_into is null), count(*) filter (where m.merged_into is null "
        "and m.ended_as = 'settled' and m.ended_at < $3), count(*) filter (where m.merged_into is not null)" +
        rating::asked_in(scope) + " and m.received_at >= $2 and m.received_at < $3" +
        of_kinds(words.disputes, values);
    DisputeCounts counts;
    for (store::Row row : tx.query_with(sql, values))
        counts = {row.get<std::int64_t>(0), row.get<std::int64_t>(1), row.get<std::int64_t>(2)};
    return counts;
}

std::set<std::int64_t> carried_from(store::Transaction& tx, const Scope& scope, const Span& span,
                                    const MetricWords& words) {
    if (words.petitions.empty()) return {};
    std::vector<store::Param> values{scope.place, span.from, span.until};
    const std::string level = "p.l" + std::to_string(words.petition_level);
    const std::string sql = "select distinct " + level + rating::asked_in(scope) + " and " + level +
                            " is not null and m.merged_into is null and m.received_at >= $2 and "
                            "m.received_at < $3" +
                            of_kinds(words.petitions, values);
    std::set<std::int64_t> places;
    for (store::Row row : tx.query_with(sql, values)) places.insert(row.get<std::int64_t>(0));
    return places;
}

std::vector<Lifetime> lifetimes(store::Transaction& tx, const Scope& scope, const Span& span,
                                const std::string& column) {
    std::vector<Lifetime> found;
    for (store::Row row :
         tx.query("select m.received_at, m." + column + rating::asked_in(scope) +
                      " and m.merged_into is null and m." + column + " >= $2 and m." + column + " < $3",
                  scope.place, span.from, span.until)) {
        found.push_back({row.get<Instant>(0), row.get<Instant>(1)});
    }
    return found;
}

}  // namespace

std::vector<std::int64_t> places_in(store::Transaction& tx, const Scope& scope, int level, Day day) {
    std::vector<std::int64_t> places;
    if (level == 0) return places;
    require(scope.level >= 1 && scope.level <= 7, "a place stands on one of seven levels");
    const std::string sql =
        "select s.place from place_span s where s.level = $2 and s.household = 0 and s.l" +
        std::to_string(scope.level) + " = $1 and s.from_day <= $3 and $3 < s.until_day order by s.place";
    for (store::Row row : tx.query(sql, scope.place, level, day.text()))
        places.push_back(row.get<std::int64_t>(0));
    return places;
}

PlaceCounts without_petition(const std::vector<std::int64_t>& places, const std::set<std::int64_t>& carried) {
    PlaceCounts counts;
    counts.places = static_cast<std::int64_t>(places.size());
    counts.without_petition = std::count_if(places.begin(), places.end(),
                                            [&](std::int64_t place) { return !carried.contains(place); });
    return counts;
}

Counted count(store::Transaction& tx, const Scope& scope, const Span& span, const MetricWords& words) {
    Counted counted;
    counted.contact = count_due(tx, scope, span, words.contact_clock,
                                "(m.contacted_at is not null and m.contacted_at <= c.due)");
    counted.finish =
        count_due(tx, scope, span, words.finish_clock, "(m.closed_at is not null and m.closed_at <= c.due)");
    counted.received = count_received(tx, scope, span, words);
    counted.closed = count_closed(tx, scope, span, words);
    const rating::RatingCounts said = rating::count_ratings(tx, scope, span.from, span.until);
    counted.said = {said.asked, said.answered, said.solved, said.partly, said.graded, said.satisfied};
    counted.disputes = count_disputes(tx, scope, span, words);
    counted.petitions = without_petition(places_in(tx, scope, words.petition_level, span.last),
                                         carried_from(tx, scope, span, words));
    return counted;
}

std::vector<Lifetime> closings(store::Transaction& tx, const Scope& scope, const Span& span) {
    return lifetimes(tx, scope, span, "closed_at");
}
std::vector<Lifetime> contacts(store::Transaction& tx, const Scope& scope, const Span& span) {
    return lifetimes(tx, scope, span, "contacted_at");
}

std::vector<Lifetime> all_closings(store::Transaction& tx) {
    std::vector<Lifetime> found;
    for (store::Row row : tx.query("select received_at, closed_at from matter where closed_at is not null "
                                   "and merged_into is null")) {
        found.push_back({row.get<Instant>(0), row.get<Instant>(1)});
    }
    return found;
}

}  // namespace lianxin::report
