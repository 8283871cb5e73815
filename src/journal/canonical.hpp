// journal/canonical.hpp — writing and reading canonical bytes: big-endian integers, texts with their length
// before them. A reader never throws on what it finds; whole() says at the end whether everything was there
// and nothing was left over.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace lianxin::journal {

class ByteWriter {
 public:
    void reserve(std::size_t size) { bytes_.reserve(size); }
    void u8(std::uint8_t value) { bytes_.push_back(value); }
    void u16(std::uint16_t value) { big_endian(value, 2); }
    void u32(std::uint32_t value) { big_endian(value, 4); }
    void i64(std::int64_t value) { big_endian(static_cast<std::uint64_t>(value), 8); }
    void raw(BytesView bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
    void short_text(std::string_view text) {  // at most 255 bytes
        require(text.size() <= 255, "a short text has at most 255 bytes");
        u8(static_cast<std::uint8_t>(text.size()));
        raw(as_bytes(text));
    }
    void long_text(std::string_view text) {
        require(text.size() <= UINT32_MAX, "a long text has at most 4 GiB");
        u32(static_cast<std::uint32_t>(text.size()));
        raw(as_bytes(text));
    }
    [[nodiscard]] Bytes take() { return std::move(bytes_); }

 private:
    void big_endian(std::uint64_t value, unsigned size) {
        for (unsigned i = size; i-- > 0;) bytes_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    }
    Bytes bytes_;
};

class ByteReader {
 public:
    explicit ByteReader(BytesView bytes) : rest_(bytes) {}
    [[nodiscard]] std::uint8_t u8() { return static_cast<std::uint8_t>(big_endian(1)); }
    [[nodiscard]] std::uint16_t u16() { return static_cast<std::uint16_t>(big_endian(2)); }
    [[nodiscard]] std::uint32_t u32() { return static_cast<std::uint32_t>(big_endian(4)); }
    [[nodiscard]] std::int64_t i64() { return static_cast<std::int64_t>(big_endian(8)); }
    template <std::size_t N>
    void raw(std::array<std::uint8_t, N>& into) {
        const BytesView bytes = take(N);
        std::copy(bytes.begin(), bytes.end(), into.begin());
    }
    [[nodiscard]] std::string short_text() { return std::string(as_text(take(u8()))); }
    [[nodiscard]] std::string long_text() { return std::string(as_text(take(u32()))); }

    [[nodiscard]] bool at_end() const { return rest_.empty() || short_of_bytes_; }
    [[nodiscard]] bool whole() const { return rest_.empty() && !short_of_bytes_; }

 private:
    BytesView take(std::size_t size) {
        if (size > rest_.size()) {
            short_of_bytes_ = true;
            rest_ = {};
            return {};
        }
        const BytesView taken = rest_.first(size);
        rest_ = rest_.subspan(size);
        return taken;
    }
    std::uint64_t big_endian(unsigned size) {
        std::uint64_t value = 0;
        for (const std::uint8_t byte : take(size)) value = (value << 8U) | byte;
        return value;
    }
    BytesView rest_;
    bool short_of_bytes_ = false;
};

}  // namespace lianxin::journal
