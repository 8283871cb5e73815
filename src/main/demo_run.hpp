// main/demo_run.hpp — one run of a story: a line of moments, at each of which one telling is looked at as its
// people would look at it, and the first rule that fits is done by whoever may. Between moments the county's
// own clocks run, hour by hour.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <queue>
#include <set>
#include <string>
#include <vector>

#include "main/demo_cast.hpp"
#include "main/demo_player.hpp"
#include "main/demo_story.hpp"

namespace lianxin::demo {

class Run {
 public:
    Run(const DemoStage& stage, const Story& story, Cast& cast, Chance& chance, Instant end,
        DemoReport& report);
    void play();
    // How often each post did something.
    [[nodiscard]] const std::map<PostId, std::int64_t>& busy() const { return busy_; }

 private:
    struct Telling {
        const Text* text = nullptr;
        const Plan* plan = nullptr;
        const Channel* channel = nullptr;
        const std::vector<Rule>*rules = nullptr, *part_rules = nullptr;
        const Affair* affair = nullptr;  // nothing: a resident's telling
        std::optional<Subject> about;
        std::map<std::string, std::string, std::less<>> words;  // what {group}, {n}, … stand for here
        Cast::Spot spot;
        std::string subject, story, done;
        std::int64_t pace_tenths = 10;
        bool hurried = false;
        std::optional<MatterId> id;
        std::optional<matter::MatterView> seen;  // when it was last looked at
        std::map<std::string, std::int64_t, std::less<>> used;
        std::int64_t rated = 0;
        std::uint64_t scene = 0;  // which spot its pictures show
        bool told_again = false;
    };
    struct Moment {
        Instant at;
        std::size_t telling = 0;
        bool operator>(const Moment& other) const {
            return std::tie(at, telling) > std::tie(other.at, other.telling);
        }
    };
    struct Choice {
        const Rule* rule = nullptr;
        std::int32_t part = 0;
        std::string key;  // under which the use is counted
        PostId owner;
    };

    void prepare();
    [[nodiscard]] Telling new_telling();
    void prepare_affairs(Instant first);
    // The `turn`-th of its kind: the words and plans of an affair take turns.
    [[nodiscard]] Telling new_affair(const Affair& affair, std::size_t turn);
    void begin_about_notice(const std::string& affair, const matter::MatterView& seen);
    void settle_about(Telling& telling);
    void draw_words(Telling& telling);
    [[nodiscard]] static std::string filled(const std::string& text, const Telling& telling);
    void walk_to(Instant at);
    // When the first of the clocks that wake by then does.
    [[nodiscard]] std::optional<Instant> first_waking(Instant until);
    [[nodiscard]] Instant tick_from(Instant at) const;
    void look(std::size_t index);
    void take_in(Telling& telling);
    void set_category(Telling& telling, matter::NewMatter& asked);
    [[nodiscard]] std::optional<access::ActingPerson> taker(const Telling& telling);
    [[nodiscard]] matter::Reporter reporter(Telling& telling);

    // How it stands now; false when it cannot be looked at.
    [[nodiscard]] bool see(Telling& telling);
    [[nodiscard]] std::optional<Choice> choose(Telling& telling, const matter::MatterView& seen);
    [[nodiscard]] std::optional<Choice> choose_from(Telling& telling, const std::vector<Rule>& rules,
                                                    const matter::PartView& part, bool parts_done);
    [[nodiscard]] bool beyond_scope(const Telling& telling, const matter::PartView& part) const;
    [[nodiscard]] std::int64_t left(const Telling& telling, const Rule& rule, const std::string& key) const;
    [[nodiscard]] std::optional<access::ActingPerson> actor(const Telling& telling,
                                                            const matter::MatterView& seen,
                                                            const Choice& choice);
    void act(Telling& telling, const matter::MatterView& seen, const Choice& choice);
    // Something else than an action of the matter itself; false: it is one.
    [[nodiscard]] bool done_otherwise(const Rule& rule, const matter::MatterView& seen);
    void vote(const Rule& rule, const matter::MatterView& seen);
    // demo_run_fields.cpp
    [[nodiscard]] boost::json::object fields(Telling& telling, const Fields& named);
    [[nodiscard]] boost::json::value value(Telling& telling, const pack::Value& said);
    [[nodiscard]] boost::json::value source(Telling& telling, const std::string& text);
    [[nodiscard]] std::optional<boost::json::value> from_cast(const Telling& telling,
                                                              const std::string& text);
    [[nodiscard]] std::optional<boost::json::value> of_service(const Telling& telling,
                                                               const std::string& text) const;
    [[nodiscard]] boost::json::value rating(Telling& telling);
    [[nodiscard]] std::optional<std::int64_t> photo(const Telling& telling, bool after);

    void schedule(std::size_t index, const matter::MatterView& seen);
    // What follows from it: matters opened about it that the story has rules for, and the same told once
    // more.
    void follow_up(Telling& telling, const matter::MatterView& seen);
    [[nodiscard]] PostId concerned(MatterId matter);
    // The next instant at or after `at` when such people are about.
    [[nodiscard]] Instant awake(Instant at, bool office, bool hurried);
    void count();

    const DemoStage& stage_;
    const Story& story_;
    Cast& cast_;
    Chance& chance_;
    Instant end_;
    DemoReport& report_;
    Instant next_tick_;
    std::deque<Telling> tellings_;  // those that follow from others are added as the year goes by
    std::map<std::string, std::size_t, std::less<>> begun_;  // of each affair
    std::set<MatterId> followed_;
    const Plan plain_{};  // of what follows: every rule as often as it says itself
    std::priority_queue<Moment, std::vector<Moment>, std::greater<>> line_;
    std::map<PostId, std::int64_t> busy_;
};

}  // namespace lianxin::demo
