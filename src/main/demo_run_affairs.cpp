// What else the year brings: affairs are begun evenly from their first day to their last, so that some are
// under way when it ends; about a post, a vacancy or a notice.
#include <algorithm>

#include "main/demo_run.hpp"

namespace lianxin::demo {

void Run::prepare_affairs(Instant first) {
    constexpr std::int64_t day = 24 * 60;
    for (const Affair& affair : story_.affairs) {
        const std::int64_t step =
            (affair.until_day - affair.from_day) * day / std::max<std::int64_t>(1, affair.times - 1);
        for (std::int64_t turn = 0; turn < affair.times; ++turn) {
            const std::int64_t at = affair.from_day * day + step * turn + chance_.between(0, day);
            tellings_.push_back(new_affair(affair, static_cast<std::size_t>(turn)));
            line_.push({awake(first + std::chrono::minutes(at), true, false), tellings_.size() - 1});
        }
    }
}

Run::Telling Run::new_affair(const Affair& affair, std::size_t turn) {
    Telling telling;
    telling.affair = &affair;
    telling.text = &affair.said.at(turn % affair.said.size());
    telling.channel = &affair.channel;
    telling.plan = affair.plans.empty() ? &plain_ : &affair.plans[turn % affair.plans.size()];
    telling.rules = &affair.rules;
    telling.part_rules = &affair.part_rules;
    telling.scene = tellings_.size();
    telling.spot = cast_.spot(chance_);
    draw_words(telling);
    return telling;
}

// A few days after it was put up.
void Run::begin_about_notice(const std::string& affair, const matter::MatterView& seen) {
    const auto found = std::find_if(story_.affairs.begin(), story_.affairs.end(),
                                    [&](const Affair& each) { return each.name == affair; });
    if (found == story_.affairs.end() || seen.notices.empty()) {
        ++report_.refusals["begin " + affair + ": nothing hangs, or there is no such affair"];
        return;
    }
    Telling telling = new_affair(*found, begun_[affair]++);
    telling.about = Subject{"notice", seen.notices.back().value()};
    tellings_.push_back(std::move(telling));
    line_.push({awake(stage_.clock.now() + std::chrono::minutes(5), false, false), tellings_.size() - 1});
}

// Posts fall vacant and are filled: about which it is, is seen when it is begun.
void Run::settle_about(Telling& telling) {
    const std::string& about = telling.affair->about;
    const auto colon = about.find(':');
    if (colon == std::string::npos) return;
    const std::string what = about.substr(0, colon), which = about.substr(colon + 1);
    if (what == "post") {
        const auto door = cast_.above(telling.spot, cast_.lowest());
        if (const auto post = cast_.post(which, door.value_or(PlaceId())))
            telling.about = Subject{"post", post->value()};
    } else if (const auto vacant = cast_.vacancy(which)) {
        telling.about = Subject{"post", vacant->first.value()};
        telling.spot = cast_.spot_below(vacant->second, chance_);
        draw_words(telling);
    }
}

}  // namespace lianxin::demo
