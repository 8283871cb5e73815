// store/postgresql_columns.cpp — reading PostgreSQL's binary values strictly: what is read as a type is of
// that type.
#include <bit>
#include <cmath>
#include <limits>

#include "store/postgresql_connection.hpp"

namespace lianxin::store::postgresql {

namespace {

constexpr Oid oid_bool = 16;
constexpr Oid oid_bytea = 17;
constexpr Oid oid_name = 19;
constexpr Oid oid_int8 = 20;
constexpr Oid oid_int2 = 21;
constexpr Oid oid_int4 = 23;
constexpr Oid oid_text = 25;
constexpr Oid oid_float4 = 700;
constexpr Oid oid_float8 = 701;
constexpr Oid oid_unknown = 705;
constexpr Oid oid_varchar = 1043;
constexpr Oid oid_numeric = 1700;

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char c : bytes) value = value << 8U | static_cast<std::uint8_t>(c);
    return value;
}
std::int16_t int16_at(std::string_view bytes, std::size_t at) {
    return static_cast<std::int16_t>(big_endian(bytes.substr(at, 2)));
}

// numeric (sum of bigint, avg): base-10000 digits; the first has the weight 10000^weight.
struct Numeric {
    std::string_view bytes;
    [[nodiscard]] int digits() const { return int16_at(bytes, 0); }
    [[nodiscard]] int weight() const { return int16_at(bytes, 2); }
    [[nodiscard]] bool negative() const { return int16_at(bytes, 4) == 0x4000; }
    [[nodiscard]] bool number() const { return int16_at(bytes, 4) == 0 || negative(); }
    [[nodiscard]] int digit(int i) const {
        return i < digits() ? int16_at(bytes, 8 + 2 * static_cast<std::size_t>(i)) : 0;
    }
    [[nodiscard]] double real() const {
        require(number(), "a number read is finite");
        double value = 0;
        for (int i = 0; i < digits(); ++i) value += digit(i) * std::pow(10000.0, weight() - i);
        return negative() ? -value : value;
    }
    [[nodiscard]] std::int64_t integer() const {
        require(number() && digits() <= weight() + 1, "the column read as an integer holds one");
        // Counted downwards: the negative side reaches one further.
        std::int64_t value = 0;
        for (int i = 0; i <= weight(); ++i) {
            const bool fits = !__builtin_mul_overflow(value, std::int64_t{10000}, &value) &&
                              !__builtin_sub_overflow(value, std::int64_t{digit(i)}, &value);
            require(fits, "an integer read fits 64 bits");
        }
        require(negative() || value != std::numeric_limits<std::int64_t>::min(),
                "an integer read fits 64 bits");
        return negative() ? value : -value;
    }
};

class ResultColumns final : public Columns {
 public:
    ResultColumns(ResultHandle result, std::shared_ptr<int> open_results)
        : result_(std::move(result)),
          rows_(PQntuples(result_.get())),
          open_results_(std::move(open_results)) {
        ++*open_results_;
        if (rows_ == 0) close();
    }
    ~ResultColumns() override { close(); }
    ResultColumns(const ResultColumns&) = delete;
    ResultColumns& operator=(const ResultColumns&) = delete;

    bool next() override {
        if (row_ < rows_) ++row_;
        if (row_ < rows_) return true;
        close();
        return false;
    }
    [[nodiscard]] bool is_null(int column) const override {
        require_row(column);
        return PQgetisnull(result_.get(), row_, column) != 0;
    }
    [[nodiscard]] std::int64_t integer(int column) const override {
        const std::string_view raw = value(column);
        switch (type(column)) {
            case oid_int8:
                return static_cast<std::int64_t>(big_endian(raw));
            case oid_int4:
                return static_cast<std::int32_t>(big_endian(raw));
            case oid_int2:
                return int16_at(raw, 0);
            case oid_bool:
                return raw[0] != 0 ? 1 : 0;
            case oid_numeric:
                return Numeric{raw}.integer();
            default:
                throw Bug("the column read as an integer holds one");
        }
    }
    [[nodiscard]] double real(int column) const override {
        const std::string_view raw = value(column);
        switch (type(column)) {
            case oid_float8:
                return std::bit_cast<double>(big_endian(raw));
            case oid_float4: {
                const float narrow = std::bit_cast<float>(static_cast<std::uint32_t>(big_endian(raw)));
                return static_cast<double>(narrow);
            }
            case oid_numeric:
                return Numeric{raw}.real();
            default:
                return static_cast<double>(integer(column));
        }
    }
    [[nodiscard]] std::string_view text(int column) const override {
        const std::string_view raw = value(column);
        const Oid found = type(column);
        require(found == oid_text || found == oid_varchar || found == oid_name || found == oid_unknown,
                "the column read as text holds text");
        return raw;
    }
    [[nodiscard]] BytesView bytes(int column) const override {
        const std::string_view raw = value(column);
        require(type(column) == oid_bytea, "the column read as bytes holds bytes");
        return as_bytes(raw);
    }

 private:
    void close() {
        if (open_results_) --*open_results_;
        open_results_.reset();
    }
    void require_row(int column) const {
        require(row_ >= 0 && row_ < rows_, "a column is read while its row is current");
        require(column >= 0 && column < PQnfields(result_.get()), "the column read exists");
    }
    [[nodiscard]] Oid type(int column) const { return PQftype(result_.get(), column); }
    [[nodiscard]] std::string_view value(int column) const {
        require(!is_null(column), "the column read holds a value, not null");
        return {PQgetvalue(result_.get(), row_, column),
                static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
    }

    ResultHandle result_;
    int row_ = -1;
    int rows_;
    std::shared_ptr<int> open_results_;  // the transaction's count, which a misused result may outlive
};

}  // namespace

std::unique_ptr<Columns> columns_of(ResultHandle result, std::shared_ptr<int> open_results) {
    return std::make_unique<ResultColumns>(std::move(result), std::move(open_results));
}

}  // namespace lianxin::store::postgresql
