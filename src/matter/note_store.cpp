#include "matter/note_store.hpp"

namespace lianxin::matter {

void insert_note(store::Transaction& tx, const Note& note) {
    tx.send(
        "insert into note (id, post, party, matter, kind, at, read_at) values ($1, $2, $3, $4, $5, $6, $7)",
        note.id, note.post, note.party, note.matter, note.kind, note.at, note.read_at);
}

std::vector<Note> notes_of_post(store::Transaction& tx, PostId post, int limit) {
    std::vector<Note> notes;
    store::Rows rows =
        tx.query("select id, matter, kind, at, read_at from note where post = $1 order by id desc limit $2",
                 post, limit);
    for (const store::Row row : rows) {
        notes.push_back({row.get<Id<NoteNoun>>(0),
                         post,
                         {},
                         row.get<MatterId>(1),
                         row.get<std::string>(2),
                         row.get<Instant>(3),
                         row.get<std::optional<Instant>>(4)});
    }
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
