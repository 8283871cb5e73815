// Counters against counting: over random histories of rows and entries both must say the same of every place
// and period, however far the counters are behind. The other half is in tests/scenarios, where histories go
// through the use cases.
#include "report/counters_service.hpp"

#include <gtest/gtest.h>

#include <random>

#include "journal/journal.hpp"
#include "report/counted_county_test.hpp"
#include "report/figures_service.hpp"
#include "report/flow_store.hpp"
#include "report/report_store.hpp"
#include "tests/support/test_county.hpp"

namespace lianxin::report {
namespace {

using Random = std::mt19937;

class CountersAgainstCounting : public support::AnyCounty {
 protected:
    CountersAgainstCounting()
        : counters_database_(GetParam(), store::counter_migrations()),
          counters_(counters_database_.get(), workflows_, words()) {
        workflows_.remember(workflow_of(1));
        workflows_.publish(workflow_of(2));
        county().database.write([](store::Transaction& tx) {
            tx.execute("insert into place_kind (name, level, household, suffixes) values ('any', 1, 0, '')");
            for (const std::int64_t place : {root, town, village, other_village, door}) {
                const bool household = place == door;
                const int level = place == root ? 1 : place == town ? 2 : household ? 4 : 3;
                tx.execute(
                    "insert into place (id, kind, level, household, short_code) values ($1, 'any', 1, $2, "
                    "$3)",
                    place, household, std::to_string(place));
                tx.execute(
                    "insert into place_span (place, from_day, until_day, level, household, name, l1, l2, l3, "
                    "l4, l5, l6, l7) values ($1, '2000-01-01', '9999-12-31', $3, $2, 'n', 10, $4, $5, 0, 0, "
                    "0, 0)",
                    place, household, level, level > 1 ? town : 0, level > 2 ? village_of(place) : 0);
            }
        });
    }

    [[nodiscard]] Instant now() { return county().clock.now(); }
    [[nodiscard]] Instant ago(Random& random, int most_hours) {
        return {now().micros - static_cast<std::int64_t>(random() % static_cast<unsigned>(most_hours * 60)) *
                                   micros_per_minute};
    }
    [[nodiscard]] Instant ahead(Random& random, int most_hours) {
        return {now().micros + static_cast<std::int64_t>(random() % static_cast<unsigned>(most_hours * 60)) *
                                   micros_per_minute};
    }

    // One entry of a matter, and the rows it changes, in one transaction, as every use case does it.
    void write(std::int64_t matter, const std::function<void(store::Transaction&)>& rows) {
        journal::NewEntry entry;
        entry.id = county().new_id<EntryNoun>();
        entry.chain = {"matter", matter};
        entry.kind = "acted";
        entry.happened_at = now();
        const auto prepared = journal::prepare(entry, county().keys);
        county().database.write([&](store::Transaction& tx) {
            const auto stored = journal::append(tx, prepared, now());
            rows(tx);
            tx.execute("update matter set version = $2 where id = $1", matter, stored.header.seq);
        });
    }

    // Entries that change nothing but the version.
    void write_entries(std::int64_t matter, std::int64_t how_many) {
        journal::NewEntry entry;
        entry.chain = {"matter", matter};
        entry.kind = "acted";
        entry.happened_at = now();
        county().database.write([&](store::Transaction& tx) {
            auto head = journal::head_of(tx, entry.chain);
            for (std::int64_t i = 0; i < how_many; ++i) {
                entry.id = county().new_id<EntryNoun>();
                head = journal::append(tx, journal::prepare(entry, county().keys), now(), head).head();
            }
            tx.execute("update matter set version = $2 where id = $1", matter, head->seq);
        });
    }

