#include "matter/search_index_service.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <map>
#include <set>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "journal/follower.hpp"
#include "matter/matter_store.hpp"
#include "matter/timeline_service.hpp"
#include "matter/workflow.hpp"
#include "place/category_counts_store.hpp"
#include "place/place_service.hpp"

namespace lianxin::matter {

namespace {

using store::Transaction;

constexpr int longest_chain = 2000;
constexpr std::size_t longest_body = 200'000;  // octets; what goes beyond is in the matter, not in the index

// Ids of posts and places are written as digits: nobody searches for those.
bool says_something(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return (c < '0' || c > '9') && c != ' '; });
}

void collect(const boost::json::value& value, std::vector<std::string>& texts) {
    if (const auto* text = value.if_string()) {
        if (says_something(*text)) texts.emplace_back(*text);
    } else if (const auto* list = value.if_array()) {
        for (const auto& one : *list) collect(one, texts);
    }
}

// Many matters of a batch lie at one place.
class Lineages {
 public:
    Lineages(Transaction& tx, Day today) : tx_(tx), today_(today) {}
    [[nodiscard]] const place::Lineage& of(PlaceId place) {
        const auto [at, fresh] = known_.try_emplace(place);
        if (fresh) at->second = place::load_lineage(tx_, place, today_).value_or(place::Lineage{});
        return at->second;
    }

 private:
    Transaction& tx_;
    Day today_;
    std::map<PlaceId, place::Lineage> known_;
};

// Who may find it: those who list one of these places, or hold one of these posts, or are one of these
// people.
std::string scope_of(Transaction& tx, const LoadedMatter& matter, const std::vector<PartRow>& parts,
                     Lineages& lineages) {
    std::set<std::string> scope;
    const auto under = [&](const place::Lineage& lineage) {
        for (const PlaceId place : lineage.path()) scope.insert("p" + place.text());
    };
    under(lineages.of(matter.row.place));
    under(load_lineage_of(tx, matter.row.id));
    for (const PartRow& part : parts) scope.insert("o" + part.owner.text());
    if (matter.row.host) scope.insert("o" + matter.row.host->text());
    for (const InvolvedRow& involved : load_involved(tx, matter.row.id)) {
        if (involved.post) scope.insert("o" + involved.post->text());
        if (involved.party) scope.insert("y" + involved.party->text());
    }
    std::string text;
    for (const std::string& one : scope) text += (text.empty() ? "" : " ") + one;
    return text;
}

std::string seal_context(MatterId matter) {
    return "search.document." + matter.text();
}

// What is not known to be otherwise is personal.
bool is_personal(const Workflow* workflow, std::string_view name) {
    const auto field = workflow == nullptr ? std::nullopt : workflow->find_field(name);
    return !field || rule_at(workflow->fields, *field).personal;
}

std::vector<std::uint32_t> tokens_of(const std::string& body) {
    return likeness_tokens(body);
}

}  // namespace

ReadText read_text(const std::vector<journal::SealedEntry>& chain, journal::KeyRing& keys,
                   const Workflows& workflows) {
    ReadText read;
    Heading heading;
    for (const journal::SealedEntry& sealed : chain) {
        const journal::Entry entry = journal::unseal(sealed, keys);
        heading.read(entry);
        const WorkflowPtr workflow = workflows.by_hash(entry.header.workflow);
        for (const journal::Field& field : entry.fields) {
            const bool there =
                field.state != journal::FieldState::erased && field.state != journal::FieldState::key_erased;
            if (!there || !field.name.starts_with("f.")) continue;
            if (is_personal(workflow.get(), std::string_view(field.name).substr(2))) continue;
            boost::system::error_code error;
            const auto value = boost::json::parse(field.value, error);
            if (!error) collect(value, read.told);
        }
    }
    read.number = heading.value("number");
    read.subject = heading.value("subject");
    read.text = heading.value("text");
    return read;
}

std::string search_body(const ReadText& text, const pack::Scripts& scripts) {
    std::string all = text.number + "\n" + text.subject + "\n" + text.text;
    for (const std::string& told : text.told) {
        if (all.size() + told.size() > longest_body) break;
        all += "\n" + told;
    }
    return scripts.for_search(all);
}

std::string SearchIndex::opened(const County& county, const IndexedDocument& document) const {
    const auto plain =
        unseal(county.keys.purpose_key("search"), document.body, seal_context(document.matter));
    if (!plain) throw Fault("the search index was made under another key; remove it, and it is made anew");
    return {plain->begin(), plain->end()};
}

