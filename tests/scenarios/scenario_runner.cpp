#include "tests/scenarios/scenario_runner.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_to.hpp>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <thread>

#include "journal/erasure.hpp"
#include "main/finding.hpp"
#include "main/live_events.hpp"
#include "main/post_office.hpp"
#include "main/routes.hpp"
#include "main/town.hpp"
#include "matter/change_store.hpp"
#include "matter/matter_api.hpp"
#include "matter/matter_store.hpp"
#include "matter/note_service.hpp"
#include "matter/outgoing_service.hpp"
#include "matter/readership_service.hpp"
#include "party/party_store.hpp"
#include "place/place_store.hpp"
#include "tests/scenarios/figures_check.hpp"
#include "tests/support/temporary_directory.hpp"
#include "tests/support/test_database.hpp"

namespace lianxin::scenarios {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr const char* small_places = R"([places.liuyang]
kind = "county"
name = "浏阳市"
code = "430181000000"
[places.dayao]
kind = "township"
parent = "liuyang"
name = "大瑶镇"
code = "430181900000"
[places.qinghe]
kind = "village"
parent = "dayao"
name = "青禾村"
code = "430181900201"
[places.qinghe.fill]
sector = 1
group = 3
household = 60
[places.qinghe.fill_posts]
representative = 9
[places.qinghe.fill_vacant]
representative = 1
[made_up]
seed = 20230101
phone_prefix = "000"
)";

// The pack of the town with one village in place of fifteen; any other as it ships.
fs::path small_pack(const fs::path& in, const std::string& pack) {
    fs::copy("packs/common", in / "common", fs::copy_options::recursive);
    fs::copy("packs/" + pack, in / pack, fs::copy_options::recursive);
    if (pack != "dayao") return in / pack;
    fs::remove_all(in / "dayao" / "demo");
    std::ofstream(in / "dayao" / "places.toml") << small_places;
    return in / "dayao";
}

class Stage {
 public:
    Stage(store::Dialect dialect, const std::string& pack)
        : database_(dialect),
          search_database_(dialect, store::search_migrations()),
          counters_database_(dialect, store::counter_migrations()),
          keys_database_(store::open_sqlite(directory_ / "keys.db")),
          clock_(*parse_instant("2024-05-06T09:30:00+08:00")) {
        store::migrate(*keys_database_, store::key_migrations(), clock_.now());
        keys_ = std::make_unique<journal::KeyRing>(*keys_database_, SecretKey{}, ids_, clock_);
        blobs_ = store::open_blob_directory(directory_ / "blobs");
        county_.emplace(County{*database_, *keys_, *blobs_, calendar_, clock_, ids_, Zone{}});
        pack::Findings findings;
        pack_ = pack::load_pack(small_pack(directory_.path(), pack), findings);
        require(pack_.has_value(), "the scenarios' pack reads");
        words_ = pack::Words::read(*pack_, findings);
        town_ = std::make_unique<Town>(*words_, "浏阳市", "http://localhost");
        const Instant now = clock_.now();
        clock_.set(*parse_instant("2024-01-02T08:00:00+08:00"));
        town_->settle(*pack_, *county_);
        clock_.set(now);
        finding_ = std::make_unique<Finding>(*town_, *search_database_);
        counters_ = std::make_unique<report::Counters>(counters_database_.get(), town_->workflows(),
                                                       town_->metric_words());
        town_->read_from(*counters_);
        add_routes(api_, {*town_,
                          *county_,
                          clock_,
                          hub_,
                          *finding_,
                          "dayao",
                          "pack.title",
                          {"zh-Hans", "zh-Hant", "en"},
                          [] { return nullptr; },
                          0});
        // Whoever the scenario says asks, unless they show a receipt themselves.
        api_.filter([this](http::Request& request) -> std::optional<http::Response> {
            if (receipt_.empty()) request.context = who_;
            return {};
        });
        find_ground();
    }

