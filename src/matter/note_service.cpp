#include "matter/note_service.hpp"

#include <algorithm>
#include <map>

#include "matter/readership_service.hpp"
#include "matter/subject_service.hpp"
#include "place/place_store.hpp"

namespace lianxin::matter {
namespace {

using access::ActingPerson;
using NoteId = Id<NoteNoun>;

constexpr int largest_page = 100;

NoteBox box_of(const ActingPerson& who) {
    NoteBox box;
    for (const access::HeldPost& held : who.posts) box.posts.push_back(held.post);
    box.party = who.party;
    return box;
}

// Where a page begins: among the unread, or behind them.
struct PageStart {
    bool read = false;
    std::optional<NoteId> before;
    [[nodiscard]] std::string text() const { return (read ? "r" : "u") + before.value_or(NoteId()).text(); }
};
std::optional<PageStart> start_of(const std::string& text) {
    if (text.empty()) return PageStart{};
    const auto before = NoteId::parse(std::string_view(text).substr(1));
    if (!before || (text.front() != 'r' && text.front() != 'u')) return {};
    return PageStart{text.front() == 'r', before};
}

// A box as one reader may see it.
class Inbox {
 public:
    Inbox(store::Transaction& tx, County& county, const Surroundings& around, const ActingPerson& who)
        : tx_(tx), view_(tx, county, around, who), box_(box_of(who)) {}

    [[nodiscard]] int unread() {
        const auto notes = notes_in(tx_, box_, false, {}, most_unread_counted);
        return static_cast<int>(
            std::count_if(notes.begin(), notes.end(), [&](const Note& note) { return seen(note.matter); }));
    }

    [[nodiscard]] NotePage page(PageStart start, std::size_t limit, bool only_unread) {
        NotePage page;
        while (true) {
            const auto wanted = static_cast<int>(limit) + 1;
            const auto notes = notes_in(tx_, box_, start.read, start.before, wanted);
            for (const Note& note : notes) {
                if (page.rows.size() == limit) {
                    page.next = start.text();
                    return page;
                }
                start.before = note.id;
                if (const auto* matter = seen(note.matter)) page.rows.push_back(row_of(note, *matter));
            }
            if (notes.size() == static_cast<std::size_t>(wanted)) continue;
            if (start.read || only_unread) return page;
            start = {true, {}};
        }
    }
    // Sealed, in the order of the rows.
    [[nodiscard]] std::vector<std::optional<journal::SealedEntry>> subjects(const NotePage& page) {
        for (const NoteRow& row : page.rows) announce_subject(tx_, seen(row.matter)->row);
        std::vector<std::optional<journal::SealedEntry>> entries;
        for (const NoteRow& row : page.rows) entries.push_back(load_subject(tx_, seen(row.matter)->row));
        return entries;
    }

 private:
    const ReaderView::Seen* seen(MatterId id) {
        const auto [known, fresh] = seen_.try_emplace(id);
        if (fresh) known->second = view_.seen(id);
        return known->second ? &*known->second : nullptr;
    }
    NoteRow row_of(const Note& note, const ReaderView::Seen& matter) {
        NoteRow row;
        row.id = note.id;
        row.matter = note.matter;
        row.number = matter.row.number;
        row.workflow = matter.row.workflow;
        row.subkind = matter.row.subkind;
        row.place_name = name_of_place(matter.row.place);
        row.what = note.kind;
        row.at = note.at;
        row.read = note.read_at.has_value();
        return row;
    }
    std::string name_of_place(PlaceId id) {
        const auto [known, fresh] = places_.try_emplace(id);
        if (fresh) {
            const Day today = view_.planner().today();
            if (const auto place = place::load_place(tx_, id, today))
                known->second = place::name_among_others(tx_, *place, today);
        }
        return known->second;
    }

    store::Transaction& tx_;
    ReaderView view_;
    NoteBox box_;
    std::map<MatterId, std::optional<ReaderView::Seen>> seen_;
    std::map<PlaceId, std::string> places_;
};

MatterRefusal not_staff() {
    return {MatterRule::not_allowed, {}, {}, {}};
}

}  // namespace

Result<NotePage, MatterRefusal> NoteService::notes(const ActingPerson& who, const NoteQuestion& asked) {
    if (who.kind != ActingPerson::Kind::staff) return fail(not_staff());
    const auto start = start_of(asked.after);
    if (!start) return fail(MatterRefusal{MatterRule::invalid, {}, {{"after", "malformed", 0, {}}}, {}});
    const auto limit = static_cast<std::size_t>(std::clamp(asked.limit, 1, largest_page));
    std::vector<std::optional<journal::SealedEntry>> subjects;
    auto page = county_.database.read([&](store::Transaction& tx) {
        Inbox inbox(tx, county_, around_, who);
        NotePage found = inbox.page(*start, limit, asked.unread);
        found.unread = inbox.unread();
        subjects = inbox.subjects(found);
        return found;
    });
    for (std::size_t at = 0; at < page.rows.size(); ++at)
        page.rows[at].subject = subject_of(county_.keys, subjects[at]);
    return page;
}

Result<int, MatterRefusal> NoteService::mark(const ActingPerson& who, const NoteMarking& marking) {
    if (who.kind != ActingPerson::Kind::staff) return fail(not_staff());
    if (marking.notes.empty() && !marking.until)
        return fail(MatterRefusal{MatterRule::invalid, {}, {{"notes", "required", 0, {}}}, {}});
    const NoteBox box = box_of(who);
    const Instant now = county_.clock.now();
    county_.database.write([&](store::Transaction& tx) {
        mark_read(tx, box, marking.notes, now);
        if (marking.until) mark_all_read(tx, box, *marking.until, now);
    });
    return county_.database.read(
        [&](store::Transaction& tx) { return Inbox(tx, county_, around_, who).unread(); });
}

bool NoteService::forget_old(int batch) {
    const Instant before{county_.clock.now().micros -
                         std::chrono::duration_cast<std::chrono::microseconds>(notes_are_kept).count()};
    return county_.database.write([&](store::Transaction& tx) { return forget_notes(tx, before, batch); }) ==
           batch;
}

}  // namespace lianxin::matter