std::vector<SearchIndex::Fresh> SearchIndex::read(County& county,
                                                  const std::vector<MatterId>& matters) const {
    struct Found {
        LoadedMatter matter;
        bool told = false;
        std::string scope;
        std::vector<journal::SealedEntry> chain;
    };
    std::vector<Found> found;
    county.database.read([&](Transaction& tx) {
        found.clear();
        Lineages lineages(tx, county.zone.day_of(county.clock.now()));
        for (const MatterId id : matters) {
            auto matter = load_matter(tx, id);
            if (!matter) continue;
            const auto parts = load_parts(tx, id);
            const bool told =
                !parts.empty() && parts.front().phase >= static_cast<std::int32_t>(CountsAs::closed);
            std::string scope = scope_of(tx, *matter, parts, lineages);
            found.push_back({*std::move(matter), told, std::move(scope),
                             journal::load_chain(tx, {"matter", id.value()}, 0, longest_chain)});
        }
    });
    std::vector<Fresh> documents;
    for (const Found& one : found) {
        const ReadText text = read_text(one.chain, county.keys, workflows_);
        Fresh fresh;
        fresh.text = {one.matter.row.id, one.scope, search_body(text, scripts_)};
        fresh.category = one.matter.row.category;
        fresh.decided = one.matter.row.host.has_value() || one.told;
        // Without a category there is nothing to learn, nor was there: none is ever taken away.
        if (fresh.category)
            fresh.features =
                place::features_of(scripts_.for_search(text.subject), scripts_.for_search(text.text));
        documents.push_back(std::move(fresh));
    }
    return documents;
}

// What stood there is taken out first, token by token, category by category.
void SearchIndex::replace(Transaction& tx, const County& county, const std::vector<Fresh>& documents) const {
    TokenFrequencies frequencies = load_frequencies(tx);
    std::map<CategoryId, place::CategoryCounts> learned;
    const auto counts = [&](CategoryId category) -> place::CategoryCounts& {
        const auto [at, fresh] = learned.try_emplace(category);
        if (fresh) at->second = place::load_counts(tx, category);
        return at->second;
    };
    const SecretKey key = county.keys.purpose_key("search");
    bool touched = false;
    for (const Fresh& fresh : documents) {
        const auto before = load_document(tx, fresh.text.matter);
        IndexedDocument after{fresh.text.matter, fresh.text.scope, {}, fresh.category, {}};
        if (before) after.first_category = before->first_category;
        // A category other than the first was put there by the office.
        const bool decided = fresh.decided || (before && before->first_category != fresh.category);
        if (decided) after.learned = fresh.category;
        const std::string old = before ? opened(county, *before) : std::string();
        if (before && before->learned && before->learned != after.learned)
            place::count(counts(*before->learned), fresh.features, -1);
        if (after.learned && (!before || before->learned != after.learned))
            place::count(counts(*after.learned), fresh.features);
        if (before && old == fresh.text.body && before->scope == fresh.text.scope &&
            before->learned == after.learned)
            continue;
        if (before) {
            remove_words(tx, {fresh.text.matter, before->scope, old});
            frequencies.count(tokens_of(old), -1);
        }
        touched = true;
        add_words(tx, fresh.text);
        frequencies.count(tokens_of(fresh.text.body));
        after.body = seal(key, as_bytes(fresh.text.body), seal_context(fresh.text.matter));
        save_document(tx, after);
    }
    if (touched) save_frequencies(tx, frequencies);
    for (auto& [category, counted] : learned) {
        place::forget_rare(counted);
        place::save_counts(tx, category, counted);
    }
}

bool SearchIndex::advance(County& county, int batch) {
    if (heed_erasures(county)) return true;
    const std::int64_t cursor = index_.read([](Transaction& tx) { return journal::cursor_of(tx, follower); });
    const auto changed =
        county.database.read([&](Transaction& tx) { return changed_matters(tx, cursor, batch); });
    if (changed.until == cursor) return rescope(county, batch);
    const auto documents = read(county, changed.matters);
    index_.write([&](Transaction& tx) {
        if (!move_cursor(tx, follower, cursor, changed.until)) return;  // another server was faster
        replace(tx, county, documents);
    });
    return true;
}

std::int64_t SearchIndex::behind(County& county) const {
    const std::int64_t cursor = index_.read([](Transaction& tx) { return journal::cursor_of(tx, follower); });
    return county.database.read([](Transaction& tx) { return journal::last_position(tx); }) - cursor;
}

bool SearchIndex::heed_erasures(County& county) {
    const std::int64_t heeded = index_.read([](Transaction& tx) { return search_state(tx, "erasures"); });
    const std::int64_t listed = county.database.read([](Transaction& tx) { return erasures_so_far(tx); });
    if (listed == heeded) return false;
    index_.write([&](Transaction& tx) {
        empty_index(tx, follower);
        place::forget_counts(tx);
    });
    // Remembered last: a crash before leaves the work to be done again.
    scrub_();
    index_.write([&](Transaction& tx) { save_search_state(tx, "erasures", listed); });
    return true;
}

// The tree changed: matters lie under other places now. Walks through all of them, a batch at a time.
bool SearchIndex::rescope(County& county, int batch) {
    const std::int64_t tree = county.database.read([](Transaction& tx) { return place::tree_version(tx); });
    const auto [scoped, done] = index_.read(
        [](Transaction& tx) { return std::pair(search_state(tx, "tree"), search_state(tx, "rescoped")); });
    if (scoped == tree) return false;
    const auto matters =
        index_.read([&, from = done](Transaction& tx) { return documents_after(tx, MatterId(from), batch); });
    const auto documents = read(county, matters);
    index_.write([&, from = done](Transaction& tx) {
        if (search_state(tx, "rescoped") != from) return;
        replace(tx, county, documents);
        save_search_state(tx, "rescoped", matters.empty() ? 0 : matters.back().value());
        if (matters.empty()) save_search_state(tx, "tree", tree);
    });
    return true;
}

}  // namespace lianxin::matter
