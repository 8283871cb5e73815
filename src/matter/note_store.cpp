#include "matter/note_store.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace lianxin::matter {
namespace {

// One constant text for each of the four indexes.
#define NOTES(whose, read)                                                                                  \
    "select id, post, party, matter, kind, at, read_at from note where " whose " = $1 and read_at is " read \
    " and id < $2 order by id desc limit $3"
constexpr std::string_view unread_by_post = NOTES("post", "null");
constexpr std::string_view read_by_post = NOTES("post", "not null");
constexpr std::string_view unread_by_party = NOTES("party", "null");
constexpr std::string_view read_by_party = NOTES("party", "not null");
#undef NOTES

Note note_of(const store::Row& row) {
    return {row.get<Id<NoteNoun>>(0),
            row.get<std::optional<PostId>>(1),
            row.get<std::optional<PartyId>>(2),
            row.get<MatterId>(3),
            row.get<std::string>(4),
            row.get<Instant>(5),
            row.get<std::optional<Instant>>(6)};
}

}  // namespace

void insert_note(store::Transaction& tx, const Note& note) {
    tx.send(
        "insert into note (id, post, party, matter, kind, at, read_at) values ($1, $2, $3, $4, $5, $6, $7)",
        note.id, note.post, note.party, note.matter, note.kind, note.at, note.read_at);
}

std::vector<Note> notes_in(store::Transaction& tx, const NoteBox& box, bool read,
                           std::optional<Id<NoteNoun>> before, int limit) {
    const Id<NoteNoun> below = before.value_or(Id<NoteNoun>(INT64_MAX));
    std::vector<Note> notes;
    const auto add = [&](store::Rows rows) {
        for (const store::Row row : rows) notes.push_back(note_of(row));
    };
    for (const PostId post : box.posts)
        add(tx.query(read ? read_by_post : unread_by_post, post, below, limit));
    if (box.party) add(tx.query(read ? read_by_party : unread_by_party, *box.party, below, limit));
    std::sort(notes.begin(), notes.end(), [](const Note& a, const Note& b) { return a.id > b.id; });
    if (notes.size() > static_cast<std::size_t>(limit)) notes.resize(static_cast<std::size_t>(limit));
    return notes;
}

void mark_read(store::Transaction& tx, const NoteBox& box, const std::vector<Id<NoteNoun>>& ids,
               Instant now) {
    for (const Id<NoteNoun> id : ids) {
        for (const PostId post : box.posts)
            tx.send("update note set read_at = $1 where id = $2 and post = $3 and read_at is null", now, id,
                    post);
        if (box.party)
            tx.send("update note set read_at = $1 where id = $2 and party = $3 and read_at is null", now, id,
                    *box.party);
    }
}

void mark_all_read(store::Transaction& tx, const NoteBox& box, Id<NoteNoun> until, Instant now) {
    for (const PostId post : box.posts)
        tx.send("update note set read_at = $1 where post = $2 and id <= $3 and read_at is null", now, post,
                until);
    if (box.party)
        tx.send("update note set read_at = $1 where party = $2 and id <= $3 and read_at is null", now,
                *box.party, until);
}

// Ids go with time, so the oldest are the first: nothing else is looked at.
int forget_notes(store::Transaction& tx, Instant before, int limit) {
    return static_cast<int>(tx.execute(
        "delete from note where id in (select id from (select id, at from note order by id limit $2) oldest "
        "where at < $1)",
        before, limit));
}

Id<NoteNoun> newest_note(store::Transaction& tx) {
    return tx.value<std::optional<Id<NoteNoun>>>("select max(id) from note")
        .value_or(std::nullopt)
        .value_or(Id<NoteNoun>());
}

std::vector<Note> notes_since(store::Transaction& tx, Id<NoteNoun> since, int limit) {
    std::vector<Note> notes;
    for (const store::Row row : tx.query(
             "select id, post, party, matter, kind, at, read_at from note where id > $1 order by id limit $2",
             since, limit))
        notes.push_back(note_of(row));
    return notes;
}

void insert_read(store::Transaction& tx, const ReadMark& read) {
    tx.send("insert into read_log (id, matter, account, post, what, at) values ($1, $2, $3, $4, $5, $6)",
            read.id, read.matter, read.account, read.post, read.what, read.at);
}

std::vector<ReadMark> reads_of(store::Transaction& tx, MatterId matter) {
    std::vector<ReadMark> reads;
    store::Rows rows =
        tx.query("select id, account, post, what, at from read_log where matter = $1 order by id", matter);
    for (const store::Row row : rows) {
        reads.push_back({row.get<Id<ReadNoun>>(0), matter, row.get<std::optional<AccountId>>(1),
                         row.get<std::optional<PostId>>(2), row.get<std::string>(3), row.get<Instant>(4)});
    }
    return reads;
}

}  // namespace lianxin::matter
