#include "party/owner_resolver_store.hpp"

#include <algorithm>

#include "party/party_store.hpp"
#include "place/place_store.hpp"

namespace lianxin::party {
namespace {

using store::Row;

// More than a county of 24,000 doors asks for in a day.
constexpr std::size_t most_entries = 200'000;

constexpr std::string_view held_condition =
    "(p.desk = 1 or exists (select 1 from holding h where h.post = p.id and h.from_day <= $1 and $1 < "
    "h.until_day)) ";

constexpr std::string_view versions =
    "select s.version + t.version from territory_version s join territory_version t on t.name = 'tree' where "
    "s.name = 'staffing'";

std::string key_of(const Selector& selector, const SelectorContext& context) {
    const auto number = [](const auto& id) { return id ? std::to_string(id->value()) : std::string(); };
    std::string key = selector.text();
    key += ' ' + std::to_string(context.place.value()) + ' ' + std::to_string(context.day.number);
    using Shape = Selector::Shape;
    if (selector.shape == Shape::leader_of || selector.shape == Shape::superior_of) {
        key += ' ' + number(context.owner) + ' ' + number(context.host) + ' ' + number(context.rung);
    }
    return key;
}

std::optional<ResolvedOwner> first_post(store::Rows rows) {
    for (const Row row : rows) return ResolvedOwner{row.get<PostId>(0), row.get<PlaceId>(1), true};
    return {};
}

}  // namespace

std::int64_t staffing_version(store::Transaction& tx) {
    return tx.value<std::int64_t>(versions).value_or(0);
}

void OwnerCache::turn_to(std::int64_t version) {
    if (version_ == version && entries_.size() + posts_.size() < most_entries) return;
    if (version_ != version) {
        offices_.reset();
        selectors_.clear();
    }
    version_ = version;
    entries_.clear();
    posts_.clear();
}

std::optional<OwnerCache::Answer> OwnerCache::find(const std::string& key, std::int64_t version) {
    const std::lock_guard lock(mutex_);
    if (version_ != version) return {};
    const auto it = entries_.find(key);
    if (it == entries_.end()) return {};
    return it->second;
}

void OwnerCache::keep(const std::string& key, std::int64_t version, const Answer& answer) {
    const std::lock_guard lock(mutex_);
    turn_to(version);
    entries_.insert_or_assign(key, answer);
}

std::optional<std::optional<Post>> OwnerCache::post(PostId id, std::int64_t version) {
    const std::lock_guard lock(mutex_);
    if (version_ != version) return {};
    const auto it = posts_.find(id.value());
    if (it == posts_.end()) return {};
    return it->second;
}

void OwnerCache::keep_post(PostId id, std::int64_t version, const std::optional<Post>& post) {
    const std::lock_guard lock(mutex_);
    turn_to(version);
    posts_.insert_or_assign(id.value(), post);
}

std::shared_ptr<const Offices> OwnerCache::offices(std::int64_t version) {
    const std::lock_guard lock(mutex_);
    return version_ == version ? offices_ : nullptr;
}

void OwnerCache::keep_offices(std::int64_t version, std::shared_ptr<const Offices> offices) {
    const std::lock_guard lock(mutex_);
    turn_to(version);
    offices_ = std::move(offices);
}

std::shared_ptr<const Selector> OwnerCache::selector(std::string_view text, std::int64_t version) {
    const std::lock_guard lock(mutex_);
    if (version_ != version) return nullptr;
    const auto it = selectors_.find(text);
    return it == selectors_.end() ? nullptr : it->second;
}

void OwnerCache::keep_selector(std::string_view text, std::int64_t version,
                               std::shared_ptr<const Selector> parsed) {
    const std::lock_guard lock(mutex_);
    turn_to(version);
    selectors_.insert_or_assign(std::string(text), std::move(parsed));
}

OwnerResolver::OwnerResolver(store::Transaction& tx, OwnerCache& cache) : tx_(tx), cache_(cache) {
    tx_.ahead(versions);
}

std::int64_t OwnerResolver::version() {
    if (!version_) version_ = staffing_version(tx_);
    return *version_;
}

const Offices& OwnerResolver::offices() {
    if (!offices_) offices_ = cache_.offices(version());
    if (!offices_) {
        offices_ = std::make_shared<const Offices>(load_offices(tx_));
        cache_.keep_offices(version(), offices_);
    }
    return *offices_;
}

std::shared_ptr<const Selector> OwnerResolver::parsed(std::string_view text) {
    if (auto known = cache_.selector(text, version())) return known;
    auto selector = parse_selector(text, offices());
    require(selector.has_value(), "a selector in use was proved when its pack was taken in");
    auto parsed = std::make_shared<const Selector>(std::move(*selector));
    cache_.keep_selector(text, version(), parsed);
    return parsed;
}

std::optional<ResolvedOwner> OwnerResolver::resolve_exactly(const Selector& selector,
                                                            const SelectorContext& context) {
    const auto key = key_of(selector, context);
    if (const auto kept = cache_.find(key, version())) return *kept;
    const auto found = look_up(selector, context);
    cache_.keep(key, version(), found);
    return found;
}

std::optional<ResolvedOwner> OwnerResolver::resolve_exactly(std::string_view selector,
                                                            const SelectorContext& context) {
    return resolve_exactly(*parsed(selector), context);
}

ResolvedOwner OwnerResolver::resolve(const Selector& selector, const SelectorContext& context) {
    if (const auto exact = resolve_exactly(selector, context)) return *exact;
    const auto key = "desk for " + key_of(selector, context);
    if (const auto kept = cache_.find(key, version())) return **kept;
    auto desk = desk_instead(selector, context);
    desk.exact = false;
    cache_.keep(key, version(), desk);
    return desk;
}

ResolvedOwner OwnerResolver::resolve(std::string_view selector, const SelectorContext& context) {
    return resolve(*parsed(selector), context);
}

std::optional<ResolvedOwner> OwnerResolver::look_up(const Selector& selector,
                                                    const SelectorContext& context) {
    using Shape = Selector::Shape;
    switch (selector.shape) {
        case Shape::post_at_place:
            return at_place(selector, context);
        case Shape::post_by_liaison:
            return by_liaison(selector, context);
        case Shape::post_at_unit:
        case Shape::post_at_station:
        case Shape::station_at_place:
            return on_path(selector, context);
        case Shape::leader_of:
            return leader(selector, context);
        case Shape::superior_of:
            return above(selector.seat == "host" ? context.host : context.owner, context.day);
        case Shape::all_posts_under:
            break;
    }
    const auto all = all_of(selector, context);
    if (all.empty()) return {};
    const auto first = post(all.front());
    return ResolvedOwner{first->id, first->place, true};
}

std::optional<ResolvedOwner> OwnerResolver::at_place(const Selector& selector,
                                                     const SelectorContext& context) {
    const auto lineage = place::load_lineage(tx_, context.place, context.day);
    if (!lineage || !lineage->has(selector.level)) return {};
    static const std::string sql =
        "select p.id, p.place from post p where p.place = $2 and p.kind = $3 and p.unit is null and "
        "p.station is null and "
        "p.from_day <= $1 and $1 < p.until_day and " +
        std::string(held_condition) + "order by p.position, p.id limit 1";
    const auto day = context.day.text();
    return first_post(tx_.query(sql, day, lineage->at(selector.level), selector.post));
}

std::optional<ResolvedOwner> OwnerResolver::by_liaison(const Selector& selector,
                                                       const SelectorContext& context) {
    const auto lineage = place::load_lineage(tx_, context.place, context.day);
    if (!lineage || !lineage->has(selector.level)) return {};
    const auto day = context.day.text();
    static const std::string tail = "p.kind = $4 and p.from_day <= $1 and $1 < p.until_day and " +
                                    std::string(held_condition) + "order by l.id limit 1";
    static const std::string to_place =
        "select p.id, p.place from liaison l join post p on p.id = l.from_id where l.rule = $2 and l.to_id = "
        "$3 and "
        "l.from_of = 'post' and l.from_day <= $1 and $1 < l.until_day and " +
        tail;
    static const std::string from_place =
        "select p.id, p.place from liaison l join post p on p.id = l.to_id where l.rule = $2 and l.from_id = "
        "$3 and "
        "l.to_of = 'post' and l.from_day <= $1 and $1 < l.until_day and " +
        tail;
    const auto place = lineage->at(selector.level);
    if (auto found = first_post(tx_.query(to_place, day, selector.rule, place, selector.post))) return found;
    return first_post(tx_.query(from_place, day, selector.rule, place, selector.post));
}

// The deepest unit, team or station of the kind on the way from the place up to the root.
std::optional<ResolvedOwner> OwnerResolver::on_path(const Selector& selector,
                                                    const SelectorContext& context) {
    const auto lineage = place::load_lineage(tx_, context.place, context.day);
    if (!lineage) return {};
    const auto day = context.day.text();
    static const std::string on_way =
        "p.place in ($2, $3, $4, $5, $6, $7, $8) and p.from_day <= $1 and $1 < p.until_day and " +
        std::string(held_condition);
    static const std::string unit =
        "select p.id, p.place from post p join party u on u.id = p.unit and u.unit_kind = $9 join place t on "
        "t.id = p.place "
        "where p.kind = $10 and " +
        on_way + "order by t.level desc, p.position, p.id limit 1";
    static const std::string station =
        "select p.id, p.place from post p join station s on s.id = p.station and s.kind = $9 join place t on "
        "t.id = p.place "
        "where p.kind = $10 and " +
        on_way + "order by t.level desc, p.position, p.id limit 1";
    static const std::string any_station =
        "select p.id, p.place from post p join post_kind k on k.name = p.kind where p.place = $2 and "
        "p.station is not null "
        "and p.from_day <= $1 and $1 < p.until_day and " +
        std::string(held_condition) + "order by k.leader desc, p.position, p.id limit 1";
    if (selector.shape == Selector::Shape::station_at_place) {
        if (!lineage->has(selector.level)) return {};
        return first_post(tx_.query(any_station, day, lineage->at(selector.level)));
    }
    const auto& l = *lineage;
    return first_post(tx_.query(selector.shape == Selector::Shape::post_at_unit ? unit : station, day,
                                l.at(1), l.at(2), l.at(3), l.at(4), l.at(5), l.at(6), l.at(7), selector.seat,
                                selector.post));
}

std::optional<ResolvedOwner> OwnerResolver::leader(const Selector& selector, const SelectorContext& context) {
    PlaceId seat;
    std::optional<PartyId> unit;
    const auto anchor = selector.seat == "host" ? context.host : context.owner;
    if (selector.level > 0) {
        const auto lineage = place::load_lineage(tx_, context.place, context.day);
        if (!lineage || !lineage->has(selector.level)) return {};
        seat = lineage->at(selector.level);
    } else if (selector.seat == "rung" && context.rung) {
        seat = *context.rung;
    } else if (const auto of = anchor ? post(*anchor) : std::nullopt) {
        seat = of->place;
        unit = of->unit;
    } else {
        return {};
    }
    const auto day = context.day.text();
    static const std::string sql =
        "select p.id, p.place from post p join post_kind k on k.name = p.kind and k.leader = 1 where p.place "
        "= $2 and "
        "p.unit is not distinct from $3 and p.station is null and p.id <> $4 and p.from_day <= $1 and $1 < "
        "p.until_day and "
        "exists (select 1 from holding h where h.post = p.id and h.from_day <= $1 and $1 < h.until_day) "
        "order by "
        "p.position, p.id limit 1";
    return first_post(tx_.query(sql, day, seat, unit, anchor.value_or(PostId())));
}

std::optional<ResolvedOwner> OwnerResolver::above(std::optional<PostId> start, Day day) {
    if (!start) return {};
    const auto text = day.text();
    for (const auto next : line_above(*start)) {
        static const std::string sql =
            "select p.id, p.place from post p where p.id = $2 and p.from_day <= $1 and $1 < p.until_day "
            "and " +
            std::string(held_condition);
        if (auto found = first_post(tx_.query(sql, text, next))) return found;
    }
    return {};
}

ResolvedOwner OwnerResolver::desk_instead(const Selector& selector, const SelectorContext& context) {
    using Shape = Selector::Shape;
    if (selector.shape == Shape::superior_of || (selector.shape == Shape::leader_of && selector.level == 0)) {
        const auto anchor = selector.seat == "host" ? context.host : context.owner;
        if (selector.seat != "rung") {
            if (auto superior = above(anchor, context.day)) {
                return *superior;
            }
        }
        if (context.rung && selector.seat == "rung") return desk_of(*context.rung, context.day);
        const auto of = anchor ? post(*anchor) : std::nullopt;
        return desk_of(of ? of->place : context.place, context.day);
    }
    const auto lineage = place::load_lineage(tx_, context.place, context.day);
    int level = selector.level > 0 ? selector.level : place::max_level;
    while (lineage && level > 1 && !lineage->has(level)) --level;
    return desk_of(lineage ? lineage->at(level) : context.place, context.day);
}

std::optional<ResolvedOwner> OwnerResolver::nearest_desk(PlaceId place, Day day) {
    const auto lineage = place::load_lineage(tx_, place, day);
    const auto l = lineage.value_or(place::Lineage{});
    const auto text = day.text();
    auto found =
        first_post(tx_.query("select p.id, p.place from post p join place t on t.id = p.place where p.place "
                             "in ($2, $3, $4, $5, $6, $7, $8) and "
                             "p.desk = 1 and p.unit is null and p.station is null and p.from_day <= $1 and "
                             "$1 < p.until_day order by t.level "
                             "desc, p.position, p.id limit 1",
                             text, l.at(1), l.at(2), l.at(3), l.at(4), l.at(5), l.at(6), l.at(7)));
    // A place that has ended still has matters: they go to the root.
    if (!found) {
        found = first_post(
            tx_.query("select p.id, p.place from post p join place t on t.id = p.place where p.desk = 1 and "
                      "p.unit is null and p.station is null and p.from_day <= $1 and $1 < p.until_day order "
                      "by t.level, p.id limit 1",
                      text));
    }
    if (found) found->exact = found->place == place;
    return found;
}

std::optional<ResolvedOwner> OwnerResolver::desk_of_unit(std::string_view unit,
                                                         const SelectorContext& context) {
    const auto key = "desk of unit " + std::string(unit) + ' ' + std::to_string(context.place.value()) + ' ' +
                     std::to_string(context.day.number);
    if (const auto kept = cache_.find(key, version())) return *kept;
    const auto l = place::load_lineage(tx_, context.place, context.day).value_or(place::Lineage{});
    auto found = first_post(
        tx_.query("select p.id, p.place from post p join party u on u.id = p.unit where u.unit_key = $2 and "
                  "p.desk = 1 and p.place in ($3, $4, $5, $6, $7, $8, $9) and p.from_day <= $1 and $1 < "
                  "p.until_day order by p.position, p.id limit 1",
                  context.day.text(), unit, l.at(1), l.at(2), l.at(3), l.at(4), l.at(5), l.at(6), l.at(7)));
    cache_.keep(key, version(), found);
    return found;
}

ResolvedOwner OwnerResolver::desk_of(PlaceId place, Day day) {
    const auto found = nearest_desk(place, day);
    require(found.has_value(), "the root of an open county has a desk");
    return *found;
}

std::optional<Post> OwnerResolver::post(PostId id) {
    if (auto kept = cache_.post(id, version())) return std::move(*kept);
    auto found = load_post(tx_, id);
    cache_.keep_post(id, version(), found);
    return found;
}

std::vector<PostId> OwnerResolver::all_of(const Selector& selector, const SelectorContext& context) {
    std::vector<PostId> posts;
    if (selector.shape != Selector::Shape::all_posts_under) {
        if (const auto one = resolve_exactly(selector, context)) posts.push_back(one->post);
        return posts;
    }
    const auto lineage = place::load_lineage(tx_, context.place, context.day);
    if (!lineage || !lineage->has(selector.level)) return posts;
    const auto day = context.day.text();
    const std::string sql =
        "select p.id from post p join place_span s on s.place = p.place and s.from_day <= $1 and $1 < "
        "s.until_day where p.kind = $2 and s.l" +
        std::to_string(selector.level) +
        " = $3 and p.from_day <= $1 and $1 < p.until_day and exists (select 1 from holding h where "
        "h.post = p.id and h.from_day <= $1 and $1 < h.until_day) order by p.id";
    for (const Row row : tx_.query(sql, day, selector.post, lineage->at(selector.level)))
        posts.push_back(row.get<PostId>(0));
    return posts;
}

std::vector<PostId> OwnerResolver::all_of(std::string_view selector, const SelectorContext& context) {
    return all_of(*parsed(selector), context);
}

}  // namespace lianxin::party
