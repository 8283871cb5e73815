#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <iostream>
#include <iterator>
#include <thread>

#include "base/memory.hpp"
#include "http/event_hub.hpp"
#include "http/server.hpp"
#include "http/static_files.hpp"
#include "journal/county_log.hpp"
#include "main/commands.hpp"
#include "main/county_home.hpp"
#include "main/demo_note.hpp"
#include "main/demo_player.hpp"
#include "main/finding.hpp"
#include "main/live_events.hpp"
#include "main/post_office.hpp"
#include "main/rounds.hpp"
#include "main/routes.hpp"
#include "main/town.hpp"
#include "main/unfinished_demo.hpp"
#include "matter/attachment_service.hpp"
#include "matter/note_service.hpp"
#include "store/stored_answer.hpp"

namespace lianxin {
namespace {

namespace fs = std::filesystem;

fs::path demo_note(const ServeOptions& options) {
    return options.data / "demo.txt";
}

void play_demo(const ServeOptions& options, CountyHome& home, Town& town, const Clock& clock) {
    std::cerr << "Playing the demo of " << home.title() << " …\n";
    demo::Playing playing(options.data);
    ManualClock past(clock.now());
    County county = home.county_at(past);
    const auto report = demo::play_demo({county, past, home.pack(), town}, {.today = clock.now()});
    demo::keep_logins(demo_note(options), county, report);
    playing.finish();
}

void settle(const ServeOptions& options, CountyHome& home, Town& town, const Clock& clock) {
    std::error_code error;
    if (options.demo && home.is_empty()) {
        play_demo(options, home, town, clock);
    } else if (options.demo && !fs::exists(demo_note(options), error)) {
        std::cerr << "This data folder was not filled by a demo; it is served as it is. `./run --fresh` "
                     "starts anew.\n";
    }
    town.settle(home.pack(), home.county());
}

// The log never holds up a request: when nobody reads it, the oldest lines go.
void start_log() {
    spdlog::init_thread_pool(8192, 1);
    spdlog::set_default_logger(spdlog::create_async_nb<spdlog::sinks::stderr_sink_mt>("lianxin"));
}

// A one-time code is offered only where something can carry it.
std::vector<std::string> code_channels_of(const ServeOptions& options) {
    return options.smtp_url.empty() ? std::vector<std::string>() : std::vector<std::string>{"email"};
}

// The API alone is of use too, but nobody who opens a page should have to guess why there is none.
void warn_without_pages(const ServeOptions& options) {
    std::error_code error;
    if (!fs::exists(options.web / "portal" / "dist" / "index.html", error))
        std::cerr << "There are no built pages in " << options.web.string()
                  << ": only the API is served. ./run builds them; --web names their folder.\n";
}

void greet(const ServeOptions& options, County& county, std::uint16_t port, const std::string& url) {
    std::cout << "\n  Portal   " << url << "/\n  Desk     " << url << "/desk/\n  API      " << url
              << "/api/v1/openapi.json\n  Listens  " << options.address << ':' << port << "\n\n";
    if (options.demo) std::cout << demo::told_logins(demo_note(options), county) << '\n';
    std::cout << "Stop with Ctrl-C.\n" << std::flush;
}

// One signed head a day, of a log that has caught up; whoever asks between two gets the last one.
void publish_head_of_the_day(County& county, const std::string& name) {
    const Instant now = county.clock.now();
    const bool due = county.database.read([&](store::Transaction& tx) {
        if (journal::cursor_of(tx, journal::CountyLog().name()) < journal::last_position(tx)) return false;
        const auto last = journal::latest_head(tx);
        return !last || county.zone.day_of(last->signed_at) != county.zone.day_of(now);
    });
    if (due) journal::publish_head(county.database, county.keys, name, now);
}

// What goes on beside the requests, each on a thread of its own. Members stop in reverse order.
class Background {
    static constexpr int log_batch = 1000;
    static constexpr std::int64_t most_behind = 100'000;  // entries that the search index lets wait

