// Posts as people read them: with holders, names of place and unit.
#include <unordered_map>

#include "party/party_store.hpp"
#include "place/place_store.hpp"

namespace lianxin::party {
namespace {

using store::Row;
using store::Transaction;

Day day_at(const Row& row, int column) {
    const auto day = Day::parse(row.get<std::string_view>(column));
    require(day.has_value(), "a stored day is ISO text");
    return *day;
}

constexpr std::string_view view_columns =
    "select p.id, p.kind, p.place, p.unit, p.station, p.superior, p.desk, p.position, p.from_day, "
    "p.until_day, s.name, "
    "u.name from post p join place_span s on s.place = p.place and s.from_day <= $1 and $1 < s.until_day "
    "left join party u "
    "on u.id = p.unit where p.from_day <= $1 and $1 < p.until_day ";

PostView view_of(const Row& row) {
    PostView view;
    view.post = {row.get<PostId>(0),
                 row.get<std::string>(1),
                 row.get<PlaceId>(2),
                 row.get<std::optional<PartyId>>(3),
                 row.get<std::optional<StationId>>(4),
                 row.get<std::optional<PostId>>(5),
                 row.get<bool>(6),
                 row.get<int>(7),
                 day_at(row, 8),
                 day_at(row, 9)};
    view.place_name = row.get<std::string>(10);
    view.unit_name = row.get<std::optional<std::string>>(11).value_or("");
    return view;
}

constexpr std::string_view holders_of =
    "select h.id, h.party, y.name, h.acting_for, h.from_day, h.until_day from holding h join party y on y.id "
    "= h.party where h.post = $1 and h.from_day <= $2 and $2 < h.until_day order by h.acting_for is not "
    "null, "
    "h.id";

const std::string& one_view() {
    static const std::string sql = std::string(view_columns) + "and p.id = $2";
    return sql;
}

PostView::Holder holder_of(const Row& row) {
    return {row.get<HoldingId>(0),   row.get<PartyId>(1),
            row.get<std::string>(2), row.get<std::optional<PartyId>>(3).has_value(),
            day_at(row, 4),          day_at(row, 5)};
}

// Nobody holds it who ought to. A desk is meant to be covered, by the leader beside it or by the office
// above: it lacks somebody only when it leads its seat itself, when whoever sat there has left and no
// leader's post stands beside it, or when it is the highest and nobody can cover it.
constexpr std::string_view vacant_condition =
    "and not exists (select 1 from holding h where h.post = p.id and h.from_day <= $1 and $1 < h.until_day) "
    "and (p.desk = 0 or exists (select 1 from post_kind k where k.name = p.kind and k.leader = 1) or "
    "((p.superior "
    "is null or exists (select 1 from holding h where h.post = p.id)) and not exists (select 1 from post l "
    "join "
    "post_kind k on k.name = l.kind and k.leader = 1 where l.place = p.place and l.unit is not distinct from "
    "p.unit and l.station is null and l.from_day <= $1 and $1 < l.until_day))) ";

const std::string& since_when() {
    static const std::string sql =
        "select coalesce((select max(h.until_day) from holding h where h.post = p.id and h.until_day <= $1), "
        "p.from_day) from post p where p.id = $2 " +
        std::string(vacant_condition);
    return sql;
}

void add_holders(Transaction& tx, PostView& view, const std::string& day) {
    for (const Row row : tx.query(holders_of, view.post.id, day)) view.holders.push_back(holder_of(row));
    if (!view.holders.empty()) return;
    for (const Row row : tx.query(since_when(), day, view.post.id)) view.vacant_since = day_at(row, 0);
}

std::vector<PostView> views_of(Transaction& tx, store::Rows rows, const std::string& day) {
    std::vector<PostView> views;
    for (const Row row : rows) views.push_back(view_of(row));
    for (const auto& view : views) tx.ahead(holders_of, view.post.id, day);
    for (auto& view : views) add_holders(tx, view, day);
    return views;
}

}  // namespace

std::vector<PostView> load_post_views(Transaction& tx, const PostsQuery& query) {
    const auto day = query.day.text();
    int level = place::max_level;
    const auto lineage = place::load_lineage(tx, query.place, query.day);
    if (!lineage) return {};
    while (level > 1 && lineage->at(level) != query.place) --level;
    std::string sql(view_columns);
    // Where: exactly here, or anywhere below; the level chooses the column among constants.
    sql += query.below ? "and s.l" + std::to_string(level) + " = $2 " : "and p.place = $2 ";
    sql += "and p.id > $3 and ($4 = '' or p.kind = $4) ";
    if (query.vacant_only) sql += vacant_condition;
    sql += "order by p.id limit $5";
    return views_of(tx, tx.query(sql, day, query.place, query.after, query.kind, query.limit), day);
}

std::vector<PostView> load_post_views_under(Transaction& tx, PostId superior, Day day, int limit) {
    static const std::string sql = std::string(view_columns) + "and p.superior = $2 order by p.id limit $3";
    const auto text = day.text();
    return views_of(tx, tx.query(sql, text, superior, limit), text);
}

void announce_post_view(Transaction& tx, PostId post, Day day) {
    const auto text = day.text();
    tx.ahead(one_view(), text, post);
    tx.ahead(holders_of, post, text);
}

std::optional<PostView> load_post_view(Transaction& tx, PostId post, Day day) {
    const auto text = day.text();
    std::optional<PostView> view;
    for (const Row row : tx.query(one_view(), text, post)) view = view_of(row);
    if (view) add_holders(tx, *view, text);
    return view;
}

std::vector<PostView::Holder> past_holders(Transaction& tx, PostId post, Day day) {
    std::vector<PostView::Holder> past;
    const auto text = day.text();
    for (const Row row : tx.query(
             "select h.id, h.party, y.name, h.acting_for, h.from_day, h.until_day from holding h join party "
             "y "
             "on y.id = h.party where h.post = $1 and h.until_day <= $2 order by h.until_day desc, h.id desc",
             post, text)) {
        past.push_back(holder_of(row));
    }
    return past;
}

}  // namespace lianxin::party
