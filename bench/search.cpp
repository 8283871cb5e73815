// How long finding takes: real messages taken in through the use cases and indexed by the follower, then
// pages of search by words drawn from them, and proposals of what may be the same thing. In MULTIPLE the
// index alone holds them so many times over, to see what a large county asks of it.
//   bench_search MESSAGES.jsonl [MULTIPLE] [FOLDER]     from the project's folder
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "journal/journal.hpp"
#include "main/county_home.hpp"
#include "main/finding.hpp"

using namespace lianxin;

namespace {

using Steady = std::chrono::steady_clock;

double ms_since(Steady::time_point start) {
    return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

void print_times(const char* what, std::vector<double> took) {
    if (took.empty()) return;
    std::sort(took.begin(), took.end());
    std::printf("%-44s n %4zu  median %7.2f ms  p99 %7.2f ms  longest %7.2f ms\n", what, took.size(),
                took[took.size() / 2], took[took.size() * 99 / 100], took.back());
}

struct Message {
    std::string line, text;
};
std::vector<Message> read(const char* path) {
    std::ifstream file(path);
    std::vector<Message> messages;
    for (std::string line; std::getline(file, line);) {
        const auto json = boost::json::parse(line);
        boost::json::object kept;
        for (const char* key : {"id", "user", "subject", "at", "text"}) kept[key] = json.at(key);
        kept["reply"] = "已收悉，正在按程序办理。";
        kept["replied_at"] = json.at("at");
        messages.push_back({boost::json::serialize(kept), std::string(json.at("text").as_string())});
    }
    return messages;
}

// Words of two to four Han characters, anywhere in the messages.
std::vector<std::string> words_of(const std::vector<Message>& messages, std::size_t count,
                                  std::mt19937_64& random) {
    std::vector<std::string> words;
    while (words.size() < count) {
        const std::string text = fold(messages[random() % messages.size()].text);
        std::vector<std::string_view> pairs;
        each_token(text, [&](const Token& token) {
            if (token.kind == Token::Kind::pair) pairs.push_back(token.text);
            return true;
        });
        if (pairs.empty()) continue;
        const std::size_t at = random() % pairs.size();
        std::string word(pairs[at]);
        // The next pair goes on with this one's second character, unless something stood between.
        for (std::size_t more = random() % 3, i = at + 1; more > 0 && i < pairs.size(); --more, ++i) {
            const std::string_view first = first_code_points(pairs[i], 1);
            if (first.data() + first.size() != pairs[i - 1].data() + pairs[i - 1].size()) break;
            word += pairs[i].substr(first.size());
        }
        words.push_back(word);
    }
    return words;
}

access::ActingPerson leader_of(County& county) {
    access::ActingPerson who;
    who.kind = access::ActingPerson::Kind::staff;
    who.posts.push_back({PostId(1), "leader", place::root_of(county), {}, {"lead", "read_place"}});
    return who;
}

void multiply(CountyHome& home, const std::vector<Message>& messages, std::size_t multiple,
              const pack::Scripts& scripts) {
    std::vector<std::string> bodies;
    for (const Message& message : messages) bodies.push_back(scripts.for_search(message.text));
    const auto start = Steady::now();
    std::int64_t id = 1;  // older than every real one
    for (std::size_t copy = 1; copy < multiple; ++copy) {
        home.search_database().write([&, first = id](store::Transaction& tx) {
            std::int64_t next = first;
            for (const std::string& body : bodies)
                matter::add_words(tx, {MatterId(next++), "p1 p" + std::to_string(2 + next % 15), body});
        });
        id += static_cast<std::int64_t>(bodies.size());
    }
    const double each = ms_since(start) / static_cast<double>(std::max<std::int64_t>(1, id - 1)) * 1000;
    std::printf("%lld documents added, %.0f us each\n", static_cast<long long>(id - 1), each);
}

void measure_index(CountyHome& home, const std::vector<std::string>& words, const char* what) {
    for (const char* scope : {"p1", "p7"}) {
        std::vector<double> took;
        for (const std::string& word : words) {
            const auto start = Steady::now();
            const auto found = home.search_database().read([&](store::Transaction& tx) {
                return matter::find_words(tx, asked_tokens(word), {scope}, {}, 21);
            });
            took.push_back(ms_since(start));
        }
        print_times((std::string(what) + (scope[1] == '1' ? ", everywhere" : ", one of 15 places")).c_str(),
                    took);
    }
}

}  // namespace

int main(int count, char** arguments) try {
    if (count < 2) {
        std::fprintf(stderr, "usage: %s MESSAGES.jsonl [MULTIPLE] [FOLDER]   from the project's folder\n",
                     arguments[0]);
        return 2;
    }
    start_crypto();
    const std::size_t multiple = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1;
    const std::filesystem::path data = count > 3 ? arguments[3] : "build/bench-search";
    std::filesystem::remove_all(data);
    const SystemClock clock;
    CountyHome home({data, "packs", {}, "dayao"}, clock);
    Town town(home.words(), home.title(), "");
    town.settle(home.pack(), home.county());
    Finding finding(town, home.search_database(), home.scrub_search());
    County& county = home.county();
    const auto messages = read(arguments[1]);
    std::string lines;
    for (const Message& message : messages) lines += message.line + "\n";
    const auto imported = town.matters().import_messages(county, access::ActingPerson::engine(), lines, {},
                                                         "request", "report");
    std::printf("%zu messages taken in, %zu refused\n", imported.taken_in, imported.refused.size());
    journal::sequence(home.database());
    auto start = Steady::now();
    const auto processor = std::clock();
    while (finding.index().advance(county)) {
    }
    const double indexed = ms_since(start);
    const double used = static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC;
    std::printf("indexed in %.2f s: %.0f us a matter, %.0f us of processor; search.db %.1f MB\n",
                indexed / 1000, indexed * 1000 / static_cast<double>(imported.taken_in),
                used * 1e6 / static_cast<double>(imported.taken_in),
                static_cast<double>(std::filesystem::file_size(data / "search.db")) / 1e6);

    std::mt19937_64 random(8311);
    const auto words = words_of(messages, 500, random);
    const auto who = leader_of(county);
    std::vector<double> took;
    std::size_t rows = 0;
    std::vector<MatterId> found;
    for (const std::string& word : words) {
        start = Steady::now();
        const auto page = finding.search().search(county, who, {word, {}, {}, 20});
        took.push_back(ms_since(start));
        if (!page) throw Fault("a page was refused");
        if (page->rows.empty()) continue;  // of a message that was refused
        rows += page->rows.size();
        found.push_back(page->rows.front().id);
    }
    print_times("a page of search, rights and texts included", took);
    std::printf("  %.1f rows a page\n", static_cast<double>(rows) / static_cast<double>(words.size()));
    took.clear();
    found.resize(200);
    for (const MatterId id : found) {
        start = Steady::now();
        if (!finding.search().similar(county, who, id)) throw Fault("a matter cannot be read");
        took.push_back(ms_since(start));
    }
    print_times("what may be the same thing", took);
    if (multiple > 1) {
        const pack::Scripts scripts;
        multiply(home, messages, multiple, scripts);
        measure_index(home, words, "the index alone");
    }
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
