// matter/note_service.hpp — what came to somebody's desk: notes to the posts they hold and to them, unread
// first, newest first, each with the matter it is about. A note shows nothing that its reader may not read:
// one about a matter that is not theirs to read any more is not there, in the list nor in the count. It is
// read once for the post, whoever of its holders read it, and swept half a year after it came.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "matter/matter_service.hpp"
#include "matter/note_store.hpp"

namespace lianxin::matter {

inline constexpr auto notes_are_kept = std::chrono::hours(24 * 180);
inline constexpr int most_unread_counted = 100;

struct NoteRow {
    Id<NoteNoun> id;
    MatterId matter;
    std::string number, subject, workflow, subkind, place_name;
    std::string what;  // the action that caused it
    Instant at;
    bool read = false;
};
struct NotePage {
    std::vector<NoteRow> rows;
    std::string next;  // empty: the end
    int unread = 0;    // most_unread_counted: so many or more
};
struct NoteQuestion {
    bool unread = false;  // only those
    std::string after;    // opaque, of the page before
    int limit = 50;
};
struct NoteMarking {
    std::vector<Id<NoteNoun>> notes;
    std::optional<Id<NoteNoun>> until;  // all that came up to this one
};

class NoteService {
 public:
    NoteService(County& county, const Surroundings& around) : county_(county), around_(around) {}
    // For staff.
    [[nodiscard]] Result<NotePage, MatterRefusal> notes(const access::ActingPerson& who,
                                                        const NoteQuestion& asked);
    // Done twice it is done once. Answers how many are unread now.
    [[nodiscard]] Result<int, MatterRefusal> mark(const access::ActingPerson& who,
                                                  const NoteMarking& marking);
    // What came long ago, at most so many at once; answers whether there may be more.
    [[nodiscard]] bool forget_old(int batch = 1000);

 private:
    County& county_;
    const Surroundings& around_;
};

}  // namespace lianxin::matter
