// matter/timeline_service.hpp — the entries of a matter as its reader may see them. Staff who may read the
// matter see every step; a resident sees every step too, but of its fields only what was meant to be told,
// and what they said themselves.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "county/county.hpp"
#include "journal/journal.hpp"
#include "matter/attachment_store.hpp"
#include "matter/matter_view.hpp"
#include "matter/workflows.hpp"

namespace lianxin::matter {

struct Reader {
    bool resident = false;
    WorkflowPtr workflow;
    bool personal = false;  // may know residents by name
    bool onlooker = false;  // reads for the place or votes on it: not what was found out about people
    const Workflows* known = nullptr;  // for entries made under an older version
};

// The entry a matter gets when one about it ended; its field "outcome" says which kind, and how: KIND.STATE.
inline constexpr std::string_view child_ended_entry = "child_ended";

// The field that marks the entry with which a certificate was conferred.
inline constexpr std::string_view conferring = "certificate";

// The field that marks, in a merged matter, what its resident was told as the answer.
inline constexpr std::string_view answering = "answers";

// What a matter says of itself now: its opening entry, with what was corrected since.
class Heading {
 public:
    void read(const journal::Entry& entry);
    // Empty when there is none or it was erased.
    [[nodiscard]] std::string value(std::string_view field) const;

 private:
    std::map<std::string, std::string, std::less<>> fields_;
};

// Whoever asked was told of it.
[[nodiscard]] bool is_told(const EntryView& entry);

// A post as it is named in public: what it is, and who holds it today.
[[nodiscard]] std::optional<Named> named_post(store::Transaction& tx, PostId post, Day today);

class Timeline {
 public:
    Timeline(County& county, const Reader& reader, const std::vector<AttachmentRow>& attachments);

    void add(const std::vector<journal::SealedEntry>& chain);
    [[nodiscard]] const Heading& heading() const { return heading_; }
    // Cards, from the first: who was urged by whom, and what came of it.
    [[nodiscard]] std::vector<SupervisionView> supervisions() const;
    // Staff are named in public by person and post; residents to whoever may know them.
    void name_people(store::Transaction& tx, Day today);
    [[nodiscard]] std::vector<EntryView> take() { return std::move(views_); }
    [[nodiscard]] Names take_names() { return std::move(names_); }
    [[nodiscard]] bool confers() const { return confers_; }  // a certificate

 private:
    void add_fields(EntryView& view, const journal::Entry& entry);
    void note_names(const FieldView& field);
    [[nodiscard]] bool shows(const EntryView& view, const std::string& field) const;
    [[nodiscard]] bool shows_files(const EntryView& view) const;

    County& county_;
    const Reader& reader_;
    const std::vector<AttachmentRow>& attachments_;
    std::vector<EntryView> views_;
    Heading heading_;
    bool confers_ = false;
    std::vector<std::pair<std::size_t, PostId>> urged_;
    std::vector<std::pair<std::size_t, PartyId>> people_;
    std::vector<std::pair<std::size_t, PostId>> posts_;
    std::set<PostId> posts_said_;  // in fields
    std::set<PartyId> people_said_;
    Names names_;
};

}  // namespace lianxin::matter