    void run(const std::string& line) {
        std::istringstream in(line);
        std::string verb;
        in >> verb;
        std::string rest;
        std::getline(in >> std::ws, rest);
        using Step = void (Stage::*)(const std::string&);
        static const std::map<std::string, Step> steps{{"at", &Stage::set_clock},
                                                       {"as", &Stage::become},
                                                       {"photo", &Stage::keep_photo},
                                                       {"message", &Stage::message},
                                                       {"messages", &Stage::messages},
                                                       {"import", &Stage::import},
                                                       {"vacate", &Stage::vacate},
                                                       {"fill", &Stage::fill},
                                                       {"keep", &Stage::keep},
                                                       {"=>", &Stage::expect},
                                                       {"clocks", &Stage::clocks},
                                                       {"rebuild", &Stage::rebuild},
                                                       {"key", &Stage::key},
                                                       {"calendar", &Stage::correct_calendar},
                                                       {"recount", &Stage::recount},
                                                       {"code", &Stage::keep_code},
                                                       {"remember", &Stage::remember},
                                                       {"knowing", &Stage::knowing},
                                                       {"same", &Stage::same},
                                                       {"lacks", &Stage::lacks},
                                                       {"hears", &Stage::hears},
                                                       {"index", &Stage::index},
                                                       {"erase", &Stage::erase},
                                                       {"noted", &Stage::noted},
                                                       {"follow", &Stage::follow},
                                                       {"listen", &Stage::listen},
                                                       {"heard", &Stage::heard},
                                                       {"note", &Stage::note},
                                                       {"sweep", &Stage::sweep},
                                                       {"told", &Stage::told},
                                                       {"everybody", &Stage::everybody},
                                                       {"people", &Stage::people},
                                                       {"ended", &Stage::ended},
                                                       {"due", &Stage::due}};
        // The counters lag behind as they may: sometimes a few entries are taken in.
        if (++steps_ % 4 == 0) (void)counters_->advance(*county_, 3);
        if (verb == "GET" || verb == "POST") return call(verb, rest);
        const auto step = steps.find(verb);
        ASSERT_NE(step, steps.end()) << "no such step: " << verb;
        (this->*step->second)(rest);
    }

    // Behind as they are, caught up, and made anew.
    void check_figures() {
        expect_same_figures(*county_, *town_, *counters_);
        journal::sequence(*database_);
        while (counters_->advance(*county_, 50)) {
        }
        EXPECT_EQ(counters_->behind(*county_), 0);
        expect_same_figures(*county_, *town_, *counters_);
        counters_database_->write([](store::Transaction& tx) { report::empty_counters(tx); });
        while (counters_->advance(*county_)) {
        }
        expect_same_figures(*county_, *town_, *counters_);
    }

 private:
    void set_clock(const std::string& rest) {
        const auto at = parse_instant(rest);
        ASSERT_TRUE(at) << rest;
        clock_.set(*at);
    }

    // A picture of one JPEG scan; each is its own upload.
    void keep_photo(const std::string& name) { kept_[name] = upload_photo(); }

    // After an import a message begins the next file.
    void message(const std::string& line) {
        if (std::exchange(imported_, false)) messages_.clear();
        messages_ += line + "\n";
    }

    void messages(const std::string& path) {
        std::ifstream file(path);
        if (!file) GTEST_SKIP() << path << " is not here";
        messages_.assign(std::istreambuf_iterator<char>(file), {});
    }

    void index(const std::string&) {
        journal::sequence(*database_);
        while (finding_->index().advance(*county_)) {
        }
    }

    // The key that seals what its reporter wrote.
    void erase(const std::string& name) {
        const MatterId id = matter_of(name);
        const auto matter =
            county_->database.read([&](store::Transaction& tx) { return matter::load_matter(tx, id); });
        require(matter.has_value(), "the matter is there");
        journal::erase_key(*database_, *keys_, matter->row.key, clock_.now());
    }

    void key(const std::string& name) { key_ = "scenario-key-of-" + name; }

    // "=> 3", or "of two => 3": two processes over one county let the clocks act at once.
    void clocks(const std::string& rest) {
        const std::string two = "of two ";
        if (!rest.starts_with(two)) {
            const int acted = town_->matters().run_due_clocks(*county_, clock_.now(), 1000);
            EXPECT_EQ("=> " + std::to_string(acted), rest);
            return;
        }
        Town other(*words_, "浏阳市", "http://localhost");
        other.settle(*pack_, *county_);
        std::atomic<int> acted = 0;
        {
            std::jthread first(
                [&] { acted += town_->matters().run_due_clocks(*county_, clock_.now(), 1000); });
            std::jthread second(
                [&] { acted += other.matters().run_due_clocks(*county_, clock_.now(), 1000); });
        }
        EXPECT_EQ("=> " + std::to_string(acted.load()), rest.substr(two.size()));
    }

