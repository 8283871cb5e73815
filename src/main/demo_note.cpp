#include "main/demo_note.hpp"

#include <array>
#include <fstream>
#include <optional>

#include "base/crypto.hpp"
#include "identity/identity_store.hpp"

namespace lianxin::demo {
namespace {

// One line of the note: login, password, digest and title, with tabs between them. A line without tabs is
// text.
struct Noted {
    std::string login, password, digest, title;
};

std::optional<Noted> noted(const std::string& line) {
    std::array<std::string, 4> parts;
    std::size_t part = 0;
    for (const char c : line) {
        if (c == '\t' && part + 1 < parts.size())
            ++part;
        else
            parts[part] += c;
    }
    if (part + 1 < parts.size()) return {};
    return Noted{parts[0], parts[1], parts[2], parts[3]};
}

std::string digest_of(const identity::Account& account) {
    return base64url(sha256(as_bytes(account.password)));
}

std::optional<identity::Account> open_account(County& county, const std::string& login) {
    auto account =
        county.database.read([&](store::Transaction& tx) { return identity::account_by_login(tx, login); });
    if (account && account->disabled_at) return {};
    return account;
}

}  // namespace

void keep_logins(const std::filesystem::path& note, County& county, const DemoReport& report) {
    std::ofstream file(note);
    file << describe(report) << '\n';
    for (const auto& login : report.logins) {
        const auto account = open_account(county, login.login);
        if (!account) continue;
        file << login.login << '\t' << login.password << '\t' << digest_of(*account) << '\t' << login.title
             << ", " << login.place << '\n';
    }
    for (const auto& voters : report.voters)
        file << "  " << voters.first << " … " << voters.last << " / " << voters.password
             << " to begin with   " << voters.title << ", " << voters.place << '\n';
    if (!file.flush()) throw Fault("The demo's logins could not be kept in " + note.string() + ".");
}

std::string told_logins(const std::filesystem::path& note, County& county) {
    std::ifstream file(note);
    std::string text, line;
    while (std::getline(file, line)) {
        const auto login = noted(line);
        if (!login) {
            text += line + "\n";
            continue;
        }
        const auto account = open_account(county, login->login);
        if (!account) continue;
        const bool unchanged = digest_of(*account) == login->digest;
        text += "  " + login->login + (unchanged ? " / " + login->password : "  (password changed)") + "   " +
                login->title + "\n";
    }
    return text;
}

}  // namespace lianxin::demo
