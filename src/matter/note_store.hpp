// matter/note_store.hpp — notes to a post or a party inside the product.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/access.hpp"
#include "base/time.hpp"
#include "store/transaction.hpp"

namespace lianxin::matter {

struct NoteNoun;
struct Note {
    Id<NoteNoun> id;
    std::optional<PostId> post;
    std::optional<PartyId> party;
    MatterId matter;
    std::string kind;  // the action that caused it
    Instant at;
    std::optional<Instant> read_at;
};
void insert_note(store::Transaction& tx, const Note& note);

// Whose notes: those to the posts somebody holds, whoever held them when they came, and those to the person.
struct NoteBox {
    std::vector<PostId> posts;
    std::optional<PartyId> party;
};
// Newest first, below `before`: those still unread, or those read.
[[nodiscard]] std::vector<Note> notes_in(store::Transaction& tx, const NoteBox& box, bool read,
                                         std::optional<Id<NoteNoun>> before, int limit);
// Only what lies in the box; what was read stays read since then.
void mark_read(store::Transaction& tx, const NoteBox& box, const std::vector<Id<NoteNoun>>& notes,
               Instant now);
void mark_all_read(store::Transaction& tx, const NoteBox& box, Id<NoteNoun> until, Instant now);
// Notes that came before then, at most so many; answers how many there were.
int forget_notes(store::Transaction& tx, Instant before, int limit);
[[nodiscard]] Id<NoteNoun> newest_note(store::Transaction& tx);
// As they came, later than that one.
[[nodiscard]] std::vector<Note> notes_since(store::Transaction& tx, Id<NoteNoun> since, int limit);

// Every read of a resident's personal data.
struct ReadNoun;
struct ReadMark {
    Id<ReadNoun> id;
    MatterId matter;
    std::optional<AccountId> account;
    std::optional<PostId> post;
    std::string what;
    Instant at;
};
void insert_read(store::Transaction& tx, const ReadMark& read);
[[nodiscard]] std::vector<ReadMark> reads_of(store::Transaction& tx, MatterId matter);

}  // namespace lianxin::matter
