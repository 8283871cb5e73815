// matter/surroundings_service.hpp — what the use cases of matters lean on beside the county itself: one set
// per process, bound by main, shared by all threads.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.hpp"
#include "calendar/deadline.hpp"
#include "county/county.hpp"
#include "matter/workflows.hpp"
#include "pack/rules.hpp"
#include "party/contact_book_service.hpp"
#include "party/owner_resolver_store.hpp"
#include "place/place_service.hpp"

namespace lianxin::matter {

// The pack's numbers and lists by word; main binds them to the pack in force.
struct Tables {
    // deadlines.toml: the limit of a clock for a subkind and an urgency.
    std::function<std::optional<calendar::Period>(std::string_view clock, std::string_view subkind,
                                                  std::string_view urgency)>
        limit = [](std::string_view, std::string_view, std::string_view) { return std::nullopt; };
    // services.toml: the service of that name; null: there is none.
    std::function<const pack::ServiceItem*(std::string_view name)> service = [](std::string_view) {
        return nullptr;
    };
    // The only one that serves the category.
    std::function<const pack::ServiceItem*(std::string_view category)> service_of = [](std::string_view) {
        return nullptr;
    };
    // Whether a kind of post may decide a category itself.
    std::function<bool(std::string_view post_kind, std::string_view category)> in_scope =
        [](std::string_view, std::string_view) { return true; };
    // By which way in what somebody in a kind of post begins has come; empty: the kind says none.
    std::function<std::string(std::string_view post_kind)> channel_of = [](std::string_view) {
        return std::string();
    };
    // Whether complaints about the posts of such a seat (KIND@SEAT) go to an authority outside the county.
    std::function<bool(std::string_view seat)> heard_outside = [](std::string_view) { return false; };
};

// What a checklist asks for: the service's papers, or its steps.
[[nodiscard]] std::vector<std::string> listed_for(const FieldRule& field, const pack::ServiceItem* service);

// Serials of matters' numbers, taken from the database in blocks: no row is written by every intake. What is
// left when the process ends is lost, which nobody can see in a shuffled number.
class Serials {
 public:
    // After this, `count` calls of next() for the year need no database.
    void reserve(County& county, int year, int count);
    [[nodiscard]] std::int64_t next(int year);

 private:
    struct Block {
        std::int64_t next = 0;
        std::int64_t end = 0;
    };
    static constexpr std::int64_t block_size = 4096;
    std::mutex refill_;
    std::mutex mutex_;
    std::map<int, Block> blocks_;
};

struct Surroundings {
    Workflows& workflows;
    place::PlaceLookup& places;
    party::OwnerCache& owners;
    party::ContactBook& contacts;
    Serials& serials;
    Tables tables;
};

}  // namespace lianxin::matter
