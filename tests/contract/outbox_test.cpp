// The outbox, the jobs and the stored answers, on both engines.
#include <latch>
#include <map>
#include <thread>

#include "store/job.hpp"
#include "store/outbox_courier.hpp"
#include "store/stored_answer.hpp"
#include "tests/support/test_database.hpp"

namespace lianxin::store {
namespace {

using namespace std::chrono_literals;
using support::monday_morning;

constexpr Migration own_tables(std::string_view sql) {
    return {2, "store", sql};
}
std::vector<Migration> store_alone() {
    for (const Migration& migration : county_migrations())
        if (migration.name == "store") return {own_tables(migration.sql)};
    return {};
}

CourierOptions patience(int max_attempts, std::chrono::milliseconds look_every) {
    CourierOptions options;
    options.max_attempts = max_attempts;
    options.look_every = look_every;
    return options;
}

class Outgoing : public support::AnyDatabase {
 protected:
    Outgoing() : AnyDatabase(store_alone()) {}
    static OutgoingMessage message(std::int64_t id, const std::string& dedupe_key = "") {
        OutgoingMessage m;
        m.id = Id<Outbox>(id);
        m.channel = id % 2 == 0 ? "sms" : "email";
        m.sealed_for = 7;
        m.recipient = {1, 2, 3};
        m.template_name = "matter_closed";
        m.payload = {4, 5};
        m.dedupe_key = dedupe_key;
        m.not_before = monday_morning;
        return m;
    }
    void put(std::int64_t id) {
        database().write([&](Transaction& tx) { return enqueue(tx, message(id), monday_morning); });
    }
    std::vector<ClaimedMessage> claim(Instant now, int limit = 10, std::string_view channel = "") {
        return database().write(
            [&](Transaction& tx) { return claim_messages(tx, channel, limit, now, 1min); });
    }
    OutboxCounts counts() {
        return database().read([](Transaction& tx) { return count_messages(tx); });
    }
    ManualClock clock_{monday_morning};
};
LIANXIN_ON_BOTH_ENGINES(Outgoing);

TEST_P(Outgoing, a_message_is_claimed_as_it_was_put_and_only_once_while_leased) {
    put(1);
    const auto claimed = claim(monday_morning);
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_EQ(claimed[0].id.value(), 1);
    EXPECT_EQ(claimed[0].channel, "email");
    EXPECT_EQ(claimed[0].sealed_for, 7);
    EXPECT_EQ(claimed[0].recipient, (Bytes{1, 2, 3}));
    EXPECT_EQ(claimed[0].payload, (Bytes{4, 5}));
    EXPECT_EQ(claimed[0].template_name, "matter_closed");
    EXPECT_EQ(claimed[0].language, "zh-Hans");
    EXPECT_EQ(claimed[0].attempts, 1);
    EXPECT_TRUE(claim(monday_morning + 59s).empty());
    EXPECT_EQ(claim(monday_morning + 60s).size(), 1U);
}

TEST_P(Outgoing, nothing_goes_before_its_time_and_the_oldest_goes_first) {
    for (const int id : {3, 1, 2}) {
        OutgoingMessage later = message(id);
        later.not_before = monday_morning + std::chrono::hours(id);
        database().write([&](Transaction& tx) { return enqueue(tx, later, monday_morning); });
    }
    EXPECT_TRUE(claim(monday_morning + 59min).empty());
    const auto claimed = claim(monday_morning + 5h, 2);
    ASSERT_EQ(claimed.size(), 2U);
    EXPECT_EQ(claimed[0].id.value(), 1);
    EXPECT_EQ(claimed[1].id.value(), 2);
}

TEST_P(Outgoing, a_worker_may_ask_for_one_channel) {
    put(1);
    put(2);
    const auto claimed = claim(monday_morning, 10, "sms");
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_EQ(claimed[0].id.value(), 2);
}

TEST_P(Outgoing, the_same_dedupe_key_is_enqueued_once_even_after_it_was_sent) {
    const auto enqueue_keyed = [&](std::int64_t id) {
        return database().write(
            [&](Transaction& tx) { return enqueue(tx, message(id, "told:9"), monday_morning); });
    };
    EXPECT_TRUE(enqueue_keyed(1));
    EXPECT_FALSE(enqueue_keyed(2));
    const auto claimed = claim(monday_morning);
    database().write([&](Transaction& tx) { return settle_sent(tx, claimed.at(0), monday_morning); });
    EXPECT_FALSE(enqueue_keyed(3));
    put(4);
    put(5);
    EXPECT_EQ(counts().waiting, 2);
}

TEST_P(Outgoing, two_workers_never_claim_the_same_message) {
    constexpr int messages = 120, workers = 4;
    database().write([&](Transaction& tx) {
        for (int id = 1; id <= messages; ++id) enqueue(tx, message(id), monday_morning);
    });
    std::latch start(workers);
    std::mutex mutex;
    std::map<std::int64_t, int> times;
    std::vector<std::thread> pool;
    for (int w = 0; w < workers; ++w) {
        pool.emplace_back([&] {
            start.arrive_and_wait();
            for (auto claimed = claim(monday_morning, 7); !claimed.empty();
                 claimed = claim(monday_morning, 7)) {
                const std::scoped_lock lock(mutex);
                for (const ClaimedMessage& m : claimed) ++times[m.id.value()];
            }
        });
    }
    for (std::thread& thread : pool) thread.join();
    // A worker that found nothing free may have stopped early on PostgreSQL; the rest is still there for the
    // next.
    for (const ClaimedMessage& m : claim(monday_morning, messages)) ++times[m.id.value()];
    EXPECT_EQ(times.size(), static_cast<std::size_t>(messages));
    for (const auto& [id, count] : times) EXPECT_EQ(count, 1) << id;
}

TEST_P(Outgoing, a_worker_that_lost_its_lease_settles_nothing) {
    put(1);
    const ClaimedMessage slow = claim(monday_morning).at(0);
    const ClaimedMessage fast = claim(monday_morning + 2min).at(0);
    database().write([&](Transaction& tx) {
        EXPECT_FALSE(settle_sent(tx, slow, monday_morning + 2min));
        EXPECT_FALSE(settle_retry(tx, slow, "late", monday_morning));
        EXPECT_FALSE(settle_failed(tx, slow, "late", monday_morning));
        EXPECT_TRUE(settle_sent(tx, fast, monday_morning + 2min));
        EXPECT_FALSE(settle_sent(tx, fast, monday_morning + 2min));
    });
    EXPECT_EQ(counts().sent, 1);
}

TEST_P(Outgoing, erasing_a_person_blanks_what_was_sent_and_drops_what_waits) {
    put(1);
    put(2);
    const auto claimed = claim(monday_morning, 1);
    database().write([&](Transaction& tx) { return settle_sent(tx, claimed.at(0), monday_morning); });
    database().write([&](Transaction& tx) { EXPECT_EQ(erase_messages_for(tx, 7, monday_morning), 2); });
    EXPECT_TRUE(claim(monday_morning + 1h).empty());
    database().read([](Transaction& tx) {
        for (const Row row : tx.query("select recipient, payload from outbox")) {
            EXPECT_TRUE(row.get<Bytes>(0).empty());
            EXPECT_TRUE(row.get<Bytes>(1).empty());
        }
    });
}

TEST_P(Outgoing, the_courier_sends_retries_with_growing_patience_and_gives_up) {
    put(1);
    put(3);
    std::map<std::int64_t, int> tries;
    OutboxCourier courier(
        database(), clock_,
        [&](const ClaimedMessage& m) -> SendOutcome {
            ++tries[m.id.value()];
            if (m.id.value() == 3) throw std::runtime_error("13988880000 is out of reach");
            return {SendVerdict::sent, ""};
        },
        [] { return 0.5; }, patience(3, 5s));
    EXPECT_EQ(courier.deliver_due(), 2U);
    EXPECT_EQ(counts().sent, 1);
    EXPECT_EQ(courier.deliver_due(), 0U);
    clock_.advance(29s);
    EXPECT_EQ(courier.deliver_due(), 0U);
    clock_.advance(1s);
    EXPECT_EQ(courier.deliver_due(), 1U);
    clock_.advance(60s);
    EXPECT_EQ(courier.deliver_due(), 1U);
    EXPECT_EQ(counts().failed, 1);
    clock_.advance(24h);
    EXPECT_EQ(courier.deliver_due(), 0U);
    EXPECT_EQ(tries[1], 1);
    EXPECT_EQ(tries[3], 3);
    const auto error = database().read([](Transaction& tx) {
        return *tx.value<std::string>("select last_error from outbox where state = 'failed'");
    });
    EXPECT_EQ(error.find("13988880000"), std::string::npos);
}

TEST_P(Outgoing, a_refused_message_is_not_tried_again) {
    put(1);
    OutboxCourier courier(
        database(), clock_,
        [](const ClaimedMessage&) {
            return SendOutcome{SendVerdict::refused, "550"};
        },
        [] { return 0.0; });
    EXPECT_EQ(courier.deliver_due(), 1U);
    EXPECT_EQ(counts().failed, 1);
}

TEST_P(Outgoing, a_running_courier_sends_what_it_is_poked_for) {
    std::latch sent(3);
    OutboxCourier courier(
        database(), clock_,
        [&](const ClaimedMessage&) {
            sent.count_down();
            return SendOutcome{};
        },
        [] { return 0.0; }, patience(20, 1h));
    courier.start();
    for (const int id : {1, 2, 3}) {
        put(id);
        courier.poke();
    }
    sent.wait();
    courier.stop();
    EXPECT_EQ(counts().sent, 3);
}

TEST_P(Outgoing, settled_messages_are_forgotten_after_their_time) {
    put(1);
    const auto claimed = claim(monday_morning);
    database().write([&](Transaction& tx) { return settle_sent(tx, claimed.at(0), monday_morning); });
    put(2);
    database().write([](Transaction& tx) { EXPECT_EQ(forget_settled_messages(tx, monday_morning), 0); });
    database().write([](Transaction& tx) { EXPECT_EQ(forget_settled_messages(tx, monday_morning + 1s), 1); });
    EXPECT_EQ(counts().waiting, 1);
}

TEST(RetryDelay, doubles_from_half_a_minute_to_six_hours_and_spreads_by_a_fifth) {
    EXPECT_EQ(retry_delay(1, 0.5), 30s);
    EXPECT_EQ(retry_delay(2, 0.5), 60s);
    EXPECT_EQ(retry_delay(30, 0.5), 6h);
    EXPECT_EQ(retry_delay(1, 0.0), 24s);
    EXPECT_LT(retry_delay(1, 0.999), 36s);
}

class Jobs : public Outgoing {
 protected:
    bool schedule(std::int64_t id, const std::string& dedupe_key = "") {
        return database().write([&](Transaction& tx) {
            return schedule_job(tx, Job{Id<JobNoun>(id), "export", dedupe_key, Bytes{9}, monday_morning},
                                monday_morning);
        });
    }
    std::optional<ClaimedJob> claim_one(Instant now, std::string_view kind = "export") {
        return database().write([&](Transaction& tx) { return claim_job(tx, kind, now, 1min); });
    }
};
LIANXIN_ON_BOTH_ENGINES(Jobs);

TEST_P(Jobs, a_job_is_claimed_by_one_and_found_again_when_its_lease_runs_out) {
    EXPECT_TRUE(schedule(1));
    const auto claimed = claim_one(monday_morning);
    ASSERT_TRUE(claimed);
    EXPECT_EQ(claimed->payload, Bytes{9});
    EXPECT_FALSE(claim_one(monday_morning + 59s));
    EXPECT_FALSE(claim_one(monday_morning + 2min, "sweep"));
    const auto again = claim_one(monday_morning + 2min);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->attempts, 2);
    database().write([&](Transaction& tx) {
        EXPECT_FALSE(finish_job(tx, *claimed, monday_morning));
        EXPECT_TRUE(finish_job(tx, *again, monday_morning));
    });
    EXPECT_FALSE(claim_one(monday_morning + 1h));
}

TEST_P(Jobs, a_lease_can_be_extended_by_who_holds_it) {
    schedule(1);
    ClaimedJob job = *claim_one(monday_morning);
    const auto until =
        database().write([&](Transaction& tx) { return extend_job(tx, job, monday_morning + 30s, 1min); });
    ASSERT_TRUE(until);
    EXPECT_FALSE(claim_one(monday_morning + 80s));
    database().write([&](Transaction& tx) {
        EXPECT_FALSE(finish_job(tx, job, monday_morning));
        job.lease_until = *until;
        EXPECT_TRUE(finish_job(tx, job, monday_morning));
    });
}

TEST_P(Jobs, one_unfinished_job_per_key_and_a_new_one_after_it_ended) {
    EXPECT_TRUE(schedule(1, "rebuild"));
    EXPECT_FALSE(schedule(2, "rebuild"));
    const auto job = claim_one(monday_morning);
    database().write([&](Transaction& tx) { return finish_job(tx, *job, monday_morning); });
    EXPECT_TRUE(schedule(3, "rebuild"));
    database().write([](Transaction& tx) { EXPECT_EQ(forget_finished_jobs(tx, monday_morning + 1s), 1); });
}

TEST_P(Jobs, a_job_tried_again_later_or_given_up_says_why) {
    schedule(1);
    const auto first = claim_one(monday_morning);
    database().write([&](Transaction& tx) { return retry_job(tx, *first, "disk", monday_morning + 1h); });
    EXPECT_FALSE(claim_one(monday_morning + 59min));
    const auto next = claim_one(monday_morning + 1h);
    ASSERT_TRUE(next);
    database().write([&](Transaction& tx) { return fail_job(tx, *next, "disk", monday_morning + 1h); });
    EXPECT_FALSE(claim_one(monday_morning + 9h));
}

class StoredAnswers : public Outgoing {
 protected:
    static AnswerKey key(const std::string& scope, const std::string& name, std::uint8_t content) {
        AnswerKey k{scope, name, {}};
        k.request_hash[0] = content;
        return k;
    }
    Result<std::optional<StoredAnswer>, AnswerRefusal> find(const AnswerKey& k) {
        return database().write([&](Transaction& tx) { return find_answer(tx, k); });
    }
    void keep(const AnswerKey& k, Instant now = monday_morning) {
        database().write([&](Transaction& tx) { keep_answer(tx, k, {201, {1, 2}}, now); });
    }
};
LIANXIN_ON_BOTH_ENGINES(StoredAnswers);

TEST_P(StoredAnswers, a_repeat_gets_the_first_answer) {
    EXPECT_FALSE(find(key("account:1", "k", 1)).value().has_value());
    keep(key("account:1", "k", 1));
    const auto answer = find(key("account:1", "k", 1)).value();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 201);
    EXPECT_EQ(answer->body, (Bytes{1, 2}));
}

