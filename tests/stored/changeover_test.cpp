// A workflow changes while matters are under way: what runs stays on its version until a person moves it,
// state by state, and the record says who did.
#include <algorithm>
#include <fstream>
#include <sstream>

#include "journal/audit.hpp"
#include "tests/faults/server/county_server.hpp"

namespace lianxin::faults {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

class Changeover : public testing::TestWithParam<store::Dialect> {
 protected:
    Changeover() : database_(GetParam()), server_(database_.get(), directory_.path(), {}) {
        staff_ = server_.sign_in_almighty();
        admin_ = sign_in_administrator();
        old_ = version_of(server_.reported());
    }
    [[nodiscard]] std::string sign_in_administrator() {
        const auto party = database_->read([](store::Transaction& tx) {
            return tx.value<PartyId>(
                "select h.party from holding h join post p on p.id = h.post where p.kind = 'administrator'");
        });
        const char* password = "xi tong guan li yuan";
        EXPECT_TRUE(server_.town().identity().create_account(server_.county(), access::ActingPerson::engine(),
                                                             "admin", party.value(), password, false));
        const http::Answer in = server_.post(
            "/api/v1/session", R"({"login":"admin","password":")" + std::string(password) + R"("})");
        const std::string cookie = in.header("set-cookie");
        return "Cookie: " + cookie.substr(0, cookie.find(';')) +
               "\r\nX-CSRF-Token: " + text_at(json_of(in), "csrf") + "\r\n";
    }
    // The first state of a request, and of its pieces, gets another name.
    void change_the_workflow() {
        const fs::path file = directory_ / "common" / "workflows" / "request.toml";
        std::stringstream text;
        text << std::ifstream(file).rdbuf();
        std::string changed = text.str();
        for (std::size_t at = 0; (at = changed.find("offered", at)) != std::string::npos; at += 8)
            changed.replace(at, 7, "on_offer");
        std::ofstream(file) << changed;
        pack::Findings findings;
        const auto pack = pack::load_pack(directory_ / "dayao", findings);
        ASSERT_TRUE(pack) << findings.text();
        server_.town().settle(*pack, server_.county());
    }
    [[nodiscard]] json::value matter(const Receipt& receipt) const {
        return json_of(server_.ask("GET", "/api/v1/matters/" + receipt.number, "", receipt.header()));
    }
    [[nodiscard]] std::string version_of(const Receipt& receipt) const {
        return text_at(matter(receipt), "workflow_hash");
    }
    [[nodiscard]] http::Answer moves(const std::string& who, const std::string& version) const {
        return server_.ask("GET", "/api/v1/workflows/request/moves?version=" + version, "", who);
    }
    [[nodiscard]] http::Answer move(const std::string& who, const std::string& states) const {
        return server_.post(
            "/api/v1/workflows/request/moves",
            R"({"version":")" + old_ + R"(","why":"县里改了接收办法","states":)" + states + "}", who);
    }
    [[nodiscard]] http::Answer act(const Receipt& receipt, const std::string& who,
                                   const std::string& action) const {
        return server_.post("/api/v1/matters/" + receipt.id + "/actions", action, who);
    }

