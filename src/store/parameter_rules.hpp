// store/parameter_rules.hpp — what both engines ask of bound values before they see them.
#pragma once

#include <cstring>
#include <span>

#include "store/transaction.hpp"

namespace lianxin::store {

// PostgreSQL has no text with a NUL in it, and SQLite's own functions cut there: refused on both.
inline void refuse_nul(std::span<const Param> values) {
    for (const Param& param : values) {
        const auto* text = std::get_if<std::string_view>(&param.value);
        if (text != nullptr && !text->empty() && std::memchr(text->data(), '\0', text->size()) != nullptr)
            throw StoreFault(FaultKind::statement, "a text value holds a NUL character");
    }
}

// The n of the highest $n in the text; PostgreSQL would take values that no parameter asks for.
[[nodiscard]] inline std::size_t highest_parameter(std::string_view sql) {
    std::size_t highest = 0;
    for (std::size_t i = sql.find('$'); i != std::string_view::npos; i = sql.find('$', i + 1)) {
        std::size_t number = 0;
        for (std::size_t k = i + 1; k < sql.size() && sql[k] >= '0' && sql[k] <= '9'; ++k)
            number = number * 10 + static_cast<std::size_t>(sql[k] - '0');
        highest = std::max(highest, number);
    }
    return highest;
}

}  // namespace lianxin::store
