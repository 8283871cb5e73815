#include "party/party_api.hpp"

#include <gtest/gtest.h>

#include "tests/support/test_county.hpp"

namespace lianxin::party {
namespace {

class TownRoutes : public support::AnyCounty {
 protected:
    TownRoutes() : places_(lookup_) {
        county().database.write([&](store::Transaction& tx) {
            place::save_kinds(
                tx,
                {{{"county", 1, false, {}}, {"village", 3, false, {"村"}}, {"household", 6, true, {}}}, {}});
            save_offices(tx,
                         PostKinds({{"desk",
                                     {{Seat::Of::place, "county"}, {Seat::Of::place, "village"}},
                                     true,
                                     false,
                                     1,
                                     {},
                                     {},
                                     0}},
                                   {}),
                         {});
        });
        const auto engine = access::ActingPerson::engine();
        const auto root = places_.open(county(), engine, {"county", "浏阳市", {}}, {}, Day::of(2020, 1, 1));
        const auto village =
            places_.open(county(), engine, {"village", "青禾村", {}}, *root, Day::of(2020, 1, 1));
        door_ = *places_.open(county(), engine, {"household", "1号", {}}, *village, Day::of(2020, 1, 1));
        county().database.write([&](store::Transaction& tx) {
            PartyService::furnish_in(tx, county(), *root, Day::of(2020, 1, 1));
        });
        const place::Titles titles = [](std::string_view, std::string_view key) { return std::string(key); };
        place::add_place_routes(
            api_, county(), places_, titles, [](std::string_view text) { return std::string(text); },
            [](const http::Request&, std::string_view code) {
                return "https://example.org/p/" + std::string(code);
            });
        add_party_routes(api_, county(), parties_, titles);
    }
    http::Response get(const std::string& path,
                       std::multimap<std::string, std::string, std::less<>> query = {}) {
        http::Request request;
        request.path = path;
        request.query = std::move(query);
        return api_.answer(request);
    }

    place::PlaceLookup lookup_;
    place::PlaceService places_;
    PartyService parties_;
    http::Api api_;
    PlaceId door_;
};
LIANXIN_ON_BOTH_ENGINES(TownRoutes);

TEST_P(TownRoutes, show_places_to_everybody_and_doors_to_nobody_unknown) {
    EXPECT_NE(get("/api/v1/places").body.find("\"name\":\"浏阳市\""), std::string::npos);
    const auto found = get("/api/v1/places/search", {{"q", "浏阳市青禾村1号"}});
    EXPECT_EQ(found.status, 200);
    EXPECT_NE(found.body.find("\"kind_title\":\"place.kind.village\""), std::string::npos);
    EXPECT_EQ(get("/api/v1/places/" + door_.text()).status, 404);
    EXPECT_EQ(get("/api/v1/places/" + door_.text()).body, get("/api/v1/places/12345").body)
        << "hidden and absent answer alike";
    EXPECT_EQ(get("/api/v1/places/x").status, 404);
}

TEST_P(TownRoutes, lead_from_a_plates_code_to_the_door_and_print_the_plate) {
    const auto code = county().database.read([&](store::Transaction& tx) {
        return place::load_place(tx, door_, test_county().today())->short_code;
    });
    EXPECT_NE(get("/api/v1/codes/" + code).body.find("\"name\":\"1号\""), std::string::npos);
    const auto plate = get("/api/v1/codes/" + code + "/qr.svg");
    EXPECT_EQ(plate.content_type, "image/svg+xml");
    EXPECT_TRUE(plate.body.starts_with("<svg"));
    EXPECT_EQ(get("/api/v1/codes/00000000").status, 404);
}

TEST_P(TownRoutes, refuse_breaches_to_strangers_and_show_vacancies) {
    EXPECT_EQ(get("/api/v1/liaison/breaches").status, 403);
    EXPECT_NE(get("/api/v1/vacancies").body.find("\"vacant\":true"), std::string::npos);
    EXPECT_EQ(get("/api/v1/categories", {{"q", std::string(500, 'x')}}).status, 422);
    EXPECT_NE(get("/api/v1/categories").body.find("\"items\":[]"), std::string::npos);
}

}  // namespace
}  // namespace lianxin::party