    support::TemporaryDirectory directory_;
    support::TestDatabase database_;
    CountyServer server_;
    std::string staff_, admin_, old_;
};
LIANXIN_ON_BOTH_ENGINES(Changeover);

constexpr const char* to_on_offer = R"([{"from":"offered","to":"on_offer"}])";

TEST_P(Changeover, what_runs_stays_on_its_version_until_it_is_moved) {
    const Receipt before = server_.reported();
    const Receipt left_alone = server_.reported();
    change_the_workflow();
    const Receipt after = server_.reported();
    EXPECT_EQ(version_of(before), old_);
    EXPECT_NE(version_of(after), old_);
    EXPECT_EQ(text_at(matter(before), "state"), "offered");
    EXPECT_EQ(text_at(matter(after), "state"), "on_offer");
    EXPECT_EQ(act(left_alone, left_alone.header(), R"({"action":"withdraw","part":0,"fields":{}})").status,
              200);

    const json::value standing = json_of(moves(admin_, old_));
    EXPECT_EQ(text_at(standing, "current"), version_of(after));
    const auto& states = standing.at("states").as_array();
    const auto offered = std::find_if(states.begin(), states.end(), [](const json::value& state) {
        return text_at(state, "state") == "offered" && text_at(state, "part").empty();
    });
    ASSERT_NE(offered, states.end());
    EXPECT_EQ(offered->at("standing").as_int64(), 2);
    EXPECT_EQ(text_at(*offered, "misfit"), "state_is_gone");
    EXPECT_NE(text_at(*offered, "misfit_title"), "misfit.state_is_gone");
    const auto& choices = offered->at("choices").as_array();
    EXPECT_TRUE(std::any_of(choices.begin(), choices.end(), [](const json::value& choice) {
        return text_at(choice, "state") == "on_offer";
    }));
}

TEST_P(Changeover, whoever_administers_moves_them_state_by_state) {
    const Receipt one = server_.reported();
    const std::string due = text_at(matter(one), "due");
    change_the_workflow();
    const http::Answer done = move(admin_, to_on_offer);
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(json_of(done).at("moved").as_int64(), 2);
    EXPECT_TRUE(json_of(done).at("stayed").as_array().empty());

    const json::value moved = matter(one);
    EXPECT_EQ(text_at(moved, "state"), "on_offer");
    EXPECT_NE(text_at(moved, "workflow_hash"), old_);
    EXPECT_EQ(text_at(moved, "due"), due) << "what the resident was told stands";
    const auto& timeline = moved.at("timeline").as_array();
    EXPECT_EQ(text_at(timeline.back(), "action"), "any.move");
    EXPECT_EQ(json_of(move(admin_, to_on_offer)).at("moved").as_int64(), 0) << "nothing is left to move";

    // The tables are a projection of the entries, this one included.
    server_.town().matters().rebuild(server_.county(), *MatterId::parse(one.id));
    EXPECT_EQ(matter(one), moved);
    EXPECT_TRUE(journal::verify_record(database_.get(), server_.county().keys).empty());
    EXPECT_EQ(act(one, one.header(), R"({"action":"withdraw","part":0,"fields":{}})").status, 200);
}

TEST_P(Changeover, one_matter_is_moved_by_whoever_may_rearrange_it) {
    const Receipt one = server_.reported();
    change_the_workflow();
    const json::value offers =
        json_of(server_.ask("GET", "/api/v1/matters/" + one.id + "/actions", "", staff_)).at("items");
    const auto offer =
        std::find_if(offers.as_array().begin(), offers.as_array().end(),
                     [](const json::value& each) { return text_at(each, "action") == "any.move"; });
    ASSERT_NE(offer, offers.as_array().end());
    const auto& form = offer->at("form");
    EXPECT_EQ(form.at("required"), json::value({"why", "state"}));
    EXPECT_EQ(
        problem_of(act(one, staff_, R"({"action":"any.move","part":0,"fields":{"why":"改用新版流程"}})")),
        "422 invalid");
    EXPECT_EQ(
        problem_of(act(one, staff_,
                       R"({"action":"any.move","part":0,"fields":{"why":"改用新版流程","state":"closed"}})")),
        "422 invalid");
    EXPECT_EQ(text_at(matter(one), "state"), "offered");
    const http::Answer moved = act(
        one, staff_, R"({"action":"any.move","part":0,"fields":{"why":"改用新版流程","state":"on_offer"}})");
    EXPECT_EQ(moved.status, 200) << moved.body;
    EXPECT_EQ(text_at(matter(one), "state"), "on_offer");
    EXPECT_EQ(
        problem_of(act(one, staff_, R"({"action":"any.move","part":0,"fields":{"why":"改用新版流程"}})")),
        "409 version_is_current");
}

TEST_P(Changeover, what_cannot_be_is_refused_and_changes_nothing) {
    const Receipt one = server_.reported();
    EXPECT_EQ(problem_of(move(admin_, to_on_offer)), "409 version_is_current");
    change_the_workflow();
    EXPECT_EQ(problem_of(move(admin_, "[]")), "422 invalid");
    EXPECT_EQ(problem_of(move(admin_, R"([{"from":"offered","to":"closed"}])")), "422 invalid");
    EXPECT_EQ(problem_of(move(admin_, R"([{"from":"nowhere","to":"on_offer"}])")), "422 invalid");
    EXPECT_EQ(problem_of(moves(admin_, "abc")), "422 workflow_unknown");
    EXPECT_EQ(problem_of(moves(admin_, std::string(64, '0'))), "422 workflow_unknown");
    EXPECT_EQ(moves(one.header(), old_).status, 403);
    EXPECT_EQ(moves(staff_, old_).status, 200) << "whoever leads there is offered it";
    EXPECT_EQ(move(one.header(), to_on_offer).status, 403);
    EXPECT_EQ(text_at(matter(one), "state"), "offered");
    EXPECT_EQ(matter(one).at("version").as_int64(), 1);
}

}  // namespace
}  // namespace lianxin::faults
