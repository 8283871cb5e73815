#include "journal/county_log.hpp"

namespace lianxin::journal {

std::string statement(const LogHead& head) {
    return "lianxin log head 1\ncounty: " + head.county + "\nsize: " + std::to_string(head.size) +
           "\nroot: " + hex(head.root) + "\nsigned_at: " + utc_text(head.signed_at) + "\n";
}

bool head_holds(const LogHead& head, BytesView open_key) {
    return verify(open_key, as_bytes(statement(head)), head.signature);
}

}  // namespace lianxin::journal