    // "off 2024-05-13 2024-05-14 NAME" or "work …": the announcements, with one more.
    void correct_calendar(const std::string& announcement) {
        std::ifstream file("src/calendar/data/china.days");
        std::string text((std::istreambuf_iterator<char>(file)), {});
        const std::size_t version = text.find("\nversion ") + 1;
        text.insert(text.find('\n', version), "-corrected-" + std::to_string(++corrections_));
        // Announcements stand in the order of their days.
        const std::string from = announcement.substr(announcement.find(' ') + 1, 10);
        std::istringstream lines(text);
        std::string corrected, line;
        bool put = false;
        while (std::getline(lines, line)) {
            const bool announces = line.starts_with("off ") || line.starts_with("work ");
            if (!put && announces && line.substr(line.find(' ') + 1, 10) > from) {
                corrected += announcement + "\n";
                put = true;
            }
            corrected += line + "\n";
        }
        auto calendar = calendar::WorkingCalendar::parse(corrected);
        ASSERT_TRUE(calendar) << calendar.error();
        calendar_ = std::move(*calendar);
    }

    void recount(const std::string& expected) {
        EXPECT_EQ("=> " + std::to_string(town_->matters().recount_deadlines(*county_)), expected);
    }

    // The one-time code in the latest message that waits to be sent.
    void keep_code(const std::string& name) {
        const auto waiting = county_->database.write([&](store::Transaction& tx) {
            return store::claim_messages(tx, "", 100, clock_.now(), std::chrono::seconds(1));
        });
        for (const auto& message : waiting) {
            const auto payload = county_->keys.unseal_text(journal::KeyId(message.sealed_for),
                                                           message.payload, matter::payload_context);
            if (!payload) continue;
            const json::value read = json::parse(*payload);
            if (const auto* code = read.as_object().if_contains("code"))
                kept_[name] = json::value_to<std::string>(*code);
        }
        ASSERT_TRUE(kept_.contains(name)) << "no message holds a code";
    }

    // "votes NAME yes": everybody of the electorate whose vote is still waited for.
    void everybody(const std::string& rest) {
        std::istringstream in(rest);
        std::string verb, name, choice;
        in >> verb >> name >> choice;
        const MatterId id = matter_of(name);
        const auto voters = county_->database.read([&](store::Transaction& tx) {
            std::vector<PartyId> waiting;
            for (const store::Row row :
                 tx.query("select party from ballot_voter where matter = $1 and voted = 0", id))
                waiting.push_back(row.get<PartyId>(0));
            return waiting;
        });
        EXPECT_FALSE(voters.empty()) << "nobody may vote";
        for (const PartyId voter : voters) {
            access::ActingPerson who;
            who.kind = access::ActingPerson::Kind::staff;
            who.party = voter;
            EXPECT_TRUE(town_->matters().vote(*county_, who, id, choice));
        }
    }

    // $people are from now on those of the place that a matter is of.
    void people(const std::string& name) {
        const MatterId id = matter_of(name);
        county_->database.read([&](store::Transaction& tx) {
            const Day today = county_->zone.day_of(clock_.now());
            const auto place = *tx.value<PlaceId>("select place from matter where id = $1", id);
            kept_["people"] = "[]";
            for (int level = place::max_level; level > 0 && kept_["people"] == "[]"; --level)
                keep_people(tx, place::places_under(tx, place, level, today), today);
        });
    }

    // A letter that was or is to be sent says so, in the words of the pack.
    void told(const std::string& text) {
        const auto waiting = county_->database.write([&](store::Transaction& tx) {
            return store::claim_messages(tx, "", 100, clock_.now(), std::chrono::seconds(1));
        });
        for (const auto& message : waiting) {
            const auto payload = county_->keys.unseal_text(journal::KeyId(message.sealed_for),
                                                           message.payload, matter::payload_context);
            if (payload)
                letters_ += write_letter(message, {}, *payload, *words_, town_->workflows(), {}).text + "\n";
        }
        EXPECT_NE(letters_.find(filled(text)), std::string::npos) << letters_;
    }

    // "=> 1": so many matters under way went with their places.
    void follow(const std::string& expected) {
        EXPECT_EQ("=> " + std::to_string(town_->matters().follow_tree(*county_)), expected);
    }

