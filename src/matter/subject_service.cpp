#include "matter/subject_service.hpp"

#include "matter/timeline_service.hpp"

namespace lianxin::matter {

void announce_subject(store::Transaction& tx, const WorkRow& work) {
    if (work.subject_seq == 1) {
        journal::announce_entry(tx, work.opening_entry);
    } else {
        journal::announce_chain(tx, {"matter", work.key.matter.value()}, work.subject_seq - 1, 1);
    }
}
std::optional<journal::SealedEntry> load_subject(store::Transaction& tx, const WorkRow& work) {
    if (work.subject_seq == 1) return journal::load_entry(tx, work.opening_entry);
    auto found = journal::load_chain(tx, {"matter", work.key.matter.value()}, work.subject_seq - 1, 1);
    if (found.empty()) return {};
    return std::move(found.front());
}

std::string subject_of(journal::KeyRing& keys, const std::optional<journal::SealedEntry>& entry) {
    if (!entry) return {};
    Heading heading;
    heading.read(journal::unseal(*entry, keys));
    return heading.value("subject");
}

}  // namespace lianxin::matter
