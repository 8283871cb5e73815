#include "main/demo_logins.hpp"

#include <algorithm>
#include <set>

#include "place/place_store.hpp"

namespace lianxin::demo {
namespace {

// A door that the post serves: what somebody has to type for a request to reach it.
std::string door_of(const DemoStage& stage, const Login& login, Cast& cast, const Cast::Seat& seat) {
    if (login.serves.empty()) return {};
    const auto doors = stage.county.database.read([&](store::Transaction& tx) {
        return place::load_children(tx,
                                    {seat.at, stage.county.zone.day_of(stage.clock.now()), true, {}, 500});
    });
    for (const auto& door : doors)
        if (cast.post(login.serves, door.id) == seat.post) return " " + door.name;
    return {};
}

class LoginMaker {
 public:
    LoginMaker(const DemoStage& stage, const DemoOptions& options, Cast& cast,
               const std::map<PostId, std::int64_t>& busy, DemoReport& report)
        : stage_(stage), options_(options), cast_(cast), busy_(busy), report_(report) {}

    void open(const Login& login) {
        const auto seat = best_seat(login);
        if (!seat) {
            ++report_.refusals["login " + login.name + ": nobody holds such a post"];
            return;
        }
        const std::string title = title_of(login.post);
        if (const auto known = logins_.find(seat->party); known != logins_.end()) {
            auto& titles = report_.logins.at(known->second).title;
            if (titles.find(title) == std::string::npos) titles += "、" + title;
            return;
        }
        logins_.emplace(seat->party, report_.logins.size());
        make_account(login.name, seat->party);
        report_.logins.push_back({login.name, options_.password, title, seat->name,
                                  seated_at(*seat) + door_of(stage_, login, cast_, *seat)});
    }

    // As many of those who may vote as the quorum asks for, beside whoever has a login already.
    void let_vote(const matter::BallotRule& ballot) {
        const std::string selector = ballot.electorate.post_kind + "@" + ballot.electorate.level;
        if (!bottom_) return;
        const auto voters = cast_.electorate(selector, *bottom_);
        const auto whole = static_cast<std::int64_t>(voters.size());
        std::int64_t needed = 0;
        while (needed < whole && !ballot.quorum.reached(needed, whole)) ++needed;
        std::int64_t& ready = ready_[selector];
        for (const Cast::Seat& voter : voters) {
            if (ready >= needed) return;
            ++ready;
            if (logins_.contains(voter.party)) continue;
            logins_.emplace(voter.party, report_.logins.size());
            add_voter(selector, voter);
        }
    }

 private:
    // All on one line: of the first kind the busiest seat, of the others what stands above or beside it.
    std::optional<Cast::Seat> best_seat(const Login& login) {
        auto seats = cast_.seats(login.post, login.at);
        if (line_) {
            const auto beside = [&](const Cast::Seat& seat) { return !line_->within(seat.at); };
            if (!std::all_of(seats.begin(), seats.end(), beside)) std::erase_if(seats, beside);
        }
        const auto best = std::max_element(seats.begin(), seats.end(),
                                           [&](const auto& a, const auto& b) { return deeds(a) < deeds(b); });
        if (best == seats.end()) return {};
        if (!line_) {
            bottom_ = best->at;
            line_ = stage_.county.database.read(
                [&](store::Transaction& tx) { return place::load_lineage(tx, best->at, today()); });
        }
        return *best;
    }

    void add_voter(const std::string& selector, const Cast::Seat& voter) {
        const std::string kind = cast_.kind_of(voter.post);
        const std::string login = kind + "-" + std::to_string(++numbers_[kind]);
        make_account(login, voter.party);
        const auto [known, fresh] = lines_.try_emplace(selector, report_.voters.size());
        if (fresh)
            report_.voters.push_back({login, login, options_.password, title_of(kind), seated_at(voter)});
        report_.voters.at(known->second).last = login;
    }

    void make_account(const std::string& login, PartyId party) {
        const auto made = stage_.town.identity().create_account(stage_.county, access::ActingPerson::engine(),
                                                                login, party, options_.password, false);
        if (!made)
            ++report_.refusals["login " + login + ": " + std::string(identity::code_of(made.error().code))];
    }

    std::int64_t deeds(const Cast::Seat& seat) const {
        const auto found = busy_.find(seat.post);
        return found == busy_.end() ? 0 : found->second;
    }
    std::string title_of(const std::string& kind) const {
        const auto& words = stage_.town.words();
        return words.get(words.default_language(), "post.kind." + kind);
    }
    static std::string seated_at(const Cast::Seat& seat) {
        return seat.unit.empty() ? seat.place : seat.place + " " + seat.unit;
    }
    Day today() const { return stage_.county.zone.day_of(stage_.clock.now()); }

    const DemoStage& stage_;
    const DemoOptions& options_;
    Cast& cast_;
    const std::map<PostId, std::int64_t>& busy_;
    DemoReport& report_;
    std::optional<PlaceId> bottom_;
    std::optional<place::Lineage> line_;
    std::map<PartyId, std::size_t> logins_;  // whoever holds two posts signs in once
    std::map<std::string, std::int64_t> ready_, numbers_;
    std::map<std::string, std::size_t> lines_;
};

}  // namespace

std::vector<Login> a_login_for_every_post(const std::vector<party::PostKind>& posts,
                                          const place::Kinds& places) {
    struct Placed {
        Login login;
        int level = 0;
    };
    std::vector<Placed> all;
    for (const party::PostKind& kind : posts) {
        for (const party::Seat& seat : kind.at) {
            const auto* place = seat.of == party::Seat::Of::place ? places.find(seat.kind) : nullptr;
            const std::string name = kind.name + (kind.at.size() > 1 ? "-" + seat.kind : "");
            all.push_back({{name, kind.name, seat.kind, ""}, place == nullptr ? 0 : place->level});
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.level > b.level; });
    std::vector<Login> logins;
    for (Placed& each : all) logins.push_back(std::move(each.login));
    return logins;
}

void make_logins(const DemoStage& stage, const DemoOptions& options, const std::vector<Login>& wanted,
                 Cast& cast, const std::map<PostId, std::int64_t>& busy, DemoReport& report) {
    LoginMaker maker(stage, options, cast, busy, report);
    for (const Login& login : wanted) maker.open(login);
    for (const auto& workflow : stage.town.workflows().all_current())
        for (const auto& ballot : workflow->ballots) maker.let_vote(ballot);
}

}  // namespace lianxin::demo
