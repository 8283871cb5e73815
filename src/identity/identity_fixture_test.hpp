// A small county to sign in to: a root and a village, a head with a post, a resident without one.
#pragma once

#include <gtest/gtest.h>

#include "county/county.hpp"
#include "identity/identity_service.hpp"
#include "party/party_store.hpp"
#include "place/place_store.hpp"
#include "store/blob_store.hpp"
#include "tests/support/test_database.hpp"

namespace lianxin::identity {

class SmallCounty : public support::AnyDatabase {
 protected:
    SmallCounty() {
        database().write([&](store::Transaction& tx) { fill(tx); });
    }
    void fill(store::Transaction& tx) {
        place::save_kinds(tx, place::Kinds({{"county", 1, false, {}}, {"village", 2, false, {}}}, {}));
        for (const auto& [id, level, kind] :
             {std::tuple(root, 1, "county"), std::tuple(village, 2, "village")}) {
            place::NewPlace made;
            made.span.place = id;
            made.span.level = level;
            made.span.name = kind;
            if (level == 2) made.span.parent = root;
            made.span.lineage.by_level.at(1) = root;
            made.span.lineage.by_level.at(static_cast<std::size_t>(level)) = id;
            made.span.from = Day::of(2020, 1, 1);
            made.span.until = place::open_end();
            made.kind = kind;
            made.short_code = kind;
            place::insert_places(tx, {made});
        }
        party::PostKind head;
        head.name = "head";
        head.at = {{party::Seat::Of::place, "village"}};
        head.rights = {"lead", "read_place"};
        party::save_offices(tx, party::PostKinds({head}, {}), {});
        for (const PartyId id : {head_party, other_party}) {
            party::Party person;
            person.id = id;
            person.name = id == head_party ? "村长" : "";
            person.place = village;
            person.from = Day::of(2020, 1, 1);
            person.until = place::open_end();
            party::insert_parties(tx, {person});
        }
        party::Post post;
        post.id = PostId(100);
        post.kind = "head";
        post.place = village;
        post.from = Day::of(2020, 1, 1);
        post.until = place::open_end();
        party::insert_posts(tx, {post});
        party::insert_holdings(
            tx, {{HoldingId(200), post.id, head_party, Day::of(2020, 1, 1), Day::of(2024, 6, 1), {}}});
        party::bump_staffing_version(tx);
    }

    AccountId make_account(const std::string& login = "cun.zhang") {
        const auto made = identity.create_account(county, access::ActingPerson::engine(), login, head_party,
                                                  password, false);
        EXPECT_TRUE(made) << code_of(made.error().code);
        return made.value_or(AccountId());
    }
    Result<SignedIn, Refused> sign_in(const std::string& with_password, const std::string& second = "",
                                      const std::string& address = "10.0.0.1") {
        return identity.sign_in(county, {"cun.zhang", with_password, second, address});
    }

    const PlaceId root{1}, village{2};
    const PartyId head_party{10}, other_party{11};
    const std::string password = "yi ge hen chang de mima";
    ManualClock clock{support::monday_morning};
    IdSource ids;
    support::TestDatabase key_store{store::Dialect::sqlite, store::key_migrations()};
    journal::KeyRing keys{key_store.get(), derive_key({}, "test master"), ids, clock};
    support::TemporaryDirectory directory;
    std::unique_ptr<store::BlobStore> blobs = store::open_blob_directory(directory / "blobs");
    const calendar::WorkingCalendar calendar = calendar::WorkingCalendar::china();
    County county{database(), keys, *blobs, calendar, clock, ids, Zone{}};
    // As cheap as libsodium allows: the tests ask whether the right thing is hashed, not how slowly.
    IdentityService identity{PasswordCost{1, 8192}};
};

}  // namespace lianxin::identity