    void remember(const std::string& name) { remembered_[name] = answer_; }
    // The next call says that it knows this answer already, as a browser that kept it does.
    void knowing(const std::string& name) {
        for (const auto& [header, value] : remembered_.at(name).headers)
            if (header == "ETag") known_ = value;
        ASSERT_FALSE(known_.empty()) << name << " bears no tag";
    }
    void same(const std::string& name) {
        const auto& before = remembered_.at(name);
        EXPECT_EQ(answer_.status, before.status);
        EXPECT_EQ(answer_.body, before.body);
        EXPECT_EQ(answer_.headers, before.headers);
    }
    void lacks(const std::string& text) {
        EXPECT_EQ(answer_.body.find(filled(text)), std::string::npos) << answer_.body;
    }
    // "NAME => yes": whether who asks now would be told of its changes as they happen.
    void hears(const std::string& rest) {
        const auto space = rest.find(' ');
        matter::Readership readership(*county_, town_->matters().surroundings());
        const bool hears = readership.may_read(who_, matter_of(rest.substr(0, space)), 1);
        EXPECT_EQ(hears ? "=> yes" : "=> no", rest.substr(space + 1));
    }

    // "SELECTOR NAME": a note to that post about the matter, whatever the post may read.
    void note(const std::string& rest) {
        const auto space = rest.find(' ');
        const matter::Note note{county_->new_id<matter::NoteNoun>(),
                                resolved(rest.substr(0, space)),
                                {},
                                matter_of(rest.substr(space + 1)),
                                "told",
                                clock_.now(),
                                {}};
        county_->database.write([&](store::Transaction& tx) { matter::insert_note(tx, note); });
    }
    // "=> no": whether more than one sweep takes is left.
    void sweep(const std::string& expected) {
        matter::NoteService notes(*county_, town_->matters().surroundings());
        EXPECT_EQ(notes.forget_old() ? "=> yes" : "=> no", expected);
    }

    // Who asks now listens to what changes, under this name.
    void listen(const std::string& name) {
        journal::sequence(*database_);
        if (!live_) live_.emplace(*database_, hub_);
        http::Request request;
        request.method = http::Method::get;
        request.path = "/api/v1/events";
        answer_ = api_.answer(request);
        ASSERT_NE(answer_.stream, nullptr) << answer_.body;
        (void)answer_.stream->take();
        streams_[name] = answer_.stream;
    }
    // "NAME => matter note": the kinds of what they heard since they were asked last, each once.
    void heard(const std::string& rest) {
        journal::sequence(*database_);
        while (live_->publish_new()) {
        }
        const std::string text = streams_.at(rest.substr(0, rest.find(' ')))->take();
        std::string kinds;
        for (const char* kind : {"matter", "note"})
            if (text.find("\"kind\":\"" + std::string(kind) + "\"") != std::string::npos)
                kinds += std::string(" ") + kind;
        EXPECT_EQ("=>" + (kinds.empty() ? " nothing" : kinds), rest.substr(rest.find("=>")));
    }

    // "NAME 2 => any.card": the latest note to the post that owns that part.
    void noted(const std::string& rest) {
        std::istringstream in(rest.substr(0, rest.find(" => ")));
        std::string name;
        std::int32_t part = 0;
        in >> name >> part;
        const MatterId id = matter_of(name);
        const PostId owner = owner_of(id, part);
        const auto notes = county_->database.read([&](store::Transaction& tx) {
            return matter::notes_in(tx, {{owner}, {}}, false, {}, 10);
        });
        const auto latest =
            std::find_if(notes.begin(), notes.end(), [&](const auto& note) { return note.matter == id; });
        EXPECT_EQ(latest == notes.end() ? "nothing" : latest->kind, rest.substr(rest.find(" => ") + 4));
    }

