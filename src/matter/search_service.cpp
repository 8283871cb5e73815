#include "matter/search_service.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>

#include "access/policy.hpp"
#include "base/text.hpp"
#include "journal/follower.hpp"
#include "matter/planner_service.hpp"
#include "matter/worklist_store.hpp"
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

// What the reader's posts, places and person may find; the matters themselves say who may read them.
std::vector<std::string> scopes_of(const ActingPerson& who) {
    std::vector<std::string> scopes;
    for (const PlaceId place : access::places_for(access::PlacePermission::list_matters, who))
        scopes.push_back("p" + place.text());
    for (const access::HeldPost& held : who.posts) scopes.push_back("o" + held.post.text());
    if (who.party) scopes.push_back("y" + who.party->text());
    return scopes;
}

// One hit, read on the snapshot; texts are opened outside it.
struct Hit {
    WorkRow row;
    std::string place_name, category_name;
    std::vector<PlaceId> path;
    std::optional<MatterId> merged_into;
    std::vector<journal::SealedEntry> chain;
};

// Reads hits as one reader may see them.
class Reading {
 public:
    Reading(Transaction& tx, County& county, const Surroundings& around, const ActingPerson& who)
        : tx_(tx), around_(around), who_(who), planner_(tx, county, around, county.clock.now()) {}

    // Nothing where there is none, or none for this reader.
    std::optional<Hit> hit(MatterId id) {
        auto rows = work_rows(tx_, {{{0}, id, 0}});
        if (rows.empty()) return {};
        auto path = path_of(rows.front().place);
        Hit hit{std::move(rows.front()), {}, {}, std::move(path), {}, {}};
        if (!may_read(hit)) return {};
        hit.place_name = name_of_place(hit.row.place);
        hit.merged_into = merged_into(tx_, id);
        if (hit.row.category) {
            if (!categories_) categories_ = around_.places.categories(tx_, planner_.today());
            if (const auto* category = categories_->find(*hit.row.category))
                hit.category_name = category->name;
        }
        hit.chain = journal::load_chain(tx_, {"matter", id.value()}, 0, 2000);
        return hit;
    }
    std::vector<PlaceId> path_of(PlaceId place) {
        std::vector<PlaceId> path;
        const auto lineage = place::load_lineage(tx_, place, planner_.today());
        if (!lineage) return {place};
        for (int level = 1; level <= place::max_level; ++level)
            if (lineage->has(level)) path.push_back(lineage->at(level));
        return path;
    }

 private:
    // Most are of the reader's own territory; for the others everything a relation can come from is loaded.
    bool may_read(const Hit& hit) {
        const auto workflow = around_.workflows.by_hash(hit.row.workflow_hash);
        const bool open = !hit.row.sealed_line && !(workflow && workflow->confidential);
        if (open && access::may_list_place(who_, hit.path)) return true;
        const Standing* matter = planner_.standing(hit.row.key.matter);
        return matter != nullptr &&
               access::may_read_matter(planner_.actor(who_, *matter).set, is_sealed(matter->row));
    }
    std::string name_of_place(PlaceId id) {
        const auto [known, fresh] = places_.try_emplace(id);
        if (fresh) {
            if (const auto place = place::load_place(tx_, id, planner_.today())) known->second = place->name;
        }
        return known->second;
    }

    Transaction& tx_;
    const Surroundings& around_;
    const ActingPerson& who_;
    Planner planner_;
    std::shared_ptr<const place::CategoryIndex> categories_;
    std::map<PlaceId, std::string> places_;
};

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

Result<Question, MatterRefusal> read_question(const ActingPerson& who, const SearchQuestion& asked,
                                              const pack::Scripts& scripts) {
    Question question;
    if (!is_valid_utf8(asked.q)) return fail(malformed("q"));
    question.words = words_of(scripts.for_search(asked.q));
    if (question.words.size() > most_words) question.words.resize(most_words);
    for (const std::string& word : question.words) {
        for (AskedToken& token : asked_tokens(word)) question.tokens.push_back(std::move(token));
    }
    if (question.tokens.empty()) return fail(malformed("q"));
    question.scopes = asked.place ? std::vector{"p" + asked.place->text()} : scopes_of(who);
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
    const auto read = read_question(who, asked, scripts);
    if (!read) return fail(read.error());
    Question question = *read;
    if (asked.place) {
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
    const auto scopes = scopes_of(who);
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
    std::sort(candidates.begin(), candidates.end());
    if (candidates.size() > most_read) candidates.resize(most_read);
    std::vector<Hit> hits;
    county.database.read([&](Transaction& tx) {
        hits.clear();
        Reading reading(tx, county, matters_.surroundings(), who);
        for (const auto& [weight, other] : candidates) {
            if (auto hit = reading.hit(other)) hits.push_back(*std::move(hit));
        }
    });
    const TokenWeights weights = weigh(subject, body, frequencies);
    std::vector<SimilarRow> rows;
    for (const Hit& hit : hits) {
        if (hit.merged_into == id || own->merged_into == hit.row.key.matter) continue;  // decided already
        const ReadText other = read_text(hit.chain, county.keys, matters_.surroundings().workflows);
        const auto found =
            likeness(weights, own->path, own->row.received_at,
                     weigh(scripts.for_search(other.subject), scripts.for_search(other.text), frequencies),
                     hit.path, hit.row.received_at);
        if (found.score() < worth_showing) continue;
        const auto apart = std::abs(county.zone.day_of(hit.row.received_at).number -
                                    county.zone.day_of(own->row.received_at).number);
        rows.push_back({row_of(hit, other, {}, scripts), found.score(), found.text, found.place >= 1, apart});
    }
    std::sort(rows.begin(), rows.end(), [](const SimilarRow& a, const SimilarRow& b) {
        return a.likeness != b.likeness ? a.likeness > b.likeness : a.row.id > b.row.id;
    });
    if (rows.size() > most_shown) rows.resize(most_shown);
    return rows;
}

}  // namespace lianxin::matter