    void take_in(Random& random) {
        const std::int64_t id = ++last_;
        const std::int64_t places[] = {village, other_village, door};
        const std::int64_t place = places[random() % 3];
        const auto maybe = [&](unsigned share, std::int64_t value) {
            return random() % share == 0 ? std::optional(value) : std::nullopt;
        };
        const auto category =
            random() % 3 == 0 ? std::nullopt : std::optional<std::int64_t>(7 + random() % 2);
        const auto sealed = maybe(10, 99);
        const auto about = random() % 15 == 0 ? std::optional<std::string_view>("matter") : std::nullopt;
        const std::int64_t resident = 100 + static_cast<std::int64_t>(random() % 12);
        const Instant received = ago(random, 40);
        Digest workflow{};
        workflow[0] = static_cast<std::uint8_t>(1 + random() % 2);
        static constexpr std::string_view subkinds[] = {"s", "quarrel", "carried"};
        const std::string_view subkind = subkinds[random() % 3];
        write(id, [&](store::Transaction& tx) {
            tx.execute(
                "insert into matter (id, number, workflow, workflow_hash, subkind, category, place, "
                "about_kind, sealed_line, channel, anonymous, opening_entry, key_id, received_at, "
                "recorded_at, asked_times, version) values ($1, $2, 'w', $3, $10, $4, $5, $6, $7, 'portal', "
                "0, $1, $8, $9, $9, 0, 1)",
                id, std::to_string(id), workflow, category, place, about, sealed, resident, received,
                subkind);
            add_part(tx, id, 0, place, received, ahead(random, 90));
            for (const char* clock : {"contact", "finish"}) {
                tx.execute(
                    "insert into clock (matter, part, name, stage, started_at, period, extension, pauses, "
                    "due, told_due, extensions, calendar_version, card) values ($1, 0, $2, 0, 0, '', '', '', "
                    "$3, $3, 0, '', 0)",
                    id, clock, ahead(random, 60));
            }
        });
    }
    static void add_part(store::Transaction& tx, std::int64_t id, int no, std::int64_t place, Instant entered,
                         Instant due) {
        const std::int64_t l3 = village_of(place);
        tx.execute(
            "insert into part (matter, no, machine, state, phase, owner_post, lead, bound, ended, card, due, "
            "entered_at, place, l1, l2, l3, l4) values ($1, $2, $3, 'open', 0, 1, 0, 0, 0, 0, $4, $5, $6, "
            "10, 20, $7, $8) on conflict do nothing",
            id, no, no == 0 ? "" : "piece", due, entered, place, l3,
            place == door ? std::optional(door) : std::nullopt);
    }

    void go_to(store::Transaction& tx, std::int64_t id, int part, const char* state, int phase) {
        tx.execute(
            "insert into stay (matter, part, machine, state, entered_at, left_at, late) select matter, no, "
            "machine, state, entered_at, $3, case when due < $3 then 1 else 0 end from part where matter = "
            "$1 "
            "and no = $2 and entered_at < $3",
            id, part, now());
        tx.execute(
            "update part set state = $3, phase = $4, ended = $5, entered_at = $6 where matter = $1 and no = "
            "$2",
            id, part, state, phase, phase == 3 ? 1 : 0, now());
    }

