#include "matter/numbering_service.hpp"

#include "matter/matter_store.hpp"

namespace lianxin::matter {

namespace {

SecretKey shuffling_key(const County& county) {
    return county.keys.purpose_key("matter_number");
}

}  // namespace

void give_number(const County& county, Serials& serials, int year, MatterRow& row) {
    const auto serial = static_cast<std::uint32_t>(serials.next(year));
    row.number = PublicNumber::make(shuffling_key(county), year, serial).text();
    row.serial = PublicNumber::in_order(year, serial);
}

std::int64_t serial_of(const County& county, std::string_view number) {
    const auto parsed = PublicNumber::parse(number);
    return parsed ? parsed->in_order(shuffling_key(county)) : 0;
}

std::optional<MatterId> matter_by_number(store::Transaction& tx, const County& county,
                                         const PublicNumber& number) {
    if (const auto found = matter_by_serial(tx, number.in_order(shuffling_key(county)))) return found;
    return matter_without_serial(tx, number.text());
}

}  // namespace lianxin::matter
