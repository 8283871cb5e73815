#include <algorithm>
#include <iostream>

#include "base/crypto.hpp"
#include "main/commands.hpp"
#include "main/county_home.hpp"
#include "main/town.hpp"

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
        : home({options.data, options.packs, options.database, options.pack}, clock),
          town(home.words(), home.title(), "") {
        town.settle(home.pack(), home.county());
    }
    SystemClock clock;
    CountyHome home;
    Town town;
};

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
    const auto post = PostId::parse(options.post);
    if (!post) {
        std::cerr << "lianxin: --post takes the id of a post, a number.\n";
        return ExitCode::usage;
    }
    Opened opened(options);
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
