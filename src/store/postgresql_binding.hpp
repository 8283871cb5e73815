// store/postgresql_binding.hpp — bound values in the form libpq wants them: binary, numbers in network order.
#pragma once

#include <libpq-fe.h>

#include <array>
#include <bit>
#include <span>
#include <string>
#include <vector>

#include "store/transaction.hpp"

namespace lianxin::store::postgresql {

// pg_type.dat; fixed for ever. By the variant's index: a null has no type of its own, the server takes the
// one its place asks for.
constexpr std::array<Oid, 5> types{0, 20, 701, 25, 17};

[[nodiscard]] inline std::vector<Oid> types_of(std::span<const Param> values) {
    std::vector<Oid> oids;
    oids.reserve(values.size());
    for (const Param& param : values) oids.push_back(types[param.type]);
    return oids;
}

// Borrows text and bytes; libpq copies them when they are sent.
class Bound {
 public:
    explicit Bound(std::span<const Param> values)
        : numbers_(values.size()), data_(values.size()), lengths_(values.size()), formats_(values.size(), 1) {
        for (std::size_t i = 0; i < values.size(); ++i) std::visit(Setter{*this, i}, values[i].value);
    }
    [[nodiscard]] int count() const { return static_cast<int>(data_.size()); }
    [[nodiscard]] const char* const* data() const { return data_.data(); }
    [[nodiscard]] const int* lengths() const { return lengths_.data(); }
    [[nodiscard]] const int* formats() const { return formats_.data(); }
    // One text for equal values only.
    [[nodiscard]] std::string key() const {
        std::string key;
        for (std::size_t i = 0; i < data_.size(); ++i) {
            key += data_[i] == nullptr ? "-" : std::to_string(lengths_[i]);
            key += ':';
            if (data_[i] != nullptr) key.append(data_[i], static_cast<std::size_t>(lengths_[i]));
        }
        return key;
    }

 private:
    struct Setter {
        Bound& bound;
        std::size_t i;
        void operator()(std::monostate) const {}
        void operator()(std::int64_t v) const { bound.set_number(i, static_cast<std::uint64_t>(v)); }
        void operator()(double v) const { bound.set_number(i, std::bit_cast<std::uint64_t>(v)); }
        void operator()(std::string_view v) const { bound.set(i, v.data(), v.size()); }
        void operator()(BytesView v) const {
            bound.set(i, reinterpret_cast<const char*>(v.data()), v.size());
        }
    };
    void set(std::size_t i, const char* data, std::size_t size) {
        data_[i] = data == nullptr ? "" : data;  // a null pointer would be null
        lengths_[i] = static_cast<int>(size);
    }
    void set_number(std::size_t i, std::uint64_t value) {
        for (std::size_t k = 0; k < 8; ++k) numbers_[i][k] = static_cast<char>(value >> (56 - 8 * k) & 0xffU);
        set(i, numbers_[i].data(), 8);
    }

    std::vector<std::array<char, 8>> numbers_;
    std::vector<const char*> data_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
};

}  // namespace lianxin::store::postgresql