    void find_ground() {
        county_->database.read([&](store::Transaction& tx) {
            const Day today = county_->zone.day_of(clock_.now());
            const auto root = place::load_root(tx, today);
            require(root.has_value(), "the county has a root");
            kept_["root"] = root->id.text();
            const auto offices = party::load_offices(tx);
            for (const char* kind : {"township", "village", "group", "household"}) {
                const auto* level = offices.places.find(kind);
                if (level == nullptr) continue;
                const auto found = place::places_under(tx, root->id, level->level, today);
                if (found.empty() && std::string_view(kind) != "village") continue;
                require(!found.empty(), "the county has a village");
                if (std::string_view(kind) == "village") household_ = found.front();
                kept_[kind] = found.front().text();
                // Who may be named: whoever lives there, or works there where the pack knows no doors.
                if (std::string_view(kind) == "village") keep_people(tx, {found.front()}, today);
                if (std::string_view(kind) != "household") continue;
                household_ = found.front();
                const auto door = place::load_place(tx, household_, today);
                kept_["house"] = door->name;
                kept_["group"] = door->parent->text();
                kept_["group_name"] = place::load_place(tx, *door->parent, today)->name;
                kept_["plate"] = door->short_code;
                keep_people(tx, found, today);
            }
        });
    }
    void keep_people(store::Transaction& tx, const std::vector<PlaceId>& homes, Day today) {
        json::array people;
        for (const PlaceId home : homes)
            for (const auto& person : party::people_at(tx, home, today))
                people.emplace_back(person.id.text());
        people.resize(std::min<std::size_t>(people.size(), 5));
        kept_["people"] = json::serialize(people);
    }

    MatterId matter_of(const std::string& name) {
        const auto id = MatterId::parse(kept_.at(name));
        require(id.has_value(), "a kept id is an id");
        return *id;
    }

    access::ActingPerson holder_of(PostId post, std::size_t which = 0) {
        return county_->database.read([&](store::Transaction& tx) {
            const Day today = county_->zone.day_of(clock_.now());
            const auto holders = party::holders(tx, post, today);
            require(which < holders.size(), "the post is held");
            return staff(tx, holders[which], today);
        });
    }
    static access::ActingPerson staff(store::Transaction& tx, PartyId party, Day today) {
        access::ActingPerson who;
        who.kind = access::ActingPerson::Kind::staff;
        who.party = party;
        who.posts = party::held_posts(tx, party, today);
        return who;
    }

    PostId resolved(const std::string& selector) {
        return county_->database.read([&](store::Transaction& tx) {
            party::OwnerResolver posts(tx, town_->owners());
            party::SelectorContext context;
            context.place = household_;
            context.day = county_->zone.day_of(clock_.now());
            return posts.resolve(std::string_view(selector), context).post;
        });
    }

    PostId owner_of(MatterId id, std::int32_t part) {
        return county_->database.read([&](store::Transaction& tx) {
            for (const auto& row : matter::load_parts(tx, id))
                if (row.no == part) return row.owner;
            throw Bug("the part is there");
        });
    }

    void import(const std::string& expected) {
        const auto result = town_->matters().import_messages(*county_, access::ActingPerson::engine(),
                                                             messages_, {}, "request", "report");
        json::array refused, differing;
        for (const auto& one : result.refused)
            refused.push_back({{"line", one.line}, {"key", one.key}, {"reason", one.reason}});
        for (const auto& one : result.differing)
            differing.push_back({{"line", one.line}, {"key", one.key}, {"reason", one.reason}});
        imported_ = true;
        answer_.status = 200;
        answer_.body = json::serialize(json::object{{"taken_in", result.taken_in},
                                                    {"answered", result.answered},
                                                    {"known", result.known},
                                                    {"refused", refused},
                                                    {"differing", differing}});
        expect(expected.substr(3));
    }

    // Somebody new holds the post from today on.
    void fill(const std::string& selector) {
        const PostId post = resolved(selector);
        const auto engine = access::ActingPerson::engine();
        const Day today = county_->zone.day_of(clock_.now());
        const PlaceId seat =
            county_->database.read([&](store::Transaction& tx) { return party::load_post(tx, post)->place; });
        const auto person = town_->parties().add_person(
            *county_, engine, {"新人" + std::to_string(++people_), {}, {}, {}, seat, true});
        ASSERT_TRUE(person);
        const auto appointed = town_->parties().appoint(
            *county_, engine, {county_->new_id<HoldingNoun>(), post, *person, today, place::open_end(), {}});
        ASSERT_TRUE(appointed) << party::code_of(appointed.error());
    }

    // Its holder leaves today; the post is kept as "vacant".
    void vacate(const std::string& selector) {
        const PostId post = resolved(selector);
        kept_["vacant"] = post.text();
        county_->database.write([&](store::Transaction& tx) {
            const Day today = county_->zone.day_of(clock_.now());
            for (const auto& holding : party::holdings_of_post(tx, post, today))
                party::end_holding(tx, holding.id, today);
            party::bump_staffing_version(tx);
        });
    }

