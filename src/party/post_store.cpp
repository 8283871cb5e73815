#include <algorithm>
#include <set>

#include "party/party_store.hpp"
#include "party/term_store.hpp"
#include "store/batch_insert.hpp"

namespace lianxin::party {
namespace {

using store::Row;
using store::Transaction;

Day day_at(const Row& row, int column) {
    const auto day = Day::parse(row.get<std::string_view>(column));
    require(day.has_value(), "a stored day is ISO text");
    return *day;
}

constexpr std::string_view post_columns =
    "select p.id, p.kind, p.place, p.unit, p.station, p.superior, p.desk, p.position, p.from_day, "
    "p.until_day from post p ";

Post post_of(const Row& row) {
    Post post;
    post.id = row.get<PostId>(0);
    post.kind = row.get<std::string>(1);
    post.place = row.get<PlaceId>(2);
    post.unit = row.get<std::optional<PartyId>>(3);
    post.station = row.get<std::optional<StationId>>(4);
    post.superior = row.get<std::optional<PostId>>(5);
    post.desk = row.get<bool>(6);
    post.rank = row.get<int>(7);
    post.from = day_at(row, 8);
    post.until = day_at(row, 9);
    return post;
}

Holding holding_of(const Row& row) {
    return {row.get<HoldingId>(0), row.get<PostId>(1), row.get<PartyId>(2),
            day_at(row, 3),        day_at(row, 4),     row.get<std::optional<PartyId>>(5)};
}

constexpr std::string_view holding_columns =
    "select id, post, party, from_day, until_day, acting_for from holding ";

std::vector<PartyId> direct_holders(Transaction& tx, PostId post, const std::string& day) {
    std::vector<PartyId> parties;
    for (const Row row :
         tx.query("select party from holding where post = $1 and from_day <= $2 and $2 < until_day "
                  "order by acting_for is not null, id",
                  post, day)) {
        parties.push_back(row.get<PartyId>(0));
    }
    return parties;
}

std::vector<Post> posts_by(store::Rows rows) {
    std::vector<Post> posts;
    for (const Row row : rows) posts.push_back(post_of(row));
    return posts;
}

// Vacant posts right below one, and the vacant desk beside it when it leads its seat.
std::vector<Post> vacant_below(Transaction& tx, PostId post, const std::string& day) {
    static const std::string below = std::string(post_columns) +
                                     "where p.superior = $1 and p.from_day <= $2 and $2 < p.until_day and "
                                     "not exists (select 1 from holding h where "
                                     "h.post = p.id and h.from_day <= $2 and $2 < h.until_day)";
    return posts_by(tx.query(below, post, day));
}

std::vector<Post> vacant_desk_beside(Transaction& tx, PostId leader, const std::string& day) {
    static const std::string beside = std::string(post_columns) +
                                      "join post l on l.place = p.place and l.unit is not distinct from "
                                      "p.unit and l.station is null join post_kind k on "
                                      "k.name = l.kind and k.leader = 1 where l.id = $1 and p.id <> l.id and "
                                      "p.desk = 1 and p.from_day <= $2 and "
                                      "$2 < p.until_day and not exists (select 1 from holding h where h.post "
                                      "= p.id and h.from_day <= $2 and "
                                      "$2 < h.until_day)";
    return posts_by(tx.query(beside, leader, day));
}

bool led_by_somebody(Transaction& tx, const Post& desk, Day day) {
    for (const auto leader : leaders_beside(tx, desk, day)) {
        if (!direct_holders(tx, leader, day.text()).empty()) return true;
    }
    return false;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        if (end > 0) words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

}  // namespace

void insert_posts(Transaction& tx, const std::vector<Post>& posts) {
    store::BatchInsert batch(
        tx,
        "insert into post (id, kind, place, unit, station, superior, desk, position, from_day, until_day)",
        10);
    for (const auto& post : posts) {
        batch.add({post.id, post.kind, post.place, post.unit, post.station, post.superior, post.desk,
                   post.rank, batch.keep(post.from.text()), batch.keep(post.until.text())});
    }
    batch.flush();
}

void set_superior(Transaction& tx, PostId post, std::optional<PostId> superior) {
    tx.send("update post set superior = $2 where id = $1", post, superior);
}

void end_post(Transaction& tx, PostId post, Day day) {
    const auto text = day.text();
    tx.send("update post set until_day = $2 where id = $1 and $2 < until_day", post, text);
    tx.send("delete from holding where post = $1 and $2 <= from_day", post, text);
    tx.send("update holding set until_day = $2 where post = $1 and $2 < until_day", post, text);
}

std::optional<Post> load_post(Transaction& tx, PostId id) {
    static const std::string sql = std::string(post_columns) + "where p.id = $1";
    for (const Row row : tx.query(sql, id)) return post_of(row);
    return {};
}

std::vector<Post> posts_at(Transaction& tx, PlaceId place, Day day) {
    static const std::string sql =
        std::string(post_columns) +
        "where p.place = $1 and p.from_day <= $2 and $2 < p.until_day order by p.id";
    const auto text = day.text();
    return posts_by(tx.query(sql, place, text));
}

std::vector<PostId> posts_of_units(Transaction& tx, const std::vector<access::HeldPost>& held) {
    std::set<PartyId> units;
    for (const auto& one : held)
        if (one.unit) units.insert(*one.unit);
    std::vector<PostId> posts;
    for (const PartyId unit : units)
        for (const Row row : tx.query("select id from post where unit = $1 order by id", unit))
            posts.push_back(row.get<PostId>(0));
    return posts;
}

std::vector<Post> posts_below(Transaction& tx, PlaceId top, int level, Day day) {
    const std::string sql =
        std::string(post_columns) +
        "join place_span s on s.place = p.place and s.from_day <= $1 and $1 < s.until_day "
        "where s.l" +
        std::to_string(level) + " = $2 and $1 < p.until_day order by p.id";
    const auto text = day.text();
    return posts_by(tx.query(sql, text, top));
}

void reseat(Transaction& tx, PlaceId from, PlaceId to, Day day) {
    const auto text = day.text();
    // Behind those who sit there already: selectors take the first.
    tx.send(
        "update post set place = $2, position = case when unit is null and station is null then position + 1 "
        "else position end where place = $1 and $3 < until_day",
        from, to, text);
    tx.send("update party set place = $2 where place = $1 and $3 < until_day", from, to, text);
}

bool has_holders_at(Transaction& tx, PlaceId place, Day day) {
    const auto text = day.text();
    return tx
        .value<std::int64_t>(
            "select 1 from post p join holding h on h.post = p.id where p.place = $1 and $2 < h.until_day "
            "limit 1",
            place, text)
        .has_value();
}

void insert_holdings(Transaction& tx, const std::vector<Holding>& holdings) {
    store::BatchInsert batch(tx, "insert into holding (id, post, party, from_day, until_day, acting_for)", 6);
    for (const auto& holding : holdings) {
        batch.add({holding.id, holding.post, holding.party, batch.keep(holding.from.text()),
                   batch.keep(holding.until.text()), holding.acting_for});
    }
    batch.flush();
}

void end_holding(Transaction& tx, HoldingId holding, Day day) {
    const auto text = day.text();
    tx.send("delete from holding where id = $1 and $2 <= from_day", holding, text);
    tx.send("update holding set until_day = $2 where id = $1 and $2 < until_day", holding, text);
}

std::optional<Holding> load_holding(Transaction& tx, HoldingId id) {
    static const std::string sql = std::string(holding_columns) + "where id = $1";
    for (const Row row : tx.query(sql, id)) return holding_of(row);
    return {};
}

std::vector<Holding> holdings_of_post(Transaction& tx, PostId post, Day day) {
    static const std::string sql =
        std::string(holding_columns) + "where post = $1 and from_day <= $2 and $2 < until_day order by id";
    const auto text = day.text();
    std::vector<Holding> holdings;
    for (const Row row : tx.query(sql, post, text)) holdings.push_back(holding_of(row));
    return holdings;
}

std::vector<Holding> holdings_between(Transaction& tx, PostId post, Day from, Day until) {
    static const std::string sql =
        std::string(holding_columns) + "where post = $1 and from_day < $3 and $2 < until_day order by id";
    const auto first = from.text(), end = until.text();
    std::vector<Holding> holdings;
    for (const Row row : tx.query(sql, post, first, end)) holdings.push_back(holding_of(row));
    return holdings;
}

std::optional<Day> term_ends(Transaction& tx, PostId post, PartyId person, Day from) {
    const auto text = from.text();
    const auto until = tx.value<std::string>(
        "select until_day from holding where post = $1 and party = $2 and from_day = $3 and acting_for is "
        "null "
        "order by id desc limit 1",
        post, person, text);
    return until ? Day::parse(*until) : std::nullopt;
}

Day first_day_of_county(Transaction& tx) {
    const auto day = tx.value<std::string>("select min(from_day) from place_span where level = 1");
    const auto parsed = day ? Day::parse(*day) : std::nullopt;
    require(parsed.has_value(), "an open county has a first day");
    return *parsed;
}

std::vector<access::HeldPost> held_posts(Transaction& tx, PartyId party, Day day) {
    const auto text = day.text();
    static const std::string own_sql =
        std::string(post_columns) +
        "join holding h on h.post = p.id where h.party = $1 and h.from_day <= $2 and $2 < h.until_day and "
        "p.from_day <= $2 and $2 < p.until_day order by p.id";
    std::vector<Post> held = posts_by(tx.query(own_sql, party, text));
    std::set<PostId> seen;
    for (const auto& post : held) seen.insert(post.id);
    // Vacant desks are covered: by whoever leads the seat, else by the next staffed post above.
    std::vector<PostId> reach(seen.begin(), seen.end());
    while (!reach.empty()) {
        const auto from = reach.back();
        reach.pop_back();
        for (const auto& desk : vacant_desk_beside(tx, from, text)) {
            if (!seen.insert(desk.id).second) continue;
            held.push_back(desk);
            reach.push_back(desk.id);
        }
        for (const auto& vacant : vacant_below(tx, from, text)) {
            if (vacant.desk && led_by_somebody(tx, vacant, day)) continue;
            if (!seen.insert(vacant.id).second) continue;
            if (vacant.desk) held.push_back(vacant);
            reach.push_back(vacant.id);
        }
    }
    std::vector<access::HeldPost> answer;
    for (const auto& post : held) {
        const auto rights = tx.value<std::string>("select rights from post_kind where name = $1", post.kind);
        answer.push_back({post.id, post.kind, post.place, post.unit, words_of(rights.value_or(""))});
    }
    return answer;
}

std::vector<PostId> leaders_beside(Transaction& tx, const Post& post, Day day) {
    std::vector<PostId> leaders;
    for (const Row row :
         tx.query("select p.id from post p join post_kind k on k.name = p.kind and k.leader = 1 where "
                  "p.place = $1 and p.id <> $2 and p.unit is not distinct from $3 and p.station is null "
                  "and p.from_day <= $4 and $4 < p.until_day order by p.position, p.id",
                  post.place, post.id, post.unit, day.text())) {
        leaders.push_back(row.get<PostId>(0));
    }
    return leaders;
}

std::vector<PartyId> holders(Transaction& tx, PostId post_id, Day day) {
    const auto text = day.text();
    std::optional<PostId> at = post_id;
    std::set<PostId> seen;  // a pack's superiors run in no circle; a careless change must not hang the server
    while (at && seen.insert(*at).second) {
        auto parties = direct_holders(tx, *at, text);
        if (!parties.empty()) return parties;
        const auto post = load_post(tx, *at);
        if (!post || (*at == post_id && !post->desk)) return {};
        if (post->desk) {
            for (const auto leader : leaders_beside(tx, *post, day)) {
                parties = direct_holders(tx, leader, text);
                if (!parties.empty()) return parties;
            }
        }
        at = post->superior;
    }
    return {};
}

}  // namespace lianxin::party
