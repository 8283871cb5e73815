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
[[nodiscard]] std::vector<Note> notes_of_post(store::Transaction& tx, PostId post, int limit);

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
