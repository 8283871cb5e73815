// What the pack says about offices, as the county keeps it: kinds of unit and post, liaison rules.
#include <algorithm>

#include "party/party_store.hpp"
#include "place/place_store.hpp"

namespace lianxin::party {
namespace {

using store::Row;
using store::Transaction;

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        if (end > 0) words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

std::string_view name_of_seat(Seat::Of of) {
    switch (of) {
        case Seat::Of::place:
            return "place";
        case Seat::Of::unit:
            return "unit";
        case Seat::Of::station:
            return "station";
    }
    throw Bug("a seat without a name");
}

std::vector<std::string> seat_texts(const std::vector<Seat>& seats) {
    std::vector<std::string> texts;
    for (const auto& seat : seats) texts.push_back(std::string(name_of_seat(seat.of)) + ":" + seat.kind);
    return texts;
}

std::vector<Seat> seats_of(std::string_view text) {
    std::vector<Seat> seats;
    for (const auto& word : split(text)) {
        const auto colon = std::min(word.find(':'), word.size() - 1);
        for (const auto of : {Seat::Of::place, Seat::Of::unit, Seat::Of::station}) {
            if (word.substr(0, colon) == name_of_seat(of)) seats.push_back({of, word.substr(colon + 1)});
        }
    }
    return seats;
}

LiaisonSide side_of(std::string_view of, std::string_view kinds, std::string at) {
    LiaisonSide side;
    side.of = liaison_side(of).value_or(LiaisonSide::Of::post);
    side.kinds = split(kinds);
    side.at = std::move(at);
    return side;
}

PostKinds load_post_kinds(Transaction& tx) {
    std::vector<PostKind> posts;
    for (const Row row :
         tx.query("select name, seats, desk, leader, per_seat, rights, superior, term_months from post_kind "
                  "order by position")) {
        posts.push_back({row.get<std::string>(0), seats_of(row.get<std::string_view>(1)), row.get<bool>(2),
                         row.get<bool>(3), row.get<int>(4), split(row.get<std::string_view>(5)),
                         split(row.get<std::string_view>(6)), row.get<int>(7)});
    }
    std::vector<UnitKind> units;
    for (const Row row : tx.query("select name, team from unit_kind order by name")) {
        units.push_back({row.get<std::string>(0), row.get<bool>(1)});
    }
    return {std::move(posts), std::move(units)};
}

}  // namespace

void save_offices(Transaction& tx, const PostKinds& kinds, const std::vector<LiaisonRule>& rules) {
    for (const auto& unit : kinds.units()) {
        tx.send("insert into unit_kind (name, team) values ($1, $2)", unit.name, unit.team);
    }
    int position = 0;
    for (const auto& post : kinds.all()) {
        tx.send(
            "insert into post_kind (name, seats, desk, leader, per_seat, rights, superior, term_months, "
            "position) "
            "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            post.name, joined(seat_texts(post.at)), post.desk, post.leader, post.per_seat,
            joined(post.rights), joined(post.superior), post.term_months, ++position);
    }
    for (const auto& rule : rules) {
        tx.send(
            "insert into liaison_rule (name, from_of, from_kinds, from_at, to_of, to_kinds, to_at, per_from, "
            "per_to, "
            "by_seat, near, position) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            rule.name, name_of(rule.from.of), joined(rule.from.kinds), rule.from.at, name_of(rule.to.of),
            joined(rule.to.kinds), rule.to.at, rule.per_from.text(),
            rule.per_to ? rule.per_to->text() : std::string(), rule.by_seat, rule.near, ++position);
    }
}

Offices load_offices(Transaction& tx) {
    Offices offices;
    offices.places = place::load_kinds(tx);
    offices.posts = load_post_kinds(tx);
    for (const Row row :
         tx.query("select name, from_of, from_kinds, from_at, to_of, to_kinds, to_at, per_from, per_to, "
                  "by_seat, near from liaison_rule order by position")) {
        LiaisonRule rule;
        rule.name = row.get<std::string>(0);
        rule.from =
            side_of(row.get<std::string_view>(1), row.get<std::string_view>(2), row.get<std::string>(3));
        rule.to =
            side_of(row.get<std::string_view>(4), row.get<std::string_view>(5), row.get<std::string>(6));
        rule.per_from = Bounds::parse(row.get<std::string_view>(7)).value_or(Bounds{});
        rule.per_to = Bounds::parse(row.get<std::string_view>(8));
        rule.by_seat = row.get<bool>(9);
        rule.near = row.get<std::string>(10);
        offices.rules.push_back(std::move(rule));
    }
    return offices;
}

}  // namespace lianxin::party
