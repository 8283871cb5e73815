#include "matter/note_api.hpp"

#include "http/page_size.hpp"
#include "matter/matter_api_shapes.hpp"

namespace lianxin::matter {

struct NotesAsked {
    bool unread = false;  // only those
    std::optional<std::string> after;
    std::optional<http::PageSize<100>> limit;
};
BOOST_DESCRIBE_STRUCT(NotesAsked, (), (unread, after, limit))
struct NoteShape {
    Id<NoteNoun> id;
    MatterId matter;
    std::string number, subject, kind_title, place_name;
    std::string what, title;  // the action, and what it is called
    Instant at;
    bool read = false;
};
BOOST_DESCRIBE_STRUCT(NoteShape, (),
                      (id, matter, number, subject, kind_title, place_name, what, title, at, read))
struct NoteList {
    std::vector<NoteShape> items;
    std::optional<std::string> next;
    int unread = 0;        // as far as they are counted
    bool or_more = false;  // there may be more than that
};
BOOST_DESCRIBE_STRUCT(NoteList, (), (items, next, unread, or_more))
struct NotesRead {
    std::vector<Id<NoteNoun>> notes;
    std::optional<Id<NoteNoun>> until;  // all that came up to this one
};
BOOST_DESCRIBE_STRUCT(NotesRead, (), (notes, until))
struct UnreadNotes {
    int unread = 0;
    bool or_more = false;
};
BOOST_DESCRIBE_STRUCT(UnreadNotes, (), (unread, or_more))

namespace {

using http::Method;
using http::Problem;
using http::Reply;
using http::Request;

constexpr std::size_t most_at_once = 500;

NoteShape shape_of(const NoteRow& row, const api::Wording& words) {
    return {row.id,
            row.matter,
            row.number,
            row.subject,
            words.kind(row.workflow, row.subkind),
            row.place_name,
            row.what,
            words.key_or("entry." + row.what, words.of(row.workflow, "action", row.what)),
            row.at,
            row.read};
}

}  // namespace

void add_note_routes(http::Api& api, County& county, MatterService& matters, place::Titles titles) {
    const auto notes = std::make_shared<NoteService>(county, matters.surroundings());
    api.route<NotesAsked, NoteList>(
        Method::get, "/api/v1/notes",
        {.id = "notes",
         .summary = "What came to my desk: unread first, newest first",
         .tag = "notes",
         .refusals = {403, 422}},
        [notes, titles](Request& request, NotesAsked asked) -> Result<Reply<NoteList>, Problem> {
            const auto page =
                notes->notes(place::acting_person(request),
                             {asked.unread, asked.after.value_or(""), asked.limit ? asked.limit->items : 50});
            if (!page) return fail(api::problem_of(page.error()));
            const api::Wording words(titles, request.language);
            NoteList list;
            for (const NoteRow& row : page->rows) list.items.push_back(shape_of(row, words));
            if (!page->next.empty()) list.next = page->next;
            list.unread = page->unread;
            list.or_more = page->unread == most_unread_counted;
            Reply<NoteList> reply{std::move(list)};
            reply.etag = std::to_string(reply.body.unread);  // the rest of the tag is what is answered
            return reply;
        });
    api.route<NotesRead, UnreadNotes>(
        Method::post, "/api/v1/notes/read",
        {.id = "read_notes",
         .summary = "I have read these, or all up to this one; done twice it is done once",
         .tag = "notes",
         .refusals = {403, 422}},
        [notes](Request& request, NotesRead in) -> Result<Reply<UnreadNotes>, Problem> {
            if (in.notes.size() > most_at_once)
                return fail(http::problem(422, "invalid", {{"/notes", "too_many", {}, "500"}}));
            const auto unread = notes->mark(place::acting_person(request), {std::move(in.notes), in.until});
            if (!unread) return fail(api::problem_of(unread.error()));
            return Reply{UnreadNotes{*unread, *unread == most_unread_counted}};
        });
}

}  // namespace lianxin::matter
