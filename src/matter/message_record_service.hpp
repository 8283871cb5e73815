// matter/message_record_service.hpp — what the record has of a message that was imported, so that the same id
// with other words is told instead of passed over. Nothing is kept for it beside the record: what was taken
// in and answered says it all, also of what was imported long ago.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "journal/journal.hpp"
#include "matter/message_line_service.hpp"

namespace lianxin::matter {

// The field of an entry that has an answer longer than the form it was entered in takes.
inline constexpr std::string_view whole_answer = "answer.whole";

struct RecordedMessage {
    std::string number;  // of the matter it became
    MessageLine line;
};

// Where it was erased since, and where it is the answer as a form wanted it, the words are those of `again`,
// which may then be the same message.
[[nodiscard]] RecordedMessage recorded_message(const std::vector<journal::SealedEntry>& chain,
                                               journal::KeyRing& keys, Zone zone, const MessageLine& again);

}  // namespace lianxin::matter