    PostId desk_of_unit(const std::string& key) {
        return county_->database.read([&](store::Transaction& tx) {
            const Day today = county_->zone.day_of(clock_.now());
            const auto unit = party::party_by_key(tx, key);
            require(unit.has_value(), "the unit is there");
            const auto party = party::load_party(tx, *unit);
            for (const auto& post : party::posts_at(tx, party->place, today))
                if (post.unit == unit && post.desk) return post.id;
            throw Bug("the unit has a desk");
        });
    }

    void become(const std::string& what) {
        std::istringstream in(what);
        std::string kind, name;
        std::int32_t part = 0;
        in >> kind >> name >> part;
        who_ = {};
        receipt_.clear();
        if (kind == "nobody") return;
        if (kind == "receipt") {
            std::string secret;
            std::istringstream(what.substr(what.find(name) + name.size())) >> secret;
            receipt_ = filled(name) + "." + filled(secret);
            return;
        }
        if (kind == "resident") {
            who_.kind = access::ActingPerson::Kind::resident;
            who_.receipt_matter = matter_of(name);
        } else if (kind == "owner") {
            who_ = holder_of(owner_of(matter_of(name), part));
        } else if (kind == "superior") {
            const PostId owner = owner_of(matter_of(name), 0);
            const auto above = county_->database.read([&](store::Transaction& tx) {
                return party::OwnerResolver(tx, town_->owners())
                    .answers_to(owner, county_->zone.day_of(clock_.now()));
            });
            require(above.has_value(), "the owner has a superior");
            who_ = holder_of(*above);
        } else if (kind == "post") {
            who_ = holder_of(resolved(name));
        } else if (kind == "stand_in") {
            const PostId post = resolved(name);
            const auto held = county_->database.read([&](store::Transaction& tx) {
                return party::holders(tx, post, county_->zone.day_of(clock_.now())).size();
            });
            require(held > 1, "somebody stands in");
            who_ = holder_of(post, held - 1);
        } else if (kind == "desk") {
            who_ = holder_of(desk_of_unit(name));
        } else if (kind == "voter") {
            who_ = county_->database.read([&](store::Transaction& tx) {
                party::OwnerResolver posts(tx, town_->owners());
                party::SelectorContext context;
                context.place = household_;
                context.day = county_->zone.day_of(clock_.now());
                const auto all = posts.all_of(std::string_view("representatives@village"), context);
                return staff(
                    tx,
                    party::holders(tx, all.at(static_cast<std::size_t>(std::stoi(name))), context.day)
                        .front(),
                    context.day);
            });
        } else {
            FAIL() << "nobody is called " << what;
        }
    }

    std::string filled(const std::string& text) {
        static const std::regex name(R"(\$([a-z_0-9]+)(?::([a-z_]+@?[a-z_]*))?)");
        std::string out;
        auto at = text.cbegin();
        for (std::sregex_iterator it(text.begin(), text.end(), name), end; it != end; ++it) {
            out.append(at, (*it)[0].first);
            at = (*it)[0].second;
            const std::string word = (*it)[1], arg = (*it)[2];
            if (word == "desk") {
                out += desk_of_unit(arg).text();
            } else if (word == "post") {
                out += resolved(arg).text();
            } else if (word == "holder" && !arg.empty()) {
                out += holder_of(resolved(arg)).party->text();
            } else if (kept_.contains(word)) {
                out += kept_.at(word) + (arg.empty() ? "" : ":" + arg);
            } else {
                out += (*it)[0];
            }
        }
        return out.append(at, text.cend());
    }

    void call(const std::string& verb, const std::string& rest) {
        const std::string text = filled(rest);
        const std::size_t space = text.find(' ');
        http::Request request;
        request.method = verb == "GET" ? http::Method::get : http::Method::post;
        std::string path = text.substr(0, space);
        if (const std::size_t mark = path.find('?'); mark != std::string::npos) {
            std::istringstream query(path.substr(mark + 1));
            for (std::string pair; std::getline(query, pair, '&');) {
                const std::size_t equals = pair.find('=');
                request.query.emplace(pair.substr(0, equals), pair.substr(equals + 1));
            }
            path.resize(mark);
        }
        request.path = path;
        if (space != std::string::npos) {
            request.body = text.substr(space + 1);
            request.headers.emplace("content-type", "application/json");
        }
        if (!key_.empty()) request.headers.emplace("idempotency-key", std::exchange(key_, ""));
        if (!known_.empty()) request.headers.emplace("if-none-match", std::exchange(known_, ""));
        if (!receipt_.empty()) request.headers.emplace("lianxin-receipt", receipt_);
        answer_ = api_.answer(request);
        boost::system::error_code no_json;
        if (const json::value body = json::parse(answer_.body, no_json); !no_json) expect_words(body, {});
    }

