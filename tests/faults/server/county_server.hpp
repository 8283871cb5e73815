// tests/faults/server/county_server.hpp — the program's own routes over a small county, behind a real server
// on a spare port, with a clock that jumps when told to and a database below that may fail.
#pragma once

#include <atomic>
#include <boost/json/value.hpp>
#include <memory>
#include <optional>
#include <string>

#include "county/county.hpp"
#include "http/event_hub.hpp"
#include "http/raw_client_test.hpp"
#include "http/server.hpp"
#include "main/finding.hpp"
#include "main/town.hpp"
#include "pack/pack.hpp"
#include "tests/support/temporary_directory.hpp"
#include "tests/support/test_database.hpp"

namespace lianxin::faults {

class JumpingClock final : public Clock {
 public:
    [[nodiscard]] Instant now() const override { return {at_}; }
    void set(Instant at) { at_ = at.micros; }
    void jump(std::chrono::microseconds by) { at_ += by.count(); }

 private:
    std::atomic<std::int64_t> at_{support::monday_morning.micros};
};

struct Receipt {
    std::string id, number, secret;
    [[nodiscard]] std::string header() const { return "Lianxin-Receipt: " + number + "." + secret + "\r\n"; }
};

class CountyServer {
 public:
    struct Setting {
        store::Database* served = nullptr;  // what requests use; null: the county's own
        double writes_per_minute = 0;
        std::size_t bodies_limit = http::ServerOptions{}.bodies_limit;
        std::chrono::milliseconds room_timeout = http::ServerOptions{}.room_timeout;
    };
    // Keys, blobs and the small pack are kept in `files`; the county is opened in `database`.
    CountyServer(store::Database& database, std::filesystem::path files, Setting setting);
    CountyServer(store::Database& database, std::filesystem::path files)
        : CountyServer(database, std::move(files), Setting{}) {}

    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    [[nodiscard]] JumpingClock& clock() { return clock_; }
    [[nodiscard]] County& county() { return *county_; }
    [[nodiscard]] Town& town() { return *town_; }
    [[nodiscard]] const http::Api& api() const { return *api_; }

    // One request on a connection of its own.
    [[nodiscard]] http::Answer ask(const std::string& method, const std::string& path,
                                   const std::string& body = "", const std::string& headers = "") const;
    [[nodiscard]] http::Answer post(const std::string& path, const std::string& body,
                                    const std::string& headers = "") const {
        return ask("POST", path, body, headers);
    }
    // A resident's report of a dark street lamp.
    [[nodiscard]] http::Answer report(const std::string& key = "") const;
    [[nodiscard]] Receipt reported() const;
    // Cookie and CSRF header of somebody who holds nearly every right there is.
    [[nodiscard]] std::string sign_in_almighty();
    // The same of whoever holds a post.
    [[nodiscard]] std::string sign_in(const std::string& login, PostId post);

 private:
    [[nodiscard]] std::string sign_in(const std::string& login, PartyId person);

    JumpingClock clock_;
    IdSource ids_;
    calendar::WorkingCalendar calendar_ = calendar::WorkingCalendar::china();
    store::Database& database_;
    std::unique_ptr<store::Database> keys_database_;
    std::unique_ptr<journal::KeyRing> keys_;
    std::unique_ptr<store::BlobStore> blobs_;
    std::optional<pack::Pack> pack_;
    std::optional<pack::Words> words_;
    std::unique_ptr<Town> town_;
    std::unique_ptr<store::Database> search_database_;
    std::unique_ptr<Finding> finding_;
    std::optional<County> county_, served_;
    http::EventHub hub_;
    std::unique_ptr<http::Api> api_;
    std::unique_ptr<http::Server> server_;
};

[[nodiscard]] boost::json::value json_of(const http::Answer& answer);
// "409 changed_meanwhile"; also demands of every problem what all of them promise: type, title in the asker's
// own words, status, code.
[[nodiscard]] std::string problem_of(const http::Answer& answer);
[[nodiscard]] std::string text_at(const boost::json::value& value, std::string_view member);
// A picture of about so many octets that is one to the server.
[[nodiscard]] std::string photo(std::size_t octets, int number = 0);

// A county of either engine for one test.
class ServedCounty : public testing::TestWithParam<store::Dialect> {
 protected:
    ServedCounty() : database_(GetParam()) {}
    CountyServer& serve(CountyServer::Setting setting = {}) {
        server_ = std::make_unique<CountyServer>(database_.get(), directory_.path(), setting);
        return *server_;
    }
    [[nodiscard]] store::Database& database() { return database_.get(); }
    [[nodiscard]] support::TestDatabase& test_database() { return database_; }
    [[nodiscard]] std::int64_t count(const std::string& table);

 private:
    support::TemporaryDirectory directory_;
    support::TestDatabase database_;
    std::unique_ptr<CountyServer> server_;
};

}  // namespace lianxin::faults
