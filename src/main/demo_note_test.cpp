#include "main/demo_note.hpp"

#include <gtest/gtest.h>

#include "main/county_home.hpp"
#include "party/party_service.hpp"
#include "tests/support/small_pack.hpp"
#include "tests/support/temporary_directory.hpp"

namespace lianxin::demo {
namespace {

class DemoLogins : public testing::Test {
 protected:
    DemoLogins() {
        town_.settle(home_.pack(), home_.county());
        DemoReport report;
        for (const auto* login : {"daibiao", "zuzhang"}) {
            EXPECT_TRUE(identity().create_account(county(), engine_, login, someone(), password, false));
            report.logins.push_back({login, password, "村民代表", "欧阳建国", "枫林组"});
        }
        keep_logins(note_, county(), report);
    }
    [[nodiscard]] County& county() { return home_.county(); }
    [[nodiscard]] identity::IdentityService& identity() { return town_.identity(); }
    PartyId someone() {
        return *town_.parties().add_person(county(), engine_,
                                           {"欧阳建国", "", "", "", place::root_of(county()), true});
    }
    [[nodiscard]] bool tells(const std::string& part) {
        return told_logins(note_, county()).find(part) != std::string::npos;
    }

    static constexpr const char* password = "lianxin-demo-8311";
    support::TemporaryDirectory directory_;
    SystemClock clock_;
    CountyHome home_{{directory_ / "data", support::small_pack(directory_.path()).parent_path(), {}, "dayao"},
                     clock_};
    Town town_{home_.words(), home_.title(), ""};
    access::ActingPerson engine_ = access::ActingPerson::engine();
    std::filesystem::path note_ = directory_ / "demo.txt";
};

TEST_F(DemoLogins, AreToldAtEveryStart) {
    for (int start = 0; start < 2; ++start) {
        EXPECT_TRUE(tells("daibiao / lianxin-demo-8311   村民代表, 枫林组\n"));
        EXPECT_TRUE(tells("zuzhang / lianxin-demo-8311"));
    }
}

TEST_F(DemoLogins, AreToldWithoutAPasswordThatSomebodyHasChanged) {
    ASSERT_TRUE(identity().reset_password(county(), engine_, "daibiao", "something of my own"));
    EXPECT_TRUE(tells("daibiao  (password changed)   村民代表, 枫林组\n"));
    EXPECT_FALSE(tells("daibiao / "));
    EXPECT_TRUE(tells("zuzhang / lianxin-demo-8311"));
    EXPECT_TRUE(identity().sign_in(county(), {"daibiao", "something of my own", "", "127.0.0.1"}))
        << "nobody's password is put back";
}

TEST_F(DemoLogins, OfClosedAccountsAreNotTold) {
    ASSERT_TRUE(identity().disable(county(), engine_, "daibiao"));
    EXPECT_FALSE(tells("daibiao"));
}

TEST_F(DemoLogins, AreNoneWhereNoDemoWasPlayed) {
    EXPECT_EQ(told_logins(directory_ / "none.txt", county()), "");
}

}  // namespace
}  // namespace lianxin::demo
