// A number leads to its matter by the serial it hides; what was stored before there were serials, by itself.
#include "matter/numbering_service.hpp"
#include "tests/support/test_county.hpp"

namespace lianxin::matter {
namespace {

class NumberOfAMatter : public support::AnyCounty {
 protected:
    MatterRow numbered(std::int64_t id) {
        serials_.reserve(county(), 2026, 8);
        MatterRow row;
        row.id = MatterId(id);
        give_number(county(), serials_, 2026, row);
        return row;
    }
    void put(const MatterRow& row, bool with_serial) {
        const auto serial = with_serial ? std::optional(row.serial) : std::nullopt;
        county().database.write([&](store::Transaction& tx) {
            tx.execute(
                "insert into matter (id, number, serial, workflow, workflow_hash, subkind, place, channel, "
                "anonymous, opening_entry, key_id, received_at, recorded_at, asked_times, version) values "
                "($1, $2, $3, '', $4, '', 1, '', 0, 0, 0, 0, 0, 0, 1)",
                row.id, row.number, serial, Digest{});
        });
    }
    std::optional<MatterId> found(const MatterRow& row) {
        return county().database.read([&](store::Transaction& tx) {
            return matter_by_number(tx, county(), *PublicNumber::parse(row.number));
        });
    }
    Serials serials_;
};
LIANXIN_ON_BOTH_ENGINES(NumberOfAMatter);

TEST_P(NumberOfAMatter, leads_to_it_and_to_no_other) {
    const MatterRow first = numbered(1);
    const MatterRow second = numbered(2);
    put(first, true);
    EXPECT_EQ(found(first), MatterId(1));
    EXPECT_EQ(found(second), std::nullopt);
    EXPECT_EQ(serial_of(county(), first.number), first.serial);
    EXPECT_LT(first.serial, second.serial);
}

TEST_P(NumberOfAMatter, that_was_stored_without_a_serial_is_found_by_the_number_itself) {
    const MatterRow old = numbered(3);
    put(old, false);
    EXPECT_EQ(found(old), MatterId(3));
}

TEST_P(NumberOfAMatter, is_there_once) {
    put(numbered(4), true);
    MatterRow again = numbered(5);
    again.serial = serial_of(county(), numbered(6).number);
    put(again, true);
    MatterRow twice = again;
    twice.id = MatterId(7);
    EXPECT_THROW(put(twice, true), store::StoreFault);
}

TEST_P(NumberOfAMatter, of_another_sort_has_no_serial) {
    EXPECT_EQ(serial_of(county(), "26000000010-3"), 0);
}

}  // namespace
}  // namespace lianxin::matter
