// place/category_answer_api.hpp — a category over the wire.
#pragma once

#include <boost/describe/class.hpp>
#include <string>
#include <vector>

#include "place/category.hpp"

namespace lianxin::place {

struct CategoryAnswer {
    CategoryId id;
    std::string code;
    std::string name;
    std::vector<std::string> path;
    int level = 0;
    bool leaf = false;
    bool no_photo = false;
};
BOOST_DESCRIBE_STRUCT(CategoryAnswer, (), (id, code, name, path, level, leaf, no_photo))
[[nodiscard]] CategoryAnswer answer_of(const CategoryIndex& index, const Category& category);

}  // namespace lianxin::place
