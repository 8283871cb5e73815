// bench/many_matters.hpp — a county with a million matters in a few minutes: the first 20,000 are taken in by
// the use case, the rest are the same rows again under other ids, each with a sealed entry of its own.
// give_history() spreads the first over two years and lets them be answered, late and rated.
#pragma once

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "journal/follower.hpp"
#include "main/county_home.hpp"
#include "main/town.hpp"
#include "matter/search_index_service.hpp"

namespace lianxin::bench {

constexpr int first_matters = 20'000;
constexpr int copies = 50;

inline std::vector<PlaceId> groups_of(CountyHome& home) {
    return home.database().read([](store::Transaction& tx) {
        std::vector<PlaceId> groups;
        for (store::Row row : tx.query("select place from place_span where household = 0 and level = 5"))
            groups.push_back(row.get<PlaceId>(0));
        return groups;
    });
}

inline void take_in(CountyHome& home, Town& town) {
    const auto groups = groups_of(home);
    std::atomic<int> next{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 32; ++i) {
        threads.emplace_back([&] {
            for (int n = next++; n < first_matters; n = next++) {
                matter::NewMatter asked;
                asked.workflow = "request";
                asked.subkind = n % 3 == 0 ? "question" : "report";
                asked.place = groups[static_cast<std::size_t>(n) % groups.size()];
                asked.subject = "第 " + std::to_string(n) + " 件";
                asked.text =
                    "测量用的诉求，内容与真实的一样长：村口的路灯坏了，晚上走路看不清，请来人修一下，谢谢。";
                asked.anonymous = true;
                asked.channel = "portal";
                if (!town.matters().take_in(home.county(), {}, asked))
                    throw std::runtime_error("intake refused");
            }
        });
    }
    for (auto& thread : threads) thread.join();
}

// Four in five are closed, as in a county with some history.
inline void close_most(CountyHome& home) {
    home.database().write([](store::Transaction& tx) {
        tx.execute("update part set state = 'closed', phase = 3 where matter % 5 <> 0");
    });
}

struct Original {
    std::int64_t matter, opening_entry;
    journal::KeyId key;
    Digest workflow;
};

inline std::vector<Original> originals(CountyHome& home) {
    return home.database().read([](store::Transaction& tx) {
        std::vector<Original> all;
        for (store::Row row :
             tx.query("select id, opening_entry, key_id, workflow_hash from matter order by id"))
            all.push_back({row.get<std::int64_t>(0), row.get<std::int64_t>(1), row.get<journal::KeyId>(2),
                           row.get<Digest>(3)});
        return all;
    });
}

// One matter's two years, by its number: when it came, when somebody called, when it was answered, what was
// said.
struct Course {
    Instant received, contacted, closed, contact_due, finish_due;
    bool answered = false, final = false, asked = false, said = false, again = false;
};
inline Course course_of(std::int64_t n, Zone zone, Instant now) {
    constexpr std::int64_t days = 730;
    Course course;
    const std::int64_t jitter = (n * 7919) % 86'400 * 1'000'000;
    course.received = {now.micros - days * micros_per_day + n * days * micros_per_day / first_matters -
                       jitter};
    course.contacted = {course.received.micros + (n * 31 % 30 + 1) * micros_per_hour};
    course.closed = {course.received.micros + (n * 13 % 19 + 1) * micros_per_day + n % 7 * micros_per_hour};
    course.contact_due = {course.received.micros + 24 * micros_per_hour};
    course.finish_due = zone.end_of(zone.day_of(course.received) + 14);
    course.answered = n % 33 != 0 && course.closed < now;
    course.final = course.answered && course.closed.micros + 10 * micros_per_day < now.micros;
    course.asked = course.answered;
    course.said = course.answered && n % 5 < 3;
    course.again = course.answered && n % 40 == 7;
    return course;
}

inline void write_course(store::Transaction& tx, std::int64_t matter, std::int64_t n, const Course& course,
                         std::int64_t category) {
    const auto when = [](bool done, Instant at) { return done ? std::optional(at) : std::nullopt; };
    const bool contacted = course.contacted < course.closed || course.answered;
    tx.execute(
        "update matter set received_at = $2, recorded_at = $2, contacted_at = $3, told_at = $4, closed_at = "
        "$4, ended_at = $5, category = $6 where id = $1",
        matter, course.received, when(contacted, course.contacted), when(course.answered, course.closed),
        when(course.final, course.closed), category);
    const char* state = course.final ? "closed" : course.answered ? "answered" : "in_hand";
    tx.execute(
        "update part set state = $2, phase = $3, ended = $4, due = $5, entered_at = $6 where matter = $1",
        matter, state,
        course.final      ? 3
        : course.answered ? 2
                          : 0,
        course.final ? 1 : 0, course.finish_due, course.answered ? course.closed : course.received);
    tx.execute("update clock set due = $2 where matter = $1 and name = 'contact'", matter,
               course.contact_due);
    tx.execute("update clock set due = $2, extensions = $3 where matter = $1 and name = 'finish'", matter,
               course.finish_due, n % 25 == 0 ? 1 : 0);
    const Instant accepted{course.received.micros + (n % 9 + 1) * micros_per_hour};
    const auto stay = [&](const char* left, Instant from, Instant until) {
        tx.execute(
            "insert into stay (matter, part, machine, state, entered_at, left_at, late) values ($1, 0, '', "
            "$2, $3, $4, $5)",
            matter, left, from, until, until > course.finish_due);
    };
    stay("offered", course.received, accepted);
    if (course.answered) stay("in_hand", accepted, course.closed);
    if (course.final) stay("answered", course.closed, {course.closed.micros + 10 * micros_per_day});
    if (n % 12 == 0)
        tx.execute("insert into tally (matter, part, name, n) values ($1, 0, 'transfers', 1)", matter);
    if (!course.asked) return;
    const std::optional<int> solved = course.said ? std::optional(n % 10 < 8 ? 2 : 0) : std::nullopt;
    const std::optional<int> grade = course.said ? std::optional(n % 4 == 0 ? 3 : 5) : std::nullopt;
    tx.execute(
        "insert into rating (matter, round, asked_at, rated_at, solved, grade) values ($1, $2, $3, $4, $5, "
        "$6)",
        matter, course.again ? 2 : 1, course.closed, when(course.said, course.closed), solved, grade);
}

inline void give_history(CountyHome& home) {
    const auto all = originals(home);
    const County& county = home.county();
    const Instant now = county.clock.now();
    home.database().write([&](store::Transaction& tx) {
        std::vector<std::int64_t> categories;
        for (store::Row row : tx.query("select id from category order by id limit 6"))
            categories.push_back(row.get<std::int64_t>(0));
        std::int64_t n = 0;
        for (const Original& original : all) {
            const auto category = categories.at(static_cast<std::size_t>(n * 31 / 13) % categories.size());
            write_course(tx, original.matter, n, course_of(n, county.zone, now), category);
            ++n;
        }
    });
}

// Every copy has an opening entry of its own, sealed and linked as the product does it.
inline void copy_entry(store::Transaction& tx, CountyHome& home, const Original& original, std::int64_t by,
                       int k) {
    const Instant now = home.county().clock.now();
    journal::NewEntry entry;
    entry.id = EntryId(original.opening_entry + by);
    entry.chain = {"matter", original.matter + by};
    entry.kind = "taken_in";
    entry.workflow = original.workflow;
    entry.happened_at = now;
    entry.fields = {
        {"subject", "第 " + std::to_string(original.matter % 100'000) + "-" + std::to_string(k) + " 件",
         original.key},
        {"text", "测量用的诉求，内容与真实的一样长：村口的路灯坏了，晚上走路看不清，请来人修一下，谢谢。",
         original.key}};
    (void)journal::append(tx, journal::prepare(entry, home.county().keys), now, journal::new_chain);
}

inline void copy_rows(store::Transaction& tx, std::int64_t by, std::int64_t below, int k) {
    const std::int64_t sooner = k * std::int64_t{977'000'000};  // µs: no two at the same moment
    tx.execute(
        "insert into matter (id, number, workflow, workflow_hash, subkind, category, place, about_kind, "
        "about_id, parent, merged_into, sealed_line, channel, anonymous, host_post, opening_entry, key_id, "
        "secret_hash, source_index, received_at, recorded_at, contacted_at, told_at, closed_at, ended_at, "
        "published_at, asked_times, asked_before, version) "
        "select id + $1, number || '-' || $3, workflow, workflow_hash, subkind, category, place, about_kind, "
        "about_id, parent, merged_into, sealed_line, channel, anonymous, host_post, opening_entry + $1, "
        "key_id, secret_hash, null, received_at - $4, recorded_at - $4, contacted_at - $4, told_at - $4, "
        "closed_at - $4, ended_at - $4, published_at, asked_times, asked_before, version "
        "from matter where id < $2",
        by, below, k, sooner);
    tx.execute(
        "insert into part (matter, no, machine, state, phase, owner_post, previous_post, person, rung, lead, "
        "bound, ended, card, due, entered_at, sealed_line, place, l1, l2, l3, l4, l5, l6, l7) select "
        "matter + $1, no, machine, state, phase, owner_post, previous_post, person, rung, lead, bound, "
        "ended, "
        "card, due + $3, entered_at - $4, sealed_line, place, l1, l2, l3, l4, l5, l6, l7 from part where "
        "matter < $2",
        by, below, k * 1'000'000, sooner);
}

// What rates and boards are counted from; a page of work needs none of it.
inline void copy_history(store::Transaction& tx, std::int64_t by, std::int64_t below, int k) {
    const std::int64_t sooner = k * std::int64_t{977'000'000};
    tx.execute(
        "insert into clock (matter, part, name, stage, started_at, period, extension, pauses, paused_since, "
        "due, told_due, wakes, extensions, calendar_version, card, stopped_at) select matter + $1, part, "
        "name, stage, started_at - $3, period, extension, pauses, paused_since, case when name = 'contact' "
        "then due - $3 else due end, told_due, null, extensions, calendar_version, card, stopped_at from "
        "clock where matter < $2",
        by, below, sooner);
    tx.execute(
        "insert into stay (matter, part, machine, state, entered_at, left_at, late) select matter + $1, "
        "part, machine, state, entered_at - $3, left_at - $3, late from stay where matter < $2",
        by, below, sooner);
    tx.execute(
        "insert into rating (matter, round, asked_at, rated_at, solved, grade) select matter + $1, round, "
        "asked_at - $3, rated_at - $3, solved, grade from rating where matter < $2",
        by, below, sooner);
    tx.execute(
        "insert into tally (matter, part, name, n) select matter + $1, part, name, n from tally where "
        "matter < $2",
        by, below);
}

// The same matters under other ids: the k-th copy moved by k times the span of ids.
inline void multiply(CountyHome& home, bool with_history = false) {
    const auto first = originals(home);
    const auto [span, below] = home.database().read([](store::Transaction& tx) {
        const auto least = *tx.value<std::int64_t>("select min(id) from matter");
        const auto most = *tx.value<std::int64_t>("select max(id) from entry");
        const std::int64_t width = most - least + 1'000'000;
        return std::pair(width, least + width);
    });
    for (int k = 1; k < copies; ++k) {
        const std::int64_t by = span * k;
        home.database().write([&](store::Transaction& tx) {
            for (const Original& original : first) copy_entry(tx, home, original, by, k);
            copy_rows(tx, by, below, k);
            if (with_history) copy_history(tx, by, below, k);
        });
    }
    home.database().write([](store::Transaction& tx) { tx.execute("analyze"); });
    // The copies are not searched: taking a million texts into the index is another question.
    const auto last = home.database().read([](store::Transaction& tx) { return journal::last_position(tx); });
    home.search_database().write([&](store::Transaction& tx) {
        tx.execute(
            "insert into follower (name, pos) values ($2, $1) on conflict (name) do update set pos = $1",
            last, matter::SearchIndex::follower);
    });
}

}  // namespace lianxin::bench
