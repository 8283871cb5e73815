// base/result.hpp — a refusal is a value, a fault is an exception, a bug ends the request.
#pragma once

#include <stdexcept>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace lianxin {

// What a user or a race can cause: T, or the refusal E that says which rule was broken.
template <class T, class E>
using Result = tl::expected<T, E>;

template <class E>
[[nodiscard]] auto fail(E&& refusal) {
    return tl::make_unexpected(std::forward<E>(refusal));
}

// Disk, database or network let us down; caught at the session and at main. The text never carries bound
// values.
struct Fault : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// A broken promise of our own code; never reachable by input.
struct Bug : std::logic_error {
    using std::logic_error::logic_error;
};

inline void require(bool holds, const char* promise) {
    if (!holds) throw Bug(promise);
}

}  // namespace lianxin