    // Whatever people read is in words, never the key of a word that is missing.
    static void expect_words(const json::value& value, std::string_view name) {
        static const std::regex key("[a-z_]+([.][a-z_]+)+");
        if (const auto* object = value.if_object())
            for (const auto& [member, below] : *object) expect_words(below, member);
        if (const auto* array = value.if_array())
            for (const auto& below : *array) expect_words(below, name);
        if (!value.is_string() || (!name.ends_with("title") && name != "shown")) return;
        const auto said = json::value_to<std::string>(value);
        EXPECT_FALSE(std::regex_match(said, key)) << said << " is shown as " << name;
    }

    std::string upload_photo() {
        static const std::string scan("\xFF\xD8\xFF\xDA\x00\x02picture\xFF\xD9", 15);
        http::Request request;
        request.method = http::Method::post;
        request.path = "/api/v1/uploads";
        request.body = scan;
        request.headers.emplace("content-type", "image/jpeg");
        answer_ = api_.answer(request);
        EXPECT_EQ(answer_.status, 201) << answer_.body;
        return json::value_to<std::string>(json::parse(answer_.body).at("id"));
    }

    void keep(const std::string& rest) {
        const std::size_t equals = rest.find(" = ");
        boost::system::error_code error;
        const json::value body = json::parse(answer_.body);
        const auto* found = body.find_pointer(rest.substr(equals + 3), error);
        ASSERT_NE(found, nullptr) << rest << " in " << answer_.body;
        kept_[rest.substr(0, equals)] =
            found->is_string() ? json::value_to<std::string>(*found) : json::serialize(*found);
    }

    static bool holds(const json::value& answer, const json::value& expected) {
        if (const auto* object = expected.if_object()) {
            const auto* there = answer.if_object();
            if (there == nullptr) return false;
            for (const auto& [key, value] : *object) {
                const auto* found = there->if_contains(key);
                if (found == nullptr || !holds(*found, value)) return false;
            }
            return true;
        }
        if (const auto* array = expected.if_array()) {
            const auto* there = answer.if_array();
            if (there == nullptr || (array->empty() && !there->empty())) return false;
            for (const auto& one : *array) {
                bool found = false;
                for (const auto& item : *there) found = found || holds(item, one);
                if (!found) return false;
            }
            return true;
        }
        return answer == expected;
    }

    void expect(const std::string& rest) {
        std::istringstream in(rest);
        int status = 0;
        in >> status;
        std::string body;
        std::getline(in >> std::ws, body);
        EXPECT_EQ(answer_.status, status) << answer_.body;
        if (body.empty()) return;
        const json::value expected = json::parse(filled(body));
        EXPECT_TRUE(holds(json::parse(answer_.body), expected))
            << "expected at least " << body << "\n got " << answer_.body;
    }

    // "NAME => KIND.STATE": the matter is of that kind and has come to this end of it.
    void ended(const std::string& rest) {
        const MatterId id = matter_of(rest.substr(0, rest.find(" => ")));
        const std::string end = county_->database.read([&](store::Transaction& tx) {
            const auto matter = matter::load_matter(tx, id);
            require(matter.has_value(), "the matter is there");
            const matter::PartRow whole = matter::load_parts(tx, id).front();
            return matter->row.workflow + "." + whole.state + (whole.ended ? "" : ", which is no end");
        });
        EXPECT_EQ(end, rest.substr(rest.find(" => ") + 4));
    }

    // "NAME CLOCK [PART] => 2024-05-21": the clock that runs there may run to the end of that day, or to an
    // instant.
    void due(const std::string& rest) {
        std::istringstream in(rest.substr(0, rest.find(" => ")));
        std::string name, clock;
        std::int32_t part = 0;
        in >> name >> clock >> part;
        const std::string expected = rest.substr(rest.find(" => ") + 4);
        const auto clocks = county_->database.read(
            [&](store::Transaction& tx) { return matter::load_clocks(tx, matter_of(name)); });
        const auto running = std::find_if(clocks.begin(), clocks.end(), [&](const auto& one) {
            return one.name == clock && one.part == part && !one.stopped_at;
        });
        ASSERT_NE(running, clocks.end()) << "no such clock runs: " << clock;
        const auto day = Day::parse(expected);
        EXPECT_EQ(county_->zone.text(running->due),
                  day ? county_->zone.text(county_->zone.end_of(*day)) : expected);
    }

