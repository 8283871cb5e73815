#include "matter/search_service.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <functional>
#include <map>

#include "access/policy.hpp"
#include "base/text.hpp"
#include "journal/follower.hpp"
#include "matter/general_service.hpp"
#include "matter/readership_service.hpp"
#include "place/place_store.hpp"

namespace lianxin::matter {

namespace {

using access::ActingPerson;
using store::Transaction;

constexpr int largest_page = 50;
constexpr std::size_t most_words = 8;
constexpr std::size_t excerpt_before = 20, excerpt_length = 80;  // characters

// Candidates for likeness: the matter's rarest tokens are looked up, and what comes up most often is read.
constexpr std::size_t tokens_looked_up = 24;
constexpr int newest_of_each = 200;
constexpr std::size_t most_read = 40;
constexpr std::size_t most_shown = 10;

std::vector<std::string> words_of(const std::string& folded) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < folded.size();) {
        const auto end = std::min(folded.find(' ', at), folded.size());
        if (end > at) words.push_back(folded.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

// What the reader's posts, units, places and person may find; the matters themselves say who may read them.
std::vector<std::string> scopes_of(Transaction& tx, const ActingPerson& who) {
    std::vector<std::string> scopes;
    for (const PlaceId place : access::places_for(access::PlacePermission::list_matters, who))
        scopes.push_back("p" + place.text());
    for (const access::HeldPost& held : who.posts) scopes.push_back("o" + held.post.text());
    for (const PostId post : party::posts_of_units(tx, who.posts)) scopes.push_back("o" + post.text());
    if (who.party) scopes.push_back("y" + who.party->text());
    return scopes;
}

// One hit, read on the snapshot; texts are opened outside it.
struct Hit {
    WorkRow row;
    std::string place_name, category_name;
    Tone tone = Tone::neutral;
    std::vector<PlaceId> path;
    std::optional<MatterId> about;  // another matter
    std::vector<journal::SealedEntry> chain;
};

// Reads hits as one reader may see them.
class Reading {
 public:
    Reading(Transaction& tx, County& county, const Surroundings& around, const ActingPerson& who)
        : tx_(tx), around_(around), who_(who), view_(tx, county, around, who) {}

    // Nothing where there is none, or none for this reader.
    std::optional<Hit> hit(MatterId id) {
        auto seen = view_.seen(id);
        if (!seen) return {};
        Hit hit{std::move(seen->row), {}, {}, Tone::neutral, std::move(seen->path), {}, {}};
        if (const auto rules = around_.workflows.by_hash(hit.row.workflow_hash))
            hit.tone = tone_in(*rules, hit.row.machine, hit.row.state);
        hit.place_name = name_of_place(hit.row.place);
        hit.about = about_which(tx_, id);
        if (hit.row.category) {
            if (!categories_) categories_ = around_.places.categories(tx_, today());
            if (const auto* category = categories_->find(*hit.row.category))
                hit.category_name = category->name;
        }
        hit.chain = journal::load_chain(tx_, {"matter", id.value()}, 0, 2000);
        return hit;
    }
    // How this reader may bring one matter together with another.
    Joining joining(MatterId one, MatterId other) {
        const Standing* here = view_.planner().standing(one);
        const Standing* there = view_.planner().standing(other);
        if (here == nullptr || there == nullptr) return Joining::none;
        return joining_of(*here, view_.planner().actor(who_, *here).set, *there,
                          view_.planner().actor(who_, *there).set);
    }
    std::vector<PlaceId> path_of(PlaceId place) { return view_.path_of(place); }

 private:
    Day today() { return view_.planner().today(); }
    std::string name_of_place(PlaceId id) {
        const auto [known, fresh] = places_.try_emplace(id);
        if (fresh) {
            if (const auto place = place::load_place(tx_, id, today()))
                known->second = place::name_among_others(tx_, *place, today());
        }
        return known->second;
    }

    Transaction& tx_;
    const Surroundings& around_;
    const ActingPerson& who_;
    ReaderView view_;
    std::shared_ptr<const place::CategoryIndex> categories_;
    std::map<PlaceId, std::string> places_;
};

// On one page a matter stands before what is about it: newest first, a record would come before its matter.
void put_matters_first(std::vector<FoundRow>& rows) {
    std::vector<FoundRow> ordered;
    const auto take = [&](FoundRow& row) { ordered.push_back(std::move(row)); };
    const auto on_page = [&](const std::optional<MatterId>& about) {
        return about &&
               std::any_of(rows.begin(), rows.end(), [&](const FoundRow& row) { return row.id == *about; });
    };
    std::vector<bool> follows(rows.size());
    for (std::size_t at = 0; at < rows.size(); ++at) follows[at] = on_page(rows[at].about);
    const std::function<void(std::size_t)> take_with_its_own = [&](std::size_t at) {
        const MatterId id = rows[at].id;
        take(rows[at]);
        for (std::size_t other = 0; other < rows.size(); ++other)
            if (follows[other] && rows[other].about == id) take_with_its_own(other);
    };
    for (std::size_t at = 0; at < rows.size(); ++at)
        if (!follows[at]) take_with_its_own(at);
    rows = std::move(ordered);
}

std::string excerpt_of(std::string_view text, const std::string& word, const pack::Scripts& scripts) {
    const std::string flat = collapse(text);
    std::size_t from = 0;  // in characters
    // Simplifying keeps the count of characters but for rare phrases; an excerpt may begin one beside.
    const std::string searched = scripts.for_search(flat);
    if (const auto at = searched.find(word); at != std::string::npos && !word.empty()) {
        const std::size_t characters = code_points(std::string_view(searched).substr(0, at));
        from = characters > excerpt_before ? characters - excerpt_before : 0;
    }
    const std::size_t skipped = first_code_points(flat, from).size();
    const auto shown = first_code_points(std::string_view(flat).substr(skipped), excerpt_length);
    const bool more = skipped + shown.size() < flat.size();
    return (from > 0 ? "…" : "") + std::string(shown) + (more ? "…" : "");
}

FoundRow row_of(const Hit& hit, const ReadText& text, const std::string& word, const pack::Scripts& scripts) {
    FoundRow row;
    row.id = hit.row.key.matter;
    row.about = hit.about;
    row.number = hit.row.number;
    row.subject = text.subject;
    row.excerpt = excerpt_of(text.text, word, scripts);
    row.workflow = hit.row.workflow;
    row.subkind = hit.row.subkind;
    row.category = hit.row.category;
    row.category_name = hit.category_name;
    row.place = hit.row.place;
    row.place_name = hit.place_name;
    row.state = hit.row.state;
    row.phase = name_of(static_cast<CountsAs>(hit.row.phase));
    row.tone = hit.tone;
    row.received_at = hit.row.received_at;
    return row;
}

struct Question {
    std::vector<std::string> words;
    std::vector<AskedToken> tokens;
    std::vector<std::string> scopes;
    std::optional<MatterId> before;
};

MatterRefusal malformed(const char* field) {
    return {MatterRule::invalid, {}, {{field, "malformed", 0, {}}}, {}};
}

Result<Question, MatterRefusal> read_question(const SearchQuestion& asked, const pack::Scripts& scripts) {
    Question question;
    if (!is_valid_utf8(asked.q)) return fail(malformed("q"));
    question.words = words_of(scripts.for_search(asked.q));
    if (question.words.size() > most_words) question.words.resize(most_words);
    for (const std::string& word : question.words) {
        for (AskedToken& token : asked_tokens(word)) question.tokens.push_back(std::move(token));
    }
    if (question.tokens.empty()) return fail(malformed("q"));
    if (asked.place) question.scopes = {"p" + asked.place->text()};
    if (!asked.after.empty()) {
        question.before = MatterId::parse(asked.after);
        if (!question.before) return fail(malformed("after"));
    }
    return question;
}

// Numbers of a text: how much each token says here, with the token as the index knows it.
std::vector<std::pair<float, AskedToken>> telling_tokens(const std::string& searched,
                                                         const TokenFrequencies& frequencies) {
    std::map<std::string, float> tokens;
    each_token(searched, [&](const Token& token) {
        if (token.kind != Token::Kind::last)
            tokens[std::string(token.text)] = frequencies.rarity(token_bucket(token.text, likeness_bits));
        return true;
    });
    std::vector<std::pair<float, AskedToken>> telling;
    for (const auto& [text, rarity] : tokens) telling.push_back({rarity, {text, false}});
    std::stable_sort(telling.begin(), telling.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    return telling;
}

}  // namespace

Result<SearchPage, MatterRefusal> SearchService::search(County& county, const ActingPerson& who,
                                                        const SearchQuestion& asked) {
    if (who.kind != ActingPerson::Kind::staff)
        return fail(MatterRefusal{MatterRule::not_allowed, {}, {}, {}});
    const pack::Scripts& scripts = index_.scripts();
    const auto read = read_question(asked, scripts);
    if (!read) return fail(read.error());
    Question question = *read;
    if (!asked.place) {
        question.scopes = county.database.read([&](Transaction& tx) { return scopes_of(tx, who); });
    } else {
        const auto path = county.database.read([&](Transaction& tx) {
            return Reading(tx, county, matters_.surroundings(), who).path_of(*asked.place);
        });
        if (!access::may_list_place(who, path)) return fail(MatterRefusal{});
    }
    const auto limit = static_cast<std::size_t>(std::clamp(asked.limit, 1, largest_page));
    SearchPage page;
    bool more = !question.scopes.empty();
    while (more && page.rows.size() < limit) {
        const auto ids = index_.store().read([&](Transaction& tx) {
            return find_words(tx, question.tokens, question.scopes, question.before,
                              static_cast<int>(limit) + 1);
        });
        more = ids.size() > limit;
        std::vector<Hit> hits;
        county.database.read([&](Transaction& tx) {
            hits.clear();
            Reading reading(tx, county, matters_.surroundings(), who);
            for (const MatterId id : ids)
                if (auto hit = reading.hit(id)) hits.push_back(*std::move(hit));
        });
        if (!ids.empty()) question.before = ids.back();
        for (const Hit& hit : hits) {
            const ReadText text = read_text(hit.chain, county.keys, matters_.surroundings().workflows);
            const std::string body = search_body(text, scripts);
            const bool all =
                std::all_of(question.words.begin(), question.words.end(),
                            [&](const std::string& word) { return body.find(word) != std::string::npos; });
            if (!all) continue;
            if (page.rows.size() == limit) {
                page.next = page.rows.back().id.text();
                more = false;
                break;
            }
            page.rows.push_back(row_of(hit, text, question.words.front(), scripts));
        }
        if (more && page.rows.size() == limit) page.next = page.rows.back().id.text();
    }
    put_matters_first(page.rows);
    const std::int64_t cursor =
        index_.store().read([](Transaction& tx) { return journal::cursor_of(tx, SearchIndex::follower); });
    page.behind = county.database.read([&](Transaction& tx) { return journal::last_position(tx) - cursor; });
    return page;
}

Result<std::vector<SimilarRow>, MatterRefusal> SearchService::similar(County& county, const ActingPerson& who,
                                                                      MatterId id) {
    if (who.kind != ActingPerson::Kind::staff) return fail(MatterRefusal{});
    const pack::Scripts& scripts = index_.scripts();
    const auto own = county.database.read(
        [&](Transaction& tx) { return Reading(tx, county, matters_.surroundings(), who).hit(id); });
    if (!own) return fail(MatterRefusal{});
    const ReadText text = read_text(own->chain, county.keys, matters_.surroundings().workflows);
    const auto scopes = county.database.read([&](Transaction& tx) { return scopes_of(tx, who); });
    const TokenFrequencies frequencies =
        index_.store().read([](Transaction& tx) { return load_frequencies(tx); });
    const std::string subject = scripts.for_search(text.subject), body = scripts.for_search(text.text);
    auto telling = telling_tokens(subject + "\n" + body, frequencies);
    if (telling.size() > tokens_looked_up) telling.resize(tokens_looked_up);
    std::map<MatterId, float> shared;
    index_.store().read([&](Transaction& tx) {
        shared.clear();
        for (const auto& [rarity, token] : telling) {
            for (const MatterId other : find_words(tx, {token}, scopes, {}, newest_of_each))
                if (other != id) shared[other] += rarity;
        }
    });
    std::vector<std::pair<float, MatterId>> candidates;
    for (const auto& [other, weight] : shared) candidates.emplace_back(-weight, other);
    // Of what shares as much the newest: a trouble that comes back every year is looked for among this
    // year's.
    std::sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : a.second > b.second;
    });
    if (candidates.size() > most_read) candidates.resize(most_read);
    std::vector<std::pair<Hit, Joining>> hits;
    county.database.read([&](Transaction& tx) {
        hits.clear();
        Reading reading(tx, county, matters_.surroundings(), who);
        for (const auto& [weight, other] : candidates) {
            const Joining joining = reading.joining(id, other);
            if (joining == Joining::none) continue;  // nothing this person could do with it
            if (auto hit = reading.hit(other)) hits.emplace_back(*std::move(hit), joining);
        }
    });
    const TokenWeights weights = weigh(subject, body, frequencies);
    std::vector<SimilarRow> rows;
    for (const auto& [hit, joining] : hits) {
        const ReadText other = read_text(hit.chain, county.keys, matters_.surroundings().workflows);
        const auto found =
            likeness(weights, own->path, own->row.received_at,
                     weigh(scripts.for_search(other.subject), scripts.for_search(other.text), frequencies),
                     hit.path, hit.row.received_at);
        if (found.score() < worth_showing) continue;
        const auto apart = std::abs(county.zone.day_of(hit.row.received_at).number -
                                    county.zone.day_of(own->row.received_at).number);
        rows.push_back({row_of(hit, other, {}, scripts), found.score(), found.text, found.place >= 1, apart,
                        joining == Joining::merge});
    }
    std::sort(rows.begin(), rows.end(), [](const SimilarRow& a, const SimilarRow& b) {
        return a.likeness != b.likeness ? a.likeness > b.likeness : a.row.id > b.row.id;
    });
    if (rows.size() > most_shown) rows.resize(most_shown);
    return rows;
}

}  // namespace lianxin::matter
