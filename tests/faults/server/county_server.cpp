#include "tests/faults/server/county_server.hpp"

#include <spdlog/spdlog.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

#include "base/memory.hpp"
#include "main/routes.hpp"
#include "store/bigram_tokenizer.hpp"
#include "tests/support/small_pack.hpp"

namespace lianxin::faults {

namespace json = boost::json;

CountyServer::CountyServer(store::Database& database, std::filesystem::path files, Setting setting)
    : database_(database), keys_database_(store::open_sqlite(files / "keys.db")) {
    spdlog::set_level(spdlog::level::off);
    give_freed_memory_back();
    store::migrate(*keys_database_, store::key_migrations(), clock_.now());
    keys_ = std::make_unique<journal::KeyRing>(*keys_database_, SecretKey{7}, ids_, clock_);
    blobs_ = store::open_blob_directory(files / "blobs");
    pack::Findings findings;
    pack_ = pack::load_pack(support::small_pack(files), findings);
    require(pack_.has_value(), "the small pack reads");
    words_ = pack::Words::read(*pack_, findings);
    town_ = std::make_unique<Town>(*words_, "浏阳市", "http://localhost");
    county_.emplace(County{database_, *keys_, *blobs_, calendar_, clock_, ids_, pack_->manifest().zone});
    const Instant now = clock_.now();
    clock_.set(*parse_instant("2024-01-02T08:00:00+08:00"));
    town_->settle(*pack_, *county_);
    clock_.set(now);
    served_.emplace(County{setting.served != nullptr ? *setting.served : database_, *keys_, *blobs_,
                           calendar_, clock_, ids_, pack_->manifest().zone});
    store::SqliteOptions search;
    search.on_connect = store::add_bigram_tokenizer;
    search_database_ = store::open_sqlite(files / "search.db", search);
    store::migrate(*search_database_, store::search_migrations(), clock_.now());
    finding_ = std::make_unique<Finding>(*town_, *search_database_);
    api_ = std::make_unique<http::Api>(county_->zone);
    add_routes(*api_,
               {*town_, *served_, clock_, hub_, *finding_, pack_->manifest().name, pack_->manifest().title,
                words_->languages(), [] { return nullptr; }, setting.writes_per_minute});
    http::ServerOptions options;
    options.log_requests = false;
    options.workers = 16;
    options.bodies_limit = setting.bodies_limit;
    options.room_timeout = setting.room_timeout;
    server_ = std::make_unique<http::Server>(*api_, clock_, options, &hub_);
}

http::Answer CountyServer::ask(const std::string& method, const std::string& path, const std::string& body,
                               const std::string& headers) const {
    return http::RawClient(port()).ask(method, path, body, headers);
}

http::Answer CountyServer::report(const std::string& key) const {
    const std::string headers = key.empty() ? "" : "Idempotency-Key: " + key + "\r\n";
    return post("/api/v1/matters",
                R"({"workflow":"request","subkind":"report","subject":"路灯不亮","text":"村口的路灯坏了。"})",
                headers);
}

Receipt CountyServer::reported() const {
    const http::Answer answer = report();
    EXPECT_EQ(answer.status, 201) << answer.body;
    const json::value made = json_of(answer);
    return {text_at(made, "id"), text_at(made, "number"), text_at(made, "secret")};
}

std::string CountyServer::sign_in_almighty() {
    County& county = *county_;
    const auto engine = access::ActingPerson::engine();
    const Day today = county.zone.day_of(clock_.now());
    const auto root = county.database.read(
        [](store::Transaction& tx) { return tx.value<PlaceId>("select min(id) from place"); });
    const auto person = town_->parties().add_person(county, engine, {"王一", {}, {}, {}, *root, true});
    require(person.has_value(), "a person can be added");
    const auto posts = county.database.read([](store::Transaction& tx) {
        std::vector<PostId> ids;
        for (const store::Row row : tx.query("select id from post where kind in ('desk', 'leader', "
                                             "'administrator', 'auditor') order by id"))
            ids.push_back(row.get<PostId>(0));
        return ids;
    });
    int held = 0;
    for (const PostId post : posts)
        held += town_->parties().appoint(county, engine, {{}, post, *person, today, place::open_end(), {}})
                    ? 1
                    : 0;
    require(held > 0, "somebody holds a post");
    return sign_in("wang.yi", *person);
}

std::string CountyServer::sign_in(const std::string& login, PostId held) {
    const auto person = county_->database.read([&](store::Transaction& tx) {
        return tx.value<PartyId>("select party from holding where post = $1 order by id limit 1", held);
    });
    require(person.has_value(), "somebody holds the post");
    return sign_in(login, *person);
}

std::string CountyServer::sign_in(const std::string& login, PartyId person) {
    const std::string password = "yi ge hen chang de mima";
    const auto account = town_->identity().create_account(*county_, access::ActingPerson::engine(), login,
                                                          person, password, false);
    require(account.has_value(), "an account can be made");
    const http::Answer in =
        post("/api/v1/session", json::serialize(json::object{{"login", login}, {"password", password}}));
    EXPECT_EQ(in.status, 200) << in.body;
    const std::string cookie = in.header("set-cookie");
    return "Cookie: " + cookie.substr(0, cookie.find(';')) +
           "\r\nX-CSRF-Token: " + text_at(json_of(in), "csrf") + "\r\n";
}

json::value json_of(const http::Answer& answer) {
    boost::system::error_code error;
    json::value value = json::parse(answer.body, error);
    EXPECT_FALSE(error) << answer.status << " " << answer.body;
    return value;
}

std::string text_at(const json::value& value, std::string_view member) {
    const auto* object = value.if_object();
    const auto* found = object == nullptr ? nullptr : object->if_contains(member);
    return found == nullptr || !found->is_string() ? std::string() : json::value_to<std::string>(*found);
}

std::string problem_of(const http::Answer& answer) {
    EXPECT_EQ(answer.header("content-type"), "application/problem+json; charset=utf-8") << answer.body;
    const json::value problem = json_of(answer);
    const std::string code = text_at(problem, "code");
    EXPECT_EQ(text_at(problem, "type"), "urn:lianxin:problem:" + code);
    EXPECT_EQ(problem.at("status").to_number<int>(), answer.status);
    std::string bare = code;
    std::replace(bare.begin(), bare.end(), '_', ' ');
    EXPECT_NE(text_at(problem, "title"), bare) << "no words for " << code;
    EXPECT_NE(text_at(problem, "title"), "") << code;
    return std::to_string(answer.status) + " " + code;
}

std::string photo(std::size_t octets, int number) {
    std::string made("\xFF\xD8\xFF\xDA\x00\x02", 6);
    made += std::to_string(number) + " ";
    made.resize(std::max(octets, made.size() + 2) - 2, 'p');
    return made + "\xFF\xD9";
}

std::int64_t ServedCounty::count(const std::string& table) {
    return database().read([&](store::Transaction& tx) {
        return tx.value<std::int64_t>("select count(*) from " + table).value_or(-1);
    });
}

}  // namespace lianxin::faults