    struct Projection {
        std::vector<matter::PartRow> parts;
        std::vector<matter::ClockRow> clocks;
        std::vector<matter::InvolvedRow> involved;
        std::vector<matter::RatingRow> ratings;
        std::vector<std::string> stays;
        std::vector<matter::LinkRow> links;
        std::optional<MatterId> merged_into;
        matter::Milestones milestones;
        std::int64_t version = 0;
        bool operator==(const Projection&) const = default;
    };
    Projection projection(MatterId id) {
        return county_->database.read([&](store::Transaction& tx) {
            const auto loaded = matter::load_matter(tx, id);
            require(loaded.has_value(), "the matter is there");
            return Projection{matter::load_parts(tx, id),
                              matter::load_clocks(tx, id),
                              matter::load_involved(tx, id),
                              matter::load_ratings(tx, id),
                              stays(tx, id),
                              matter::load_links(tx, id),
                              loaded->row.merged_into,
                              loaded->milestones,
                              loaded->row.version};
        });
    }
    static std::vector<std::string> stays(store::Transaction& tx, MatterId id) {
        std::vector<std::string> found;
        for (store::Row row : tx.query("select part, state, entered_at, left_at, late from stay where matter "
                                       "= $1 order by left_at, part, state",
                                       id)) {
            found.push_back(std::to_string(row.get<std::int64_t>(0)) + " " + row.get<std::string>(1) + " " +
                            std::to_string(row.get<std::int64_t>(2)) + " " +
                            std::to_string(row.get<std::int64_t>(3)) + " " +
                            std::to_string(row.get<std::int64_t>(4)));
        }
        return found;
    }
    void rebuild(const std::string& name) {
        const MatterId id = matter_of(name);
        const Projection before = projection(id);
        town_->matters().rebuild(*county_, id);
        EXPECT_TRUE(projection(id) == before) << "the entries do not make the same tables";
    }

    support::TemporaryDirectory directory_;
    support::TestDatabase database_;
    support::TestDatabase search_database_;
    support::TestDatabase counters_database_;
    std::unique_ptr<store::Database> keys_database_;
    ManualClock clock_;
    calendar::WorkingCalendar calendar_ = calendar::WorkingCalendar::china();
    IdSource ids_;
    std::unique_ptr<journal::KeyRing> keys_;
    std::unique_ptr<store::BlobStore> blobs_;
    std::optional<County> county_;
    std::optional<pack::Pack> pack_;
    std::optional<pack::Words> words_;
    std::unique_ptr<Town> town_;
    http::EventHub hub_;
    std::optional<LiveEvents> live_;
    std::map<std::string, std::shared_ptr<http::EventStream>> streams_;
    std::unique_ptr<Finding> finding_;
    std::unique_ptr<report::Counters> counters_;
    int steps_ = 0;
    http::Api api_;
    access::ActingPerson who_;
    http::Response answer_;
    PlaceId household_;
    std::map<std::string, std::string> kept_;
    bool imported_ = false;
    std::string messages_, key_, known_, receipt_, letters_;
    std::map<std::string, http::Response> remembered_;
    int people_ = 0, corrections_ = 0;
};

}  // namespace

void play(const fs::path& scenario, store::Dialect dialect, const std::string& pack) {
    Stage stage(dialect, pack);
    std::ifstream in(scenario);
    ASSERT_TRUE(in) << scenario;
    const std::string name = scenario.filename();
    int number = 0;
    std::string step;
    for (std::string line; std::getline(in, line);) {
        ++number;
        const std::size_t first = line.find_first_not_of(" \t");
        if (first == std::string::npos || line[first] == '#') continue;
        line.erase(0, first);
        if (line.ends_with('\\')) {
            step += line.substr(0, line.size() - 1);
            continue;
        }
        step += line;
        const testing::ScopedTrace trace(name.c_str(), number, step);
        stage.run(step);
        step.clear();
        if (testing::Test::HasFailure() || testing::Test::IsSkipped()) return;
    }
    const testing::ScopedTrace trace(name.c_str(), number, "the figures at the end");
    stage.check_figures();
}

}  // namespace lianxin::scenarios
