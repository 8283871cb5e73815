#include <algorithm>
#include <iostream>

#include "base/crypto.hpp"
#include "main/commands.hpp"
#include "main/county_home.hpp"
#include "main/town.hpp"
#include "party/party_store.hpp"
#include "place/place_store.hpp"

namespace lianxin {
namespace {

// Eighteen characters that cannot be mistaken for one another, 104 bits.
std::string new_password() {
    static constexpr std::string_view alphabet = "abcdefghjkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY3479-_=+.";
    const auto random = random_bytes(18);
    std::string password;
    for (const auto byte : random) password += alphabet[byte % alphabet.size()];
    return password;
}

ExitCode refuse(const Town& town, identity::IdentityRefusal code) {
    std::cerr << "lianxin: "
              << town.words().get(town.words().default_language(),
                                  "problem." + std::string(identity::code_of(code)))
              << '\n';
    return ExitCode::refused;
}

void show(const std::string& login, const std::string& password) {
    std::cout << "login     " << login << "\npassword  " << password
              << "\nIt is shown this once and must be changed at the first sign-in.\n";
}

struct Opened {
    explicit Opened(const AccountOptions& options)
        : home({options.data, {}, options.database, {}}, clock), town(home.words(), home.title(), "") {}
    SystemClock clock;
    CountyHome home;
    Town town;
};

// "KIND@PLACE" as the posts of that kind whose place or unit has this name, division code or plate code.
std::vector<party::PostView> posts_meant(Opened& opened, const std::string& kind, const std::string& where) {
    County& county = opened.home.county();
    const Day today = county.zone.day_of(county.clock.now());
    constexpr int all = 100'000;
    const PlaceId root = place::root_of(county);
    return county.database.read([&](store::Transaction& tx) {
        std::vector<party::PostView> meant;
        for (auto& view : party::load_post_views(tx, {root, today, true, kind, false, {}, all})) {
            const auto place = place::load_place(tx, view.post.place, today);
            const bool named = where.empty() || view.place_name == where || view.unit_name == where ||
                               (place && place->code && place->code->text() == where) ||
                               (place && place->short_code == where);
            if (named) meant.push_back(std::move(view));
        }
        return meant;
    });
}

void list(const std::vector<party::PostView>& views) {
    constexpr std::size_t most = 20;
    for (std::size_t i = 0; i < std::min(views.size(), most); ++i) {
        const auto& view = views[i];
        std::cerr << "  " << view.post.id.text() << "  " << view.post.kind << '@'
                  << (view.unit_name.empty() ? view.place_name : view.unit_name);
        for (const auto& holder : view.holders) std::cerr << "  " << holder.name;
        std::cerr << (view.holders.empty() ? "  (vacant)\n" : "\n");
    }
    if (views.size() > most) std::cerr << "  and " << views.size() - most << " more\n";
}

// The id of a post, or KIND@PLACE where that is one post; else what could have been meant is listed.
std::optional<PostId> post_meant(Opened& opened, const std::string& said) {
    if (const auto id = PostId::parse(said)) return id;
    const auto at = said.find('@');
    const std::string kind = said.substr(0, at), where = at == std::string::npos ? "" : said.substr(at + 1);
    const auto kinds = opened.home.county().database.read(
        [](store::Transaction& tx) { return party::load_offices(tx).posts; });
    if (kinds.find(kind) == nullptr) {
        std::cerr << "lianxin: --post takes the id of a post, or KIND@PLACE. Kinds are:\n";
        for (const auto& each : kinds.all()) std::cerr << "  " << each.name << '\n';
        return {};
    }
    const auto meant = posts_meant(opened, kind, where);
    if (meant.size() == 1) return meant.front().post.id;
    if (meant.empty()) {
        std::cerr
            << "lianxin: nothing called " << where << " has a post " << kind
            << ": write the place or department by its whole name, its division code or the code on its "
               "plate.\n";
        return {};
    }
    std::cerr << "lianxin: several posts are called " << said << "; say which by its id:\n";
    list(meant);
    return {};
}

// Whoever holds the post; a vacant one is filled with a new person of that name.
Result<PartyId, party::PartyRefusal> holder_of(Opened& opened, PostId post, const std::string& name) {
    County& county = opened.home.county();
    const auto engine = access::ActingPerson::engine();
    const Day today = county.zone.day_of(county.clock.now());
    const auto held = county.database.read([&](store::Transaction& tx) {
        return tx.value<PartyId>(
            "select party from holding where post = $1 and from_day <= $2 and until_day > $2", post,
            today.text());
    });
    // An account acts as whoever holds the post: nobody signs in under another's name.
    if (held && !name.empty()) return fail(party::PartyRefusal::post_has_holder);
    if (held) return *held;
    const auto seat = county.database.read([&](store::Transaction& tx) {
        return tx.value<PlaceId>("select place from post where id = $1", post);
    });
    if (!seat) return fail(party::PartyRefusal::post_not_found);
    const auto person = opened.town.parties().add_person(county, engine, {name, {}, {}, {}, *seat, true});
    if (!person) return fail(person.error());
    const auto holding =
        opened.town.parties().appoint(county, engine, {{}, post, *person, today, place::open_end(), {}});
    if (!holding) return fail(holding.error());
    return *person;
}

}  // namespace

ExitCode create_account(const AccountOptions& options) {
    Opened opened(options);
    const auto post = post_meant(opened, options.post);
    if (!post) return ExitCode::usage;
    const auto person = holder_of(opened, *post, options.name);
    if (!person) {
        std::cerr << "lianxin: "
                  << opened.home.words().get(opened.home.words().default_language(),
                                             "problem." + std::string(party::code_of(person.error())))
                  << '\n';
        return ExitCode::refused;
    }
    const auto password = new_password();
    const auto account = opened.town.identity().create_account(
        opened.home.county(), access::ActingPerson::engine(), options.login, *person, password, true);
    if (!account) return refuse(opened.town, account.error().code);
    show(options.login, password);
    return ExitCode::done;
}

ExitCode reset_password(const AccountOptions& options) {
    Opened opened(options);
    const auto password = new_password();
    const auto reset = opened.town.identity().reset_password(
        opened.home.county(), access::ActingPerson::engine(), options.login, password);
    if (!reset) return refuse(opened.town, reset.error().code);
    show(options.login, password);
    return ExitCode::done;
}

}  // namespace lianxin
