// What goes in as a bound value comes out again, the same on both engines.
#include <limits>

#include "tests/support/test_database.hpp"

namespace lianxin::store {
namespace {

using support::AnyDatabase;

class Values : public AnyDatabase {
 protected:
    Values() : AnyDatabase(std::span<const Migration>{}) {
        database().write([](Transaction& tx) {
            const bool sqlite = tx.dialect() == Dialect::sqlite;
            tx.execute(std::string("create table thing (id bigint primary key, number bigint, real ") +
                       "double precision, word text, bytes " + (sqlite ? "blob" : "bytea") + ")");
        });
    }
    template <class T, class V>
    T round_trip(std::string_view column, const V& value) {
        const std::string name(column);
        return database().write([&](Transaction& tx) {
            tx.execute("delete from thing");
            tx.execute("insert into thing (id, " + name + ") values ($1, $2)", 1, value);
            return *tx.value<T>("select " + name + " from thing where id = $1", 1);
        });
    }
    template <class F>
    FaultKind fault_of(F&& closure) {
        try {
            database().write(closure);
        } catch (const StoreFault& fault) {
            text_ = fault.what();
            return fault.kind;
        }
        ADD_FAILURE() << "no fault";
        return FaultKind::io;
    }
    std::string text_;
};
LIANXIN_ON_BOTH_ENGINES(Values);

TEST_P(Values, integers_keep_all_64_bits) {
    for (const std::int64_t value :
         {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(),
          std::int64_t{-1}, std::int64_t{0}, std::int64_t{1} << 53}) {
        EXPECT_EQ(round_trip<std::int64_t>("number", value), value);
    }
}

TEST_P(Values, an_integer_that_does_not_fit_the_type_it_is_read_as_is_a_bug) {
    EXPECT_THROW(round_trip<int>("number", std::int64_t{1} << 40), Bug);
}

TEST_P(Values, reals_keep_every_bit) {
    for (const double value : {0.1, -0.0, 1e308, 5e-324, 3.0})
        EXPECT_EQ(round_trip<double>("real", value), value);
}

TEST_P(Values, texts_keep_every_character) {
    for (const std::string_view value :
         {"", "大姚县金碧镇", "'; drop table thing; --", "<script>", "𠀀\n\t\\"})
        EXPECT_EQ(round_trip<std::string>("word", value), value);
    const std::string large(1'000'000, 'x');
    EXPECT_EQ(round_trip<std::string>("word", large), large);
}

TEST_P(Values, a_text_with_a_nul_is_refused_in_words) {
    const std::string text("a\0b", 3);
    EXPECT_EQ(
        fault_of([&](Transaction& tx) { tx.execute("insert into thing (id, word) values (1, $1)", text); }),
        FaultKind::statement);
    EXPECT_NE(text_.find("NUL"), std::string::npos);
}

TEST_P(Values, bytes_may_hold_anything_and_empty_bytes_are_not_null) {
    Bytes all(256);
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint8_t>(i);
    EXPECT_EQ(round_trip<Bytes>("bytes", all), all);
    const auto empty = round_trip<std::optional<Bytes>>("bytes", Bytes{});
    ASSERT_TRUE(empty.has_value());
    EXPECT_TRUE(empty->empty());
    EXPECT_FALSE(round_trip<std::optional<Bytes>>("bytes", std::nullopt).has_value());
}

TEST_P(Values, an_empty_text_is_not_null) {
    EXPECT_EQ(round_trip<std::optional<std::string>>("word", std::string_view{}), "");
    EXPECT_FALSE(round_trip<std::optional<std::string>>("word", std::optional<std::string>{}).has_value());
}

TEST_P(Values, booleans_are_0_and_1) {
    EXPECT_EQ(round_trip<std::int64_t>("number", true), 1);
    EXPECT_FALSE(round_trip<bool>("number", false));
}

TEST_P(Values, reading_null_as_a_value_is_a_bug) {
    EXPECT_THROW(round_trip<std::int64_t>("number", std::nullopt), Bug);
    EXPECT_THROW(round_trip<std::string>("word", std::nullopt), Bug);
    EXPECT_THROW(round_trip<Bytes>("bytes", std::nullopt), Bug);
}

TEST_P(Values, reading_a_column_as_another_type_is_a_bug) {
    EXPECT_THROW(round_trip<std::int64_t>("word", "12"), Bug);
    EXPECT_THROW(round_trip<std::string>("number", 12), Bug);
    EXPECT_THROW(round_trip<Bytes>("word", "abc"), Bug);
}

TEST_P(Values, parameters_are_known_by_number_not_by_place) {
    const auto words = database().read([](Transaction& tx) {
        std::vector<std::string> all;
        for (const Row row : tx.query("select $2, $1, $2, $1", std::string("first"), std::string("second")))
            for (int i = 0; i < 4; ++i) all.push_back(row.get<std::string>(i));
        return all;
    });
    EXPECT_EQ(words, (std::vector<std::string>{"second", "first", "second", "first"}));
}

TEST_P(Values, more_than_nine_parameters_keep_their_numbers) {
    const auto sum = database().read([](Transaction& tx) {
        return *tx.value<std::int64_t>(
            "select $12 * 1000 + $1 * 100 + $11 * 10 + $2 + 0 * ($3+$4+$5+$6+$7+$8+$9+$10)", 1, 2, 3, 4, 5, 6,
            7, 8, 9, 10, 11, 12);
    });
    EXPECT_EQ(sum, 12'000 + 100 + 110 + 2);
}

TEST_P(Values, a_null_parameter_takes_the_type_its_place_asks_for) {
    const auto count = [&](std::optional<std::int64_t> number) {
        return database().write([&](Transaction& tx) {
            tx.execute("delete from thing");
            tx.execute("insert into thing (id, number) values (1, 5)");
            return *tx.value<int>("select count(*) from thing where ($1 is null or number = $1)", number);
        });
    };
    EXPECT_EQ(count(std::nullopt), 1);
    EXPECT_EQ(count(5), 1);
    EXPECT_EQ(count(6), 0);
}

TEST_P(Values, sums_and_counts_are_integers_and_averages_are_numbers) {
    const auto results = database().write([](Transaction& tx) {
        for (int i = 0; i < 3; ++i)
            tx.execute("insert into thing (id, number) values ($1, $2)", i,
                       std::int64_t{3'000'000'000'000'000'000} - i);
        tx.execute("delete from thing where id = 2");
        const auto sum = *tx.value<std::int64_t>("select sum(number) from thing");
        const auto less = *tx.value<std::int64_t>("select -sum(number) from thing");
        const auto average = *tx.value<double>("select avg(number - 3000000000000000000) from thing");
        return std::tuple(sum, less, average);
    });
    EXPECT_EQ(std::get<0>(results), 5'999'999'999'999'999'999);
    EXPECT_EQ(std::get<1>(results), -5'999'999'999'999'999'999);
    EXPECT_DOUBLE_EQ(std::get<2>(results), -0.5);
}

TEST_P(Values, a_comparison_reads_as_an_integer) {
    EXPECT_EQ(database().read([](Transaction& tx) { return *tx.value<bool>("select 1 < 2"); }), true);
    EXPECT_EQ(database().read(
                  [](Transaction& tx) { return *tx.value<int>("select exists (select 1 from thing)"); }),
              0);
}

TEST_P(Values, as_many_values_as_parameters_or_it_is_a_bug_or_a_fault) {
    EXPECT_ANY_THROW(database().read([](Transaction& tx) { return tx.value<int>("select $1 + $2", 1); }));
    EXPECT_ANY_THROW(database().read([](Transaction& tx) { return tx.value<int>("select $1 + 1", 1, 2); }));
}

TEST_P(Values, a_constraint_says_which_kind_it_is) {
    database().write([](Transaction& tx) {
        tx.execute(
            "create table strict_thing (id bigint primary key, word text not null check (word <> 'secret'))");
        tx.execute("insert into strict_thing values (1, 'a')");
    });
    EXPECT_EQ(fault_of([](Transaction& tx) { tx.execute("insert into strict_thing values (1, 'b')"); }),
              FaultKind::unique);
    EXPECT_EQ(fault_of([](Transaction& tx) {
                  tx.execute("insert into strict_thing values ($1, $2)", 2, std::nullopt);
              }),
              FaultKind::constraint);
    EXPECT_EQ(
        fault_of([](Transaction& tx) { tx.execute("insert into strict_thing values (2, $1)", "secret"); }),
        FaultKind::constraint);
    EXPECT_EQ(fault_of([](Transaction& tx) { tx.execute("insert into no_such_thing values (1)"); }),
              FaultKind::statement);
}

TEST_P(Values, a_foreign_key_holds) {
    database().write([](Transaction& tx) {
        tx.execute("create table part (id bigint primary key, thing bigint not null references thing (id))");
    });
    EXPECT_EQ(fault_of([](Transaction& tx) { tx.execute("insert into part values (1, 77)"); }),
              FaultKind::constraint);
}

TEST_P(Values, errors_never_carry_bound_values) {
    database().write([](Transaction& tx) {
        tx.execute("create table person (phone text primary key, age bigint check (age > 0))");
        tx.execute("insert into person values ($1, 1)", "13988880000");
    });
    fault_of([](Transaction& tx) { tx.execute("insert into person values ($1, 2)", "13988880000"); });
    EXPECT_EQ(text_.find("13988880000"), std::string::npos) << text_;
    fault_of([](Transaction& tx) { tx.execute("insert into person values ($1, $2)", "13988881111", -4711); });
    EXPECT_EQ(text_.find("13988881111"), std::string::npos) << text_;
    EXPECT_EQ(text_.find("4711"), std::string::npos) << text_;
    if (GetParam() == Dialect::postgresql) {
        fault_of([](Transaction& tx) { tx.execute("select cast($1 as bigint)", "13988882222x"); });
        EXPECT_EQ(text_.find("13988882222"), std::string::npos) << text_;
    }
}

}  // namespace
}  // namespace lianxin::store
