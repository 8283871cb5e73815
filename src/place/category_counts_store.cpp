#include "place/category_counts_store.hpp"

#include <bit>

namespace lianxin::place {
namespace {

constexpr std::size_t octets_each = 8;  // feature and count, both little-endian

Bytes packed(const CategoryCounts& counts) {
    Bytes bytes;
    bytes.reserve(counts.features.size() * octets_each);
    const auto put = [&](std::uint32_t number) {
        for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
    };
    for (const auto& [feature, times] : counts.features) {
        put(feature);
        put(std::bit_cast<std::uint32_t>(times));
    }
    return bytes;
}

void unpack(BytesView bytes, CategoryCounts& counts) {
    const auto number = [&](std::size_t at) {
        std::uint32_t read = 0;
        for (std::size_t i = 0; i < 4; ++i) read |= static_cast<std::uint32_t>(bytes[at + i]) << (8 * i);
        return read;
    };
    for (std::size_t at = 0; at + octets_each <= bytes.size(); at += octets_each)
        counts.features.emplace_hint(counts.features.end(), number(at), std::bit_cast<float>(number(at + 4)));
}

void turn_version(store::Transaction& tx) {
    tx.execute(
        "insert into search_state (name, value) values ('learned', 1) on conflict (name) do update set value "
        "= "
        "search_state.value + 1");
}

}  // namespace

std::map<CategoryId, CategoryCounts> load_counts(store::Transaction& tx) {
    std::map<CategoryId, CategoryCounts> learned;
    for (const store::Row row : tx.query("select category, matters, counts from learned where matters > 0")) {
        CategoryCounts& counts = learned[row.get<CategoryId>(0)];
        counts.matters = row.get<std::int64_t>(1);
        unpack(row.get<Bytes>(2), counts);
    }
    return learned;
}

CategoryCounts load_counts(store::Transaction& tx, CategoryId category) {
    CategoryCounts counts;
    for (const store::Row row :
         tx.query("select matters, counts from learned where category = $1", category)) {
        counts.matters = row.get<std::int64_t>(0);
        unpack(row.get<Bytes>(1), counts);
    }
    return counts;
}

void save_counts(store::Transaction& tx, CategoryId category, const CategoryCounts& counts) {
    const Bytes bytes = packed(counts);
    tx.execute(
        "insert into learned (category, matters, counts) values ($1, $2, $3) on conflict (category) do "
        "update "
        "set matters = excluded.matters, counts = excluded.counts",
        category, counts.matters, bytes);
    turn_version(tx);
}

void forget_counts(store::Transaction& tx) {
    tx.execute("delete from learned");
    turn_version(tx);
}

std::int64_t counts_version(store::Transaction& tx) {
    return tx.value<std::int64_t>("select value from search_state where name = 'learned'").value_or(0);
}

}  // namespace lianxin::place