 public:
    Background(CountyHome& home, Town& town, Finding& finding, report::Counters& counters,
               http::EventHub& hub)
        : live_(home.database(), hub),
          clocks_("clocks", std::chrono::seconds(1),
                  [&] {
                      town.matters().follow_tree(home.county());
                      return town.matters().run_due_clocks(home.county(), home.county().clock.now()) >= 100;
                  }),
          log_round_("county log", std::chrono::milliseconds(500),
                     [&] {
                         journal::sequence(home.database());
                         const bool more = journal::advance(home.database(), log_, log_batch) == log_batch;
                         return live_.publish_new() || more;
                     }),
          search_(
              "search index", std::chrono::milliseconds(1000),
              // A few entries can wait for those that come after them: each batch writes the counts of words.
              // In a flood all of them wait, so that the processors are there for those who bring it, but
              // never more than can be made up for within a minute or so.
              [&] {
                  auto& index = finding.index();
                  if (unsearched_.goes_on(written(home)) && index.behind(home.county()) < most_behind)
                      return false;
                  return index.advance(home.county()) && index.behind(home.county()) >= index.full_batch;
              },
              Round::Haste::behind_them),
          // Who looks adds what is missing, so entries can gather: a batch costs less for each of them. In a
          // flood they gather as long as half of what a reader would add is still free.
          counters_(
              "counters", std::chrono::seconds(1),
              [&] {
                  if (uncounted_.goes_on(written(home)) &&
                      counters.behind(home.county()) < report::Counters::most_behind / 2)
                      return false;
                  return counters.advance(home.county());
              },
              Round::Haste::behind_them),
          // Each settling writes pages all over the lookup: the more have come, the fewer for each of them.
          contacts_(
              "contacts", std::chrono::seconds(2), [&] { return town.contacts().settle(home.county()); },
              Round::Haste::behind_them),
          head_("signed head", std::chrono::minutes(1),
                [&] {
                    publish_head_of_the_day(home.county(), town.county_name());
                    return false;
                }),
          sweep_("sweep", std::chrono::hours(1), [&] {
              const Instant now = home.county().clock.now();
              store::sweep_orphans(home.database(), home.county().blobs, now);
              (void)matter::forget_unclaimed(home.county());
              town.identity().forget_old(home.county());
              home.database().write([&](store::Transaction& tx) { store::forget_old_answers(tx, now); });
              return matter::NoteService(home.county(), town.matters().surroundings()).forget_old();
          }) {}

 private:
    static std::int64_t written(CountyHome& home) {
        return home.database().read([](store::Transaction& tx) { return journal::last_position(tx); });
    }

    journal::CountyLog log_;
    LiveEvents live_;
    Flood unsearched_{300}, uncounted_{300};  // entries between two rounds
    Round clocks_, log_round_, search_, counters_, contacts_, head_, sweep_;
};

}  // namespace

ExitCode serve(const ServeOptions& options) {
    http::block_stop_signals();
    give_freed_memory_back();
    const SystemClock clock;
    http::expect_free(options.address,
                      options.port);  // a demo takes a while, and would be played for nothing
    if (options.demo)
        demo::forget_unfinished({options.data, options.database});
    else
        demo::keep_unfinished(options.data);
    // Two servers may share a county on PostgreSQL; a file has one writer.
    const auto as = options.database ? FolderLease::As::guest : FolderLease::As::only_server;
    CountyHome home({options.data, options.packs, options.database, options.pack, as}, clock);
    warn_without_pages(options);
    start_log();
    const std::string url =
        options.public_url.empty() ? "http://localhost:" + std::to_string(options.port) : options.public_url;
    Town town(home.words(), home.title(), url);
    settle(options, home, town, clock);

    Finding finding(town, home.search_database(), home.scrub_search());
    report::Counters counters(home.counters_database(), town.workflows(), town.metric_words());
    town.read_from(counters);
    http::EventHub hub;
    http::Api api(home.county().zone);
    const http::Server* running = nullptr;
    const auto& manifest = home.pack().manifest();
    add_routes(api, {town, home.county(), clock, hub, finding, manifest.name, manifest.title,
                     home.words().languages(),
                     [&running] { return running == nullptr ? nullptr : &running->counts(); },
                     options.writes_per_minute, &counters, code_channels_of(options)});
    const http::StaticFiles files(
        {{"/", options.web / "portal" / "dist"}, {"/desk", options.web / "desk" / "dist"}});
    api.otherwise([&files](http::Request& request) { return files.answer(request); });

    http::ServerOptions server_options;
    server_options.address = options.address;
    server_options.port = options.port;
    // PostgreSQL has no writer of its own: there a commit blocks whoever asks for it.
    if (home.database().dialect() == store::Dialect::sqlite)
        server_options.brisk_workers = static_cast<int>(std::thread::hardware_concurrency()) + 1;
    server_options.behind_proxy = !options.public_url.empty();
    http::Server server(api, clock, server_options, &hub);
    running = &server;
    const Background background(home, town, finding, counters, hub);
    const PostOffice post_office(home.county(), home.words(), town.workflows(),
                                 {options.smtp_url, options.mail_from, town.county_name(), url});
    greet(options, home.county(), server.port(), url);
    http::wait_for_stop_signal();
    spdlog::info("stopping");
    hub.close();
    server.stop();
    return ExitCode::done;
}

}  // namespace lianxin