    void act(Random& random) {
        const std::int64_t id = 1 + static_cast<std::int64_t>(random() % static_cast<unsigned>(last_));
        const auto kind = random() % 17;
        const Instant later = ahead(random, 80);
        const Instant earlier = ago(random, 30);
        const auto number = static_cast<std::int64_t>(random() % 6);
        write(id, [&](store::Transaction& tx) { change(tx, id, kind, number, earlier, later); });
    }
    void change(store::Transaction& tx, std::int64_t id, unsigned long kind, std::int64_t number,
                Instant earlier, Instant later) {
        const auto answer = [&](Instant at) {
            go_to(tx, id, 0, "answered", 2);
            tx.execute(
                "update matter set closed_at = $2, contacted_at = coalesce(contacted_at, $2) where id = $1",
                id, at);
            tx.execute(
                "insert into rating (matter, round, asked_at) select $1, coalesce(max(round), 0) + 1, $2 "
                "from "
                "rating where matter = $1",
                id, at);
        };
        switch (kind) {
            case 0:
                return void(tx.execute("update matter set contacted_at = $2 where id = $1", id, earlier));
            case 1:
                return answer(now());
            case 2:
                return answer(earlier);  // by another channel, said later
            case 3:
                return void(
                    tx.execute("update rating set rated_at = $2, solved = $3, grade = $4 where matter = $1",
                               id, now(), number % 3, number == 0 ? std::nullopt : std::optional(number)));
            case 4:
                go_to(tx, id, 0, "open", 0);
                tx.execute("update matter set closed_at = null where id = $1", id);
                return tally(tx, id, "reopenings");
            case 5:
                go_to(tx, id, 0, "over", 3);
                return end(tx, id, number);
            case 6:
                go_to(tx, id, 0, "over", 3);
                return void(
                    tx.execute("update matter set merged_into = 1, ended_at = $2 where id = $1 and id "
                               "<> 1",
                               id, now()));
            case 7:
                return void(tx.execute("update matter set category = $2 where id = $1", id, 7 + number % 2));
            case 8:
                return move(tx, id, number % 2 == 0 ? village : other_village);
            case 9:
                return void(tx.execute(
                    "update clock set due = $2, extensions = extensions + 1 where matter = $1 and name = $3",
                    id, later, number % 2 == 0 ? "finish" : "contact"));
            case 10:
                return void(tx.execute("update clock set stage = $2 where matter = $1", id, number % 2));
            case 11:
                return tally(tx, id, number % 2 == 0 ? "transfers" : "returns");
            case 12:
                return void(
                    tx.execute("update matter set asked_late = asked_late + case when asked_times > 1 then 1 "
                               "else 0 end, "
                               "asked_times = asked_times + 1 where id = $1",
                               id));
            case 13:
                go_to(tx, id, 0, "asked", 1);
                return void(tx.execute("update matter set published_at = $2 where id = $1", id, now()));
            case 14:
                add_part(tx, id, 1, village, now(), later);
                return void(tx.execute(
                    "update part set l3 = (select p.l3 from part p where p.matter = $1 and p.no = 0) where "
                    "matter = $1",
                    id));
            case 15:
                return go_to(tx, id, 1, number % 2 == 0 ? "over" : "open", number % 2 == 0 ? 3 : 0);
            default: {
                Digest newer{};
                newer[0] = 2;
                return void(tx.execute("update matter set workflow_hash = $2 where id = $1", id, newer));
            }
        }
    }
    void end(store::Transaction& tx, std::int64_t id, std::int64_t number) {
        static constexpr const char* words[] = {"", "withdrawn", "refused", "settled", "closed", "not_done"};
        const std::string_view how = words[number];
        tx.execute("update matter set ended_at = $2, ended_as = $3 where id = $1", id, now(),
                   how.empty() ? std::nullopt : std::optional(how));
        if (how == "settled" || how == "closed")
            tx.execute("update matter set closed_at = coalesce(closed_at, $2) where id = $1", id, now());
    }
    static void tally(store::Transaction& tx, std::int64_t id, const char* name) {
        tx.execute(
            "insert into tally (matter, part, name, n) values ($1, 0, $2, 1) on conflict (matter, part, "
            "name) "
            "do update set n = tally.n + 1",
            id, name);
    }
    static void move(store::Transaction& tx, std::int64_t id, std::int64_t place) {
        tx.execute("update matter set place = $2 where id = $1", id, place);
        tx.execute("update part set place = $2, l3 = $2, l4 = null where matter = $1", id, place);
    }

    void expect_same(const std::string& when) {
        const Day today = county().zone.day_of(now());
        const bool looked = counters_.look(county(), [&](const Figures& figures) {
            for (const auto& [place, level] :
                 {std::pair{root, 1}, {town, 2}, {village, 3}, {other_village, 3}}) {
                for (const auto& [first, last] : {std::pair{today + -60, today + 30},
                                                  {today + -3, today},
                                                  {today + -20, today + -6},
                                                  {today + 2, today + 4}}) {
                    SCOPED_TRACE(when + ", place " + std::to_string(place) + ", " + first.text() + " to " +
                                 last.text());
                    expect_same_figures(figures, {PlaceId(place), level},
                                        *span_of(county().zone, first, last, now()));
                    if (HasFailure()) return;
                }
            }
        });
        EXPECT_TRUE(looked) << when;
    }
    void expect_same_figures(const Figures& figures, const Scope& scope, const Span& span) {
        const Below below = below_of(scope);
        const Zone zone = county().zone;
        const auto read = rates_of(count(figures, scope, span, zone, words()));
        const auto counted = rates_of(count(figures.county(), scope, span, words()));
        for (std::size_t i = 0; i < counted.size(); ++i)
            EXPECT_TRUE(read.at(i) == counted[i])
                << counted[i].metric << ": read " << read[i].numerator << " of " << read[i].denominator
                << ", counted " << counted[i].numerator << " of " << counted[i].denominator;
        const auto expect_days = [&](Metric metric, const std::vector<Lifetime>& lives) {
            std::vector<DaysTaken> taken;
            for (const Lifetime& life : lives) {
                const Day from = zone.day_of(life.received_at);
                const Day to = zone.day_of(life.at);
                taken.push_back({county().calendar.working_days(from, to), to - from});
            }
            EXPECT_EQ(times_of(days_taken(figures, below, metric, span, zone, county().calendar)),
                      times_of(taken));
        };
        expect_days(Metric::closed, closings(figures.county(), scope, span));
        expect_days(Metric::contacted, contacts(figures.county(), scope, span));
        for (const std::uint8_t version : {std::uint8_t{1}, std::uint8_t{2}}) {
            const auto workflow = workflow_of(version);
            EXPECT_EQ(flow_of(figures, below, *workflow, span, zone, now()),
                      flow_of(standing_in(figures.county(), scope, workflow->hash, now()),
                              stays_in(figures.county(), scope, workflow->hash, span), now()));
        }
    }

