// place/category.hpp — what a matter is about: a tree of three levels, dated, with what a workflow asks of a
// leaf (needs no photo, how urgent). The index answers a citizen's words ("路灯 坏") with the leaves that
// fit, best first, from memory.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.hpp"
#include "base/time.hpp"

namespace lianxin::place {

struct Category {
    CategoryId id;
    std::optional<CategoryId> parent;
    int level = 1;  // 1 … 3
    std::string code;
    std::string name;
    std::vector<std::string> also;  // other words people use for it
    bool no_photo = false;          // evidence without a picture will do (guard category.no_photo)
    std::string urgency;            // a row of the deadline table; empty: the parent's, else the default
    Day from;
    Day until;
};

struct CategoryHit {
    const Category* category = nullptr;
    std::vector<const Category*> path;  // top level first, the hit last
    bool leaf = false;
    int score = 0;
};

// Immutable, shared between threads.
class CategoryIndex {
 public:
    CategoryIndex() = default;
    explicit CategoryIndex(std::vector<Category> categories);
    CategoryIndex(const CategoryIndex&) = delete;
    CategoryIndex& operator=(const CategoryIndex&) = delete;
    CategoryIndex(CategoryIndex&&) = default;
    CategoryIndex& operator=(CategoryIndex&&) = default;

    [[nodiscard]] const Category* find(CategoryId id) const;
    [[nodiscard]] const Category* by_code(std::string_view code) const;
    [[nodiscard]] std::vector<const Category*> children(std::optional<CategoryId> parent) const;
    [[nodiscard]] bool is_leaf(const Category& category) const;
    [[nodiscard]] std::vector<const Category*> path(const Category& category) const;
    // The leaf's own urgency or the nearest one above it.
    [[nodiscard]] std::string_view urgency(const Category& category) const;
    // Words may stand anywhere along the path; the leaf's own name counts most, whole names more than parts.
    [[nodiscard]] std::vector<CategoryHit> search(std::string_view text, std::size_t limit = 20) const;
    [[nodiscard]] const std::vector<Category>& all() const { return categories_; }

 private:
    struct Entry {
        std::size_t category = 0;
        std::string folded;  // own name
        std::vector<std::string> folded_also;
        std::string folded_above;  // names of the levels above
    };
    std::vector<Category> categories_;  // by id
    std::vector<Entry> entries_;
    std::vector<std::size_t> by_code_;
};

}  // namespace lianxin::place
