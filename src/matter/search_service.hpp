// matter/search_service.hpp — finding matters by their words, and those that may be the same thing as one at
// hand. The index only proposes: every hit is read as it stands, has every word asked for, and is shown only
// to who may read it. What is sealed from the reader is not there: no row, no gap, no count.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "matter/matter_service.hpp"
#include "matter/search_index_service.hpp"

namespace lianxin::matter {

struct FoundRow {
    MatterId id;
    std::optional<MatterId> about;  // a record about another matter
    std::string number, subject;
    std::string excerpt;  // of the text, about the first word found
    std::string workflow, subkind;
    std::optional<CategoryId> category;
    std::string category_name;
    PlaceId place;
    std::string place_name;
    std::string state, phase;
    Tone tone = Tone::neutral;
    Instant received_at;
};
struct SearchQuestion {
    std::string q;  // words between spaces; each must stand in the matter
    std::optional<PlaceId> place;
    std::string after;  // opaque, of the page before
    int limit = 20;
};
struct SearchPage {
    std::vector<FoundRow> rows;
    std::string next;         // empty: the end
    std::int64_t behind = 0;  // entries of the journal not yet indexed
};

struct SimilarRow {
    FoundRow row;
    float likeness = 0;
    float words = 0;          // how much of the words they share
    bool same_place = false;  // or one within the other
    int days_apart = 0;
    bool mergeable = false;  // by this reader; else only linked
};

class SearchService {
 public:
    SearchService(SearchIndex& index, MatterService& matters) : index_(index), matters_(matters) {}

    // For staff. Newest first, a matter before what is about it.
    [[nodiscard]] Result<SearchPage, MatterRefusal> search(County& county, const access::ActingPerson& who,
                                                           const SearchQuestion& question);
    // For staff who may read the matter: what may be the same thing and could be brought together with it by
    // them, most likely first, at most ten.
    [[nodiscard]] Result<std::vector<SimilarRow>, MatterRefusal> similar(County& county,
                                                                         const access::ActingPerson& who,
                                                                         MatterId matter);
    [[nodiscard]] SearchIndex& index() const { return index_; }

 private:
    SearchIndex& index_;
    MatterService& matters_;
};

}  // namespace lianxin::matter
