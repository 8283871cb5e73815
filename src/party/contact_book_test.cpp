// The same phone is the same resident: at once, settled or not, whoever looks and from whatever snapshot.
#include "party/contact_book_service.hpp"

#include <atomic>
#include <functional>
#include <future>
#include <thread>

#include "journal/erasure.hpp"
#include "party/contact_service.hpp"
#include "party/offices_test.hpp"

namespace lianxin::party {
namespace {

using store::Transaction;
using Residents = std::vector<ContactBook::Resident>;

class BookOfContacts : public Offices_ {
 protected:
    struct Newcomer {
        Party person;
        SealedContact contact;
        [[nodiscard]] Residents alone() const { return {{person.id, journal::KeyId(contact.key)}}; }
    };
    Newcomer newcomer(const std::string& phone) {
        Newcomer made;
        const auto key = county().keys.create();
        made.person.id = county().new_id<PartyNoun>();
        made.person.place = root();
        made.person.from = today();
        made.person.until = place::open_end();
        made.contact = sealed_contact(county().keys, key, made.person.id, ContactField::phone, phone);
        return made;
    }
    static void save(Transaction& tx, const Newcomer& newcomer, Filing filing = Filing::as_it_came) {
        insert_parties(tx, {newcomer.person});
        save_contacts(tx, {newcomer.contact}, filing);
    }
    Newcomer comes(const std::string& phone, Filing filing = Filing::as_it_came) {
        Newcomer made = newcomer(phone);
        county().database.write([&](Transaction& tx) { save(tx, made, filing); });
        return made;
    }
    Residents find(ContactBook& book, const std::string& phone) {
        return county().database.read([&](Transaction& tx) { return find_in(tx, book, phone); });
    }
    Residents find_in(Transaction& tx, ContactBook& book, const std::string& phone) {
        return book.find(tx, county().keys, ContactField::phone, phone);
    }
    // From a thread of its own: a snapshot is open on this one.
    static void meanwhile(const std::function<void()>& act) { std::async(std::launch::async, act).get(); }

    [[nodiscard]] bool buffers() const { return GetParam() == store::Dialect::sqlite; }
    // On SQLite: rows by which anybody can be found.
    std::int64_t findable() {
        return buffers() ? rows("contact_lookup") + rows("contact_fresh")
                         : rows("contact where blind is not null");
    }
    std::int64_t rows(const std::string& table) {
        return county().database.read(
            [&](Transaction& tx) { return *tx.value<std::int64_t>("select count(*) from " + table); });
    }

