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

}  // namespace lianxin::store
