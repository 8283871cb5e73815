// store/columns.hpp — the rows of a result: one pass, each column read as the type it has.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace lianxin::store {

// The row a cursor stands on; views are valid until the next row.
class Columns {
 public:
    virtual ~Columns() = default;
    [[nodiscard]] virtual bool next() = 0;  // false: no more rows
    [[nodiscard]] virtual bool is_null(int column) const = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual double real(int column) const = 0;
    [[nodiscard]] virtual std::string_view text(int column) const = 0;
    [[nodiscard]] virtual BytesView bytes(int column) const = 0;
};

template <class T>
struct ColumnReader;  // specialised below for every type a column may be read as

class Row {
 public:
    explicit Row(const Columns& columns) : columns_(&columns) {}
    template <class T>
    [[nodiscard]] T get(int column) const {
        return ColumnReader<T>::read(*columns_, column);
    }

 private:
    const Columns* columns_;
};

// A single pass over the result: for (store::Row row : tx.query(...)). At most one open result per
// transaction.
class Rows {
 public:
    explicit Rows(std::unique_ptr<Columns> columns) : columns_(std::move(columns)) {}
    struct End {};
    class Iterator {
     public:
        explicit Iterator(Columns* columns) : columns_(columns), more_(columns->next()) {}
        Row operator*() const { return Row(*columns_); }
        Iterator& operator++() {
            more_ = columns_->next();
            return *this;
        }
        bool operator!=(End) const { return more_; }

     private:
        Columns* columns_;
        bool more_;
    };
    [[nodiscard]] Iterator begin() { return Iterator(columns_.get()); }
    [[nodiscard]] static End end() { return {}; }

 private:
    std::unique_ptr<Columns> columns_;
};

template <std::integral T>
struct ColumnReader<T> {
    static T read(const Columns& c, int i) {
        const std::int64_t value = c.integer(i);
        require(std::in_range<T>(value), "a stored integer fits the type it is read as");
        return static_cast<T>(value);
    }
};
template <>
struct ColumnReader<bool> {
    static bool read(const Columns& c, int i) { return c.integer(i) != 0; }
};
template <>
struct ColumnReader<double> {
    static double read(const Columns& c, int i) { return c.real(i); }
};
template <>
struct ColumnReader<std::string> {
    static std::string read(const Columns& c, int i) { return std::string(c.text(i)); }
};
template <>
struct ColumnReader<std::string_view> {
    static std::string_view read(const Columns& c, int i) { return c.text(i); }
};
template <>
struct ColumnReader<Bytes> {
    static Bytes read(const Columns& c, int i) {
        const BytesView view = c.bytes(i);
        return {view.begin(), view.end()};
    }
};
template <>
struct ColumnReader<Digest> {
    static Digest read(const Columns& c, int i) {
        const BytesView view = c.bytes(i);
        require(view.size() == Digest{}.size(), "a stored digest has 32 bytes");
        Digest digest;
        std::copy(view.begin(), view.end(), digest.begin());
        return digest;
    }
};
template <>
struct ColumnReader<Instant> {
    static Instant read(const Columns& c, int i) { return {c.integer(i)}; }
};
template <class Noun>
struct ColumnReader<Id<Noun>> {
    static Id<Noun> read(const Columns& c, int i) { return Id<Noun>(c.integer(i)); }
};
template <class T>
struct ColumnReader<std::optional<T>> {
    static std::optional<T> read(const Columns& c, int i) {
        if (c.is_null(i)) return {};
        return ColumnReader<T>::read(c, i);
    }
};

}  // namespace lianxin::store
