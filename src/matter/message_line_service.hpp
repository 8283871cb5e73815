// matter/message_line_service.hpp — messages of another system, one JSON object a line. The keys are declared
// once: reading, the help of the command line and docs/import.md follow from that. A line is taken whole or
// refused with the key that is wrong with it; nothing in it is passed over in silence.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace lianxin::matter {

struct MessageKey {
    std::string_view name;
    bool required = false;
    std::string_view meaning;
    std::string_view example;
};
[[nodiscard]] const std::vector<MessageKey>& message_keys();

struct MessageLine {
    std::string id, subject, text, reply;
    Instant at;
    std::optional<Instant> replied_at;
};

// The keys in which two lines of the same id say something else, as they are declared.
[[nodiscard]] std::vector<std::string> differing_keys(const MessageLine& one, const MessageLine& other);

// A form may want more than a short answer: ever more words around the answer that was given.
[[nodiscard]] std::vector<std::string> reply_as_entered(const MessageLine& line, Zone zone);

struct ImportRefusal {
    std::size_t line = 0;
    std::string
        reason;       // code: its words are import.CODE and import.CODE.remedy, else fault.CODE, problem.CODE
    std::string key;  // which of the line's values; empty: the line as a whole
    std::string limit;  // what the words say of it: the nearest key, how long it may be
};
struct ImportResult {
    std::size_t taken_in = 0;
    std::size_t answered = 0;
    std::size_t known = 0;  // imported before
    std::vector<ImportRefusal> refused;
    std::vector<ImportRefusal> differing;  // imported before, and said otherwise then; nothing was changed
};

// Times are the county's; none lies ahead of `now`.
[[nodiscard]] Result<MessageLine, ImportRefusal> read_message(std::string_view text, Zone zone, Instant now);

}  // namespace lianxin::matter