TEST_P(StoredAnswers, the_same_key_with_other_content_is_its_own_refusal) {
    keep(key("account:1", "k", 1));
    EXPECT_EQ(find(key("account:1", "k", 2)).error(), AnswerRefusal::same_key_with_other_content);
}

TEST_P(StoredAnswers, one_clients_keys_are_not_anothers) {
    keep(key("account:1", "k", 1));
    EXPECT_FALSE(find(key("account:2", "k", 2)).value().has_value());
}

TEST_P(StoredAnswers, answers_are_kept_90_days) {
    keep(key("a", "k", 1));
    database().write([](Transaction& tx) {
        EXPECT_EQ(forget_old_answers(tx, monday_morning + std::chrono::hours(90 * 24)), 0);
        EXPECT_EQ(forget_old_answers(tx, monday_morning + std::chrono::hours(90 * 24) + 1s), 1);
    });
}

TEST_P(StoredAnswers, of_two_same_requests_at_once_one_acts_and_both_get_its_answer) {
    constexpr int clients = 8;
    std::latch start(clients);
    std::atomic<int> acted{0}, answered{0};
    std::vector<std::thread> pool;
    for (int i = 0; i < clients; ++i) {
        pool.emplace_back([&, i] {
            start.arrive_and_wait();
            const bool mine = database().write([&](Transaction& tx) {
                const auto found = find_answer(tx, key("a", "twice", 1));
                if (found.value()) return false;
                tx.execute("insert into blob values ($1, 1, 1)", std::to_string(i));
                keep_answer(tx, key("a", "twice", 1), {201, {}}, monday_morning);
                return true;
            });
            ++(mine ? acted : answered);
        });
    }
    for (std::thread& thread : pool) thread.join();
    EXPECT_EQ(acted, 1);
    EXPECT_EQ(answered, clients - 1);
    EXPECT_EQ(database().read([](Transaction& tx) { return *tx.value<int>("select count(*) from blob"); }),
              1);
}

}  // namespace
}  // namespace lianxin::store