    // Counters made anew from the entries, as cells.
    [[nodiscard]] std::vector<std::vector<std::int64_t>> cells() {
        return counters_database_->read([](store::Transaction& tx) {
            std::vector<std::vector<std::int64_t>> all;
            for (const store::Row row : tx.query(
                     "select place, metric, at, detail, n from counter order by place, metric, at, detail"))
                all.push_back({row.get<std::int64_t>(0), row.get<std::int64_t>(1), row.get<std::int64_t>(2),
                               row.get<std::int64_t>(3), row.get<std::int64_t>(4)});
            return all;
        });
    }
    void catch_up() {
        journal::sequence(county().database);
        while (counters_.advance(county())) {
        }
    }

    matter::Workflows workflows_;
    support::TestDatabase counters_database_;
    Counters counters_;
    std::int64_t last_ = 0;
};
LIANXIN_ON_BOTH_ENGINES(CountersAgainstCounting);

TEST_P(CountersAgainstCounting, saysTheSameOverRandomHistories) {
    const char* asked = std::getenv("LIANXIN_SEED");
    const auto seed = static_cast<unsigned>(asked != nullptr ? std::atoi(asked) : 8311);
    Random random(seed);
    (void)counters_.advance(county());
    // The definitions are the same on both; PostgreSQL pays for every question asked.
    const int steps = GetParam() == store::Dialect::sqlite ? 500 : 120;
    for (int step = 0; step < steps; ++step) {
        if (last_ < 5 || random() % 4 == 0) {
            take_in(random);
        } else {
            act(random);
        }
        test_county().clock().advance(std::chrono::minutes(random() % 400));
        if (random() % 5 == 0) {
            journal::sequence(county().database);
            (void)counters_.advance(county(), 1 + static_cast<int>(random() % 9));
        }
        if (step % 40 == 39) expect_same("seed " + std::to_string(seed) + ", step " + std::to_string(step));
        if (HasFailure()) return;
    }
    catch_up();
    expect_same("caught up");
    const auto kept = cells();
    counters_database_->write([](store::Transaction& tx) { empty_counters(tx); });
    catch_up();
    EXPECT_EQ(cells(), kept) << "made anew from the entries";
}

TEST_P(CountersAgainstCounting, areMadeAnewWhenTheRecordWasPutBackFromABackup) {
    Random random(1);
    for (int i = 0; i < 4; ++i) take_in(random);
    catch_up();
    county().database.write([](store::Transaction& tx) {
        for (const char* sql : {"delete from entry where chain_id = 4", "delete from matter where id = 4",
                                "delete from part where matter = 4", "delete from clock where matter = 4"})
            tx.execute(sql);
    });
    last_ = 4;
    for (int i = 0; i < 3; ++i) take_in(random);
    EXPECT_FALSE(counters_.look(county(), [](const Figures&) {})) << "not of this record";
    catch_up();
    expect_same("made anew");
}

TEST_P(CountersAgainstCounting, doNotCountAgainWhatAnotherServerCountedMeanwhile) {
    Random random(2);
    for (int i = 0; i < 6; ++i) take_in(random);
    const auto again = counters_database_.open_again();
    Counters other(*again, workflows_, words());
    catch_up();
    const auto kept = cells();
    while (other.advance(county())) {
    }
    EXPECT_EQ(cells(), kept);
}

TEST_P(CountersAgainstCounting, leaveTheCountingToTheReaderWhenTheyAreTooFarBehind) {
    Random random(3);
    catch_up();
    take_in(random);
    EXPECT_TRUE(counters_.look(county(), [](const Figures&) {}));
    write_entries(1, Counters::most_behind);
    EXPECT_FALSE(counters_.look(county(), [](const Figures&) {}));
    catch_up();
    expect_same("caught up");
}

}  // namespace
}  // namespace lianxin::report