    ContactBook book_;
};
LIANXIN_ON_BOTH_ENGINES(BookOfContacts);

constexpr const char* phone = "000 1111 2222";
constexpr const char* other_phone = "000 3333 4444";

TEST_P(BookOfContacts, KnowsAPhoneAtOnceAndAfterItIsSettled) {
    EXPECT_EQ(find(book_, phone), Residents{});
    const auto first = comes(phone);
    EXPECT_EQ(find(book_, "+86 00011112222"), first.alone());
    const auto second = comes(other_phone);
    for (int settled = 0; settled < 3; ++settled) {
        EXPECT_EQ(find(book_, phone), first.alone()) << settled;
        EXPECT_EQ(find(book_, other_phone), second.alone()) << settled;
        EXPECT_FALSE(book_.settle(county()));
    }
    EXPECT_EQ(find(book_, "000 1111 2223"), Residents{});
    EXPECT_EQ(find(book_, "no phone"), Residents{});
}

TEST_P(BookOfContacts, KnowsSeveralResidentsOfOnePhoneOnceEach) {
    const auto first = comes(phone), second = comes(phone, Filing::in_place);
    (void)find(book_, phone);
    (void)book_.settle(county());
    const auto third = comes(phone);
    const Residents all{first.alone().front(), second.alone().front(), third.alone().front()};
    EXPECT_EQ(find(book_, phone), all);
}

TEST_P(BookOfContacts, OpenedAnewKnowsWhatWasNeverSettled) {
    const auto first = comes(phone);
    (void)find(book_, phone);
    ContactBook anew;
    EXPECT_EQ(find(anew, phone), first.alone());
    (void)anew.settle(county());
    ContactBook later;
    EXPECT_EQ(find(later, phone), first.alone());
}

TEST_P(BookOfContacts, SeesWhatAnotherProgramWroteAndSettled) {
    ContactBook elsewhere;
    const auto first = comes(phone);
    EXPECT_EQ(find(elsewhere, phone), first.alone());
    (void)elsewhere.settle(county());
    const auto second = comes(other_phone);
    EXPECT_EQ(find(book_, other_phone), second.alone());
    EXPECT_EQ(find(book_, phone), first.alone());
    (void)elsewhere.settle(county());
    (void)elsewhere.settle(county());
    EXPECT_EQ(find(book_, other_phone), second.alone());
}

TEST_P(BookOfContacts, FindsInAnOldSnapshotWhatWasSettledSinceAndNothingNewer) {
    for (const bool knew : {true, false}) {
        const std::string early = knew ? "000 1111 0001" : "000 1111 0002";
        const std::string late = knew ? "000 2222 0001" : "000 2222 0002";
        ContactBook book;
        const auto first = comes(early);
        county().database.read([&](Transaction& old) {
            (void)load_party(old, first.person.id);  // from here on the snapshot stands
            if (knew) {
                EXPECT_EQ(find_in(old, book, early), first.alone());
            }
            meanwhile([&] {
                (void)book.settle(county());
                const auto second = comes(late);
                EXPECT_EQ(find(book, late), second.alone());
                (void)book.settle(county());
                (void)comes(late);
                EXPECT_EQ(find(book, late).size(), 2U);
                EXPECT_EQ(find(book, early), first.alone());
            });
            EXPECT_EQ(find_in(old, book, early), first.alone());
            EXPECT_EQ(find_in(old, book, late), Residents{});
        });
        EXPECT_EQ(find(book, late).size(), 2U) << "what the old snapshot had did no harm";
    }
}

TEST_P(BookOfContacts, KnowsNothingOfWhatWasUndone) {
    const auto before = comes(other_phone);
    const auto undone = newcomer(phone);
    const auto outcome = county().database.write([&](Transaction& tx) -> Result<void, int> {
        save(tx, undone);
        return fail(1);
    });
    EXPECT_FALSE(outcome);
    EXPECT_EQ(find(book_, phone), Residents{});
    const auto first = comes(phone);
    EXPECT_EQ(find(book_, phone), first.alone());
    EXPECT_EQ(find(book_, other_phone), before.alone());
}

TEST_P(BookOfContacts, SettlesSoManyAtOnceAndSaysThatMoreAreWaiting) {
    std::vector<Newcomer> came;
    for (std::size_t i = 0; i < 5; ++i) came.push_back(comes("000 1111 000" + std::to_string(i)));
    const auto all_are_found = [&] {
        for (std::size_t i = 0; i < came.size(); ++i)
            EXPECT_EQ(find(book_, "000 1111 000" + std::to_string(i)), came[i].alone()) << i;
    };
    all_are_found();
    EXPECT_EQ(book_.settle(county(), 2), buffers());
    all_are_found();
    EXPECT_EQ(book_.settle(county(), 2), buffers());
    all_are_found();
    EXPECT_FALSE(book_.settle(county(), 2));
    EXPECT_FALSE(book_.settle(county(), 2));
    all_are_found();
}

TEST_P(BookOfContacts, FilesAContactInOnePlaceWhicheverWayItCame) {
    const auto opened = rows("contact where blind is not null");
    EXPECT_EQ(findable(), opened) << "those the county was opened with";
    comes(phone);
    comes(other_phone, Filing::in_place);
    EXPECT_EQ(findable(), opened + 2);
    if (buffers()) {
        EXPECT_EQ(rows("contact_fresh"), 1);
    }
    (void)book_.settle(county());
    EXPECT_EQ(findable(), opened + 2);
    if (buffers()) {
        EXPECT_EQ(rows("contact_fresh"), 0);
        EXPECT_EQ(rows("contact_lookup l join contact c on c.party = l.party and c.field = l.field and "
                       "c.blind = l.blind"),
                  opened + 2);
    }
}

TEST_P(BookOfContacts, FindsNothingOfAnErasedResidentAndKeepsNoBlindIndexOfTheirs) {
    const auto others = findable();
    const auto settled = comes(phone);
    (void)book_.settle(county());
    const auto in_place = comes(phone, Filing::in_place), fresh = comes(phone), stays = comes(phone);
    EXPECT_EQ(find(book_, phone).size(), 4U);
    for (const auto& gone : {settled, in_place, fresh})
        journal::erase_key(county().database, county().keys, journal::KeyId(gone.contact.key),
                           county().clock.now());
    EXPECT_EQ(find(book_, phone), stays.alone()) << "at once";
    (void)book_.settle(county());
    EXPECT_EQ(find(book_, phone), stays.alone());
    EXPECT_EQ(findable(), others + 1);
    EXPECT_EQ(rows("contact where blind is not null"), others + 1);
    // After a restart, and what was erased while nobody settled.
    journal::erase_key(county().database, county().keys, journal::KeyId(stays.contact.key),
                       county().clock.now());
    ContactBook anew;
    (void)anew.settle(county());
    EXPECT_EQ(find(anew, phone), Residents{});
    EXPECT_EQ(findable(), others);
    EXPECT_EQ(rows("contact where blind is not null"), others);
}

TEST_P(BookOfContacts, AnswersManyWhoAskWhileOthersComeAndItIsSettled) {
    constexpr int threads = 4, each = 40;
    std::atomic<bool> over{false};
    std::thread settling([&] {
        while (!over) (void)book_.settle(county(), 7);
    });
    std::atomic<int> missed{0};
    std::vector<std::thread> askers;
    for (int t = 0; t < threads; ++t) {
        askers.emplace_back([&, t] {
            for (int i = 0; i < each; ++i) {
                const std::string own = "000 1" + std::to_string(t) + "00 " + std::to_string(1000 + i);
                const auto came = comes(own);
                if (find(book_, own) != came.alone()) ++missed;
            }
        });
    }
    for (auto& asker : askers) asker.join();
    over = true;
    settling.join();
    EXPECT_EQ(missed, 0);
}

}  // namespace
}  // namespace lianxin::party
