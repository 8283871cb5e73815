// The OpenAPI document comes from the routes themselves, so they are made once over a county that has nothing
// in it.
#include <filesystem>
#include <iostream>

#include "journal/key_ring.hpp"
#include "main/commands.hpp"
#include "main/routes.hpp"
#include "store/blob_store.hpp"
#include "store/database.hpp"

namespace lianxin {
namespace {

class Scratch {
 public:
    Scratch()
        : folder_(std::filesystem::temp_directory_path() / ("lianxin-openapi-" + hex(random_bytes(8)))) {
        std::filesystem::create_directories(folder_);
    }
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
    std::filesystem::path folder_;
};

}  // namespace

ExitCode print_openapi() {
    const Scratch scratch;
    const SystemClock clock;
    IdSource ids;
    const auto database = store::open_sqlite(scratch.folder() / "county.db");
    const auto keys_database = store::open_sqlite(scratch.folder() / "keys.db");
    store::migrate(*keys_database, store::key_migrations(), clock.now());
    journal::KeyRing keys(*keys_database, random_key(), ids, clock);
    const auto blobs = store::open_blob_directory(scratch.folder() / "blobs");
    const auto calendar = calendar::WorkingCalendar::china();
    County county{*database, keys, *blobs, calendar, clock, ids, Zone{}};
    const pack::Words words;
    Town town(words, "", "");
    Finding finding(town, *database);
    http::EventHub events;
    http::Api api(county.zone);
    add_routes(api, {town, county, clock, events, finding, {}, {}, {}, [] { return nullptr; }});
    std::cout << api.openapi("Lianxin", LIANXIN_VERSION) << '\n';
    return ExitCode::done;
}

}  // namespace lianxin
