// place/place_search.hpp — from what somebody wrote ("大瑶镇南阳村枫林组12号") to the places it can mean: the
// longest names found along one path from the root win; names may leave off their kind's suffix (大瑶 for
// 大瑶镇).
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "place/place.hpp"

namespace lianxin::place {

struct Candidate {
    PlaceId place;
    int matched_characters = 0;  // over the whole path
    int level = 1;
    std::size_t matched_until =
        0;                    // byte offset in the text behind the last name found; the rest is the door
    bool whole_name = false;  // the text is a part or the whole of this one name
};

// Made of all places but households on one day; immutable, shared between threads.
class SearchIndex {
 public:
    SearchIndex() = default;
    SearchIndex(const std::vector<Place>& places, const Kinds& kinds);
    // Best first: more characters matched, then deeper, then id. Never more than `limit`.
    [[nodiscard]] std::vector<Candidate> find(std::string_view text, std::size_t limit = 10) const;
    [[nodiscard]] std::size_t size() const { return nodes_.size(); }

 private:
    struct Node {
        PlaceId id;
        int level = 1;
        int parent = -1;
        std::string name;
        std::string short_name;  // without the suffix; empty when there is none worth having
    };
    std::vector<Node> nodes_;  // parents before children
};

}  // namespace lianxin::place
