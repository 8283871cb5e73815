#include "matter/matter_store.hpp"

#include <algorithm>

#include "matter/state_rows.hpp"

namespace lianxin::matter {

using store::Transaction;

namespace {

constexpr std::string_view matter_row =
    "select number, workflow, workflow_hash, subkind, category, place, about_kind, about_id, parent, "
    "merged_into, "
    "sealed_line, channel, anonymous, host_post, opening_entry, key_id, secret_hash, source_index, "
    "received_at, "
    "recorded_at, version, contacted_at, told_at, closed_at, ended_at, published_at, asked_times, "
    "asked_before, subject_seq, ended_as, service_item, asked_late, could_ask "
    "from matter where id = $1";
constexpr std::string_view matter_lineage =
    "select l1, l2, l3, l4, l5, l6, l7 from part where matter = $1 and no = 0";
constexpr std::string_view matter_parts =
    "select no, machine, state, phase, owner_post, previous_post, person, rung, lead, bound, ended, "
    "card, due, "
    "entered_at, left_in, led_by from part where matter = $1 order by no";
constexpr std::string_view matter_clocks =
    "select part, name, stage, started_at, period, extension, pauses, paused_since, due, told_due, "
    "wakes, extensions, "
    "calendar_version, card, stopped_at from clock where matter = $1 order by part, name";
constexpr std::string_view matter_involved =
    "select role, party, post from involved where matter = $1 order by role, party, post";
constexpr std::string_view matter_ratings =
    "select round, asked_at, rated_at, solved, grade from rating where matter = $1 order by round";
constexpr std::string_view matter_holds =
    "select name, source_kind, source_id, since from hold where matter = $1 order by name, "
    "source_kind, source_id";
constexpr std::string_view matter_tallies =
    "select part, name, n from tally where matter = $1 order by part, name";
constexpr std::string_view matter_done =
    "select part, action, party from done_by where matter = $1 order by part, action";

}  // namespace

void announce_matter(Transaction& tx, MatterId id) {
    for (const std::string_view sql : {matter_row, matter_parts, matter_clocks, matter_holds, matter_tallies,
                                       matter_done, matter_lineage, matter_involved, matter_ratings})
        tx.ahead(sql, id);
    announce_children(tx, id);
}

void lock_matter(Transaction& tx, MatterId id) {
    if (tx.dialect() != store::Dialect::postgresql) return;
    (void)tx.value<std::int64_t>("select id from matter where id = $1 for update", id);
}

std::optional<LoadedMatter> load_matter(Transaction& tx, MatterId id) {
    store::Rows rows = tx.query(matter_row, id);
    for (const store::Row row : rows) {
        LoadedMatter m;
        m.row.id = id;
        m.row.number = row.get<std::string>(0);
        m.row.workflow = row.get<std::string>(1);
        m.row.workflow_hash = row.get<Digest>(2);
        m.row.subkind = row.get<std::string>(3);
        m.row.category = row.get<std::optional<CategoryId>>(4);
        m.row.place = row.get<PlaceId>(5);
        m.row.about_kind = row.get<std::optional<std::string>>(6).value_or("");
        m.row.about_id = row.get<std::optional<std::int64_t>>(7).value_or(0);
        m.row.parent = row.get<std::optional<MatterId>>(8);
        m.row.merged_into = row.get<std::optional<MatterId>>(9);
        m.row.sealed_line = row.get<std::optional<PostId>>(10);
        m.row.channel = row.get<std::string>(11);
        m.row.anonymous = row.get<bool>(12);
        m.row.host = row.get<std::optional<PostId>>(13);
        m.row.opening_entry = row.get<EntryId>(14);
        m.row.key = row.get<journal::KeyId>(15);
        m.row.secret_hash = row.get<std::optional<Digest>>(16);
        m.row.source_index = row.get<std::optional<Digest>>(17);
        m.row.received_at = row.get<Instant>(18);
        m.row.recorded_at = row.get<Instant>(19);
        m.row.version = row.get<std::int64_t>(20);
        m.milestones.contacted_at = row.get<std::optional<Instant>>(21);
        m.milestones.told_at = row.get<std::optional<Instant>>(22);
        m.milestones.closed_at = row.get<std::optional<Instant>>(23);
        m.milestones.ended_at = row.get<std::optional<Instant>>(24);
        m.milestones.published_at = row.get<std::optional<Instant>>(25);
        m.milestones.asked_times = row.get<std::int64_t>(26);
        m.milestones.asked_before = row.get<std::optional<std::string>>(27).value_or("");
        m.row.subject_seq = row.get<std::optional<std::int64_t>>(28).value_or(0);
        m.milestones.ended_as = row.get<std::optional<std::string>>(29).value_or("");
        m.row.service_item = row.get<std::optional<std::string>>(30).value_or("");
        m.milestones.asked_late = row.get<std::int64_t>(31);
        m.milestones.could_ask = row.get<std::optional<std::string>>(32).value_or("");
        return m;
    }
    return {};
}

std::optional<MatterId> matter_by_serial(Transaction& tx, std::int64_t serial) {
    return tx.value<MatterId>("select id from matter where serial = $1", serial);
}

std::optional<MatterId> matter_without_serial(Transaction& tx, std::string_view number) {
    return tx.value<MatterId>("select id from matter where number = $1 and serial is null", number);
}

std::optional<MatterId> matter_by_source(Transaction& tx, const Digest& source_index) {
    return tx.value<MatterId>("select id from matter where source_index = $1", source_index);
}

place::Lineage load_lineage_of(Transaction& tx, MatterId id) {
    place::Lineage lineage;
    store::Rows rows = tx.query(matter_lineage, id);
    for (const store::Row row : rows) {
        for (int level = 1; level <= place::max_level; ++level)
            lineage.by_level[static_cast<std::size_t>(level)] =
                row.get<std::optional<PlaceId>>(level - 1).value_or(PlaceId());
    }
    return lineage;
}

std::vector<PartRow> load_parts(Transaction& tx, MatterId id) {
    std::vector<PartRow> parts;
    store::Rows rows = tx.query(matter_parts, id);
    for (const store::Row row : rows) {
        parts.push_back({row.get<std::int32_t>(0), row.get<std::string>(1), row.get<std::string>(2),
                         row.get<std::int32_t>(3), row.get<PostId>(4), row.get<std::optional<PostId>>(5),
                         row.get<std::optional<PartyId>>(6), row.get<std::optional<std::int32_t>>(7),
                         row.get<bool>(8), row.get<bool>(9), row.get<bool>(10), row.get<std::int32_t>(11),
                         row.get<Instant>(12), row.get<Instant>(13),
                         row.get<std::optional<std::string>>(14).value_or(""),
                         row.get<std::optional<PostId>>(15)});
    }
    return parts;
}

std::vector<ClockRow> load_clocks(Transaction& tx, MatterId id) {
    std::vector<ClockRow> clocks;
    store::Rows rows = tx.query(matter_clocks, id);
    for (const store::Row row : rows) {
        clocks.push_back({row.get<std::int32_t>(0), row.get<std::string>(1), row.get<std::int32_t>(2),
                          row.get<Instant>(3), row.get<std::string>(4), row.get<std::string>(5),
                          row.get<std::string>(6), row.get<std::optional<Instant>>(7), row.get<Instant>(8),
                          row.get<Instant>(9), row.get<std::optional<Instant>>(10), row.get<std::int64_t>(11),
                          row.get<std::string>(12), row.get<std::int32_t>(13),
                          row.get<std::optional<Instant>>(14)});
    }
    return clocks;
}

std::vector<InvolvedRow> load_involved(Transaction& tx, MatterId id) {
    std::vector<InvolvedRow> involved;
    store::Rows rows = tx.query(matter_involved, id);
    for (const store::Row row : rows)
        involved.push_back(
            {row.get<std::string>(0), row.get<std::optional<PartyId>>(1), row.get<std::optional<PostId>>(2)});
    return involved;
}

std::vector<RatingRow> load_ratings(Transaction& tx, MatterId id) {
    std::vector<RatingRow> ratings;
    store::Rows rows = tx.query(matter_ratings, id);
    for (const store::Row row : rows) {
        ratings.push_back({row.get<std::int32_t>(0), row.get<Instant>(1), row.get<std::optional<Instant>>(2),
                           row.get<std::optional<std::int32_t>>(3), row.get<std::optional<std::int32_t>>(4)});
    }
    return ratings;
}

namespace {

void load_holds_and_counts(Transaction& tx, MatterId id, const Workflow& workflow, MatterState& state) {
    {
        store::Rows rows = tx.query(matter_holds, id);
        for (const store::Row row : rows) {
            state.holds.push_back({row.get<std::string>(0),
                                   {row.get<std::string>(1), row.get<std::int64_t>(2)},
                                   row.get<Instant>(3)});
        }
    }
    {
        store::Rows rows = tx.query(matter_tallies, id);
        for (const store::Row row : rows) {
            if (const auto name = workflow.find_tally(row.get<std::string_view>(1)))
                state.tallies.push_back({row.get<PartNo>(0), *name, row.get<std::int64_t>(2)});
        }
    }
    store::Rows rows = tx.query(matter_done, id);
    for (const store::Row row : rows) {
        const auto part = row.get<PartNo>(0);
        const PartState* at = state.part(part);
        if (at == nullptr) continue;
        if (const auto action = workflow.machine(at->machine).find_action(row.get<std::string_view>(1)))
            state.done.push_back({part, *action, row.get<PartyId>(2)});
    }
}

}  // namespace

MatterState load_state(Transaction& tx, const LoadedMatter& matter, const Workflow& workflow,
                       const std::vector<RatingRow>& ratings) {
    MatterState state;
    const MatterId id = matter.row.id;
    for (const PartRow& row : load_parts(tx, id)) state.parts.push_back(part_state(workflow, row));
    for (const ClockRow& row : load_clocks(tx, id)) {
        // A clock of a version the matter has left: it stopped then, and no rule knows it any more.
        if (row.stage > static_cast<std::int32_t>(ClockState::Stage::paused) &&
            !workflow.find_clock(row.name))
            continue;
        state.clocks.push_back(clock_state(workflow, row));
    }
    load_holds_and_counts(tx, id, workflow, state);
    state.host = matter.row.host;
    state.received = matter.row.received_at;
    state.subkind = matter.row.subkind;
    state.anonymous = matter.row.anonymous;
    state.rated = !ratings.empty() && ratings.back().rated_at.has_value();
    state.asked_before = parse_lines(matter.milestones.asked_before);
    state.asked_times = matter.milestones.asked_times;
    state.asked_late = matter.milestones.asked_late;
    state.could_ask = parse_lines(matter.milestones.could_ask);
    return state;
}

std::optional<std::int64_t> version_of(Transaction& tx, MatterId matter) {
    return tx.value<std::int64_t>("select version from matter where id = $1", matter);
}

std::vector<DueClock> due_clocks(Transaction& tx, Instant now, int limit) {
    std::vector<DueClock> due;
    store::Rows rows = tx.query(
        "select matter, wakes from clock where stage = 0 and wakes is not null and wakes <= $1 order by "
        "wakes limit $2",
        now, limit);
    for (const store::Row row : rows) due.push_back({row.get<MatterId>(0), row.get<Instant>(1)});
    return due;
}

void postpone_clocks(Transaction& tx, MatterId matter, Instant due_before, Instant until) {
    tx.send("update clock set wakes = $3 where matter = $1 and stage = 0 and wakes <= $2", matter, due_before,
            until);
}

std::vector<MatterId> matters_counted_otherwise(Transaction& tx, std::string_view calendar_version,
                                                MatterId after, int limit) {
    std::vector<MatterId> matters;
    store::Rows rows = tx.query(
        "select distinct matter from clock where stage <= 1 and calendar_version <> $1 and matter > $2 order "
        "by matter "
        "limit $3",
        calendar_version, after, limit);
    for (const store::Row row : rows) matters.push_back(row.get<MatterId>(0));
    return matters;
}

std::vector<MatterId> matters_left_behind(Transaction& tx, Day day, MatterId after, int limit) {
    std::string elsewhere = "s.place is null";
    for (int level = 1; level <= place::max_level; ++level) {
        const auto column = ".l" + std::to_string(level);
        elsewhere += " or s" + column + " <> coalesce(p" + column + ", 0)";
    }
    std::vector<MatterId> matters;
    const auto text = day.text();
    store::Rows rows = tx.query(
        "select p.matter from part p left join place_span s on s.place = p.place and s.from_day <= $1 and $1 "
        "< "
        "s.until_day where p.no = 0 and p.ended = 0 and p.matter > $2 and (" +
            elsewhere + ") order by p.matter limit $3",
        text, after, limit);
    for (const store::Row row : rows) matters.push_back(row.get<MatterId>(0));
    return matters;
}

std::int64_t followed_tree(Transaction& tx) {
    return tx.value<std::int64_t>("select version from territory_version where name = 'followed'")
        .value_or(0);
}

void note_followed_tree(Transaction& tx, std::int64_t version) {
    tx.execute("update territory_version set version = $1 where name = 'followed'", version);
}

namespace {

std::string is_below(const Below& below, const char* parameter) {
    const std::string sealed = below.with_sealed ? "" : " and p.sealed_line is null";
    if (below.level == 0)
        return std::string(" and p.place <> ") + parameter + sealed;  // no place has the id 0
    return " and p.l" + std::to_string(below.level) + " = " + parameter + sealed;
}

}  // namespace

std::map<std::pair<std::string, std::string>, std::int64_t> pieces_standing(Transaction& tx,
                                                                            const Digest& workflow,
                                                                            const Below& below) {
    std::map<std::pair<std::string, std::string>, std::int64_t> counted;
    store::Rows rows = tx.query(
        "select p.machine, p.state, count(*) from matter m join part p on p.matter = m.id where "
        "m.workflow_hash = $1 and m.ended_at is null and m.merged_into is null and p.ended = 0" +
            is_below(below, "$2") + " group by p.machine, p.state",
        workflow, below.place);
    for (const store::Row row : rows)
        counted[{row.get<std::string>(0), row.get<std::string>(1)}] = row.get<std::int64_t>(2);
    return counted;
}

std::vector<MatterId> under_way(Transaction& tx, const Digest& workflow, const Below& below, MatterId after,
                                int limit) {
    std::vector<MatterId> matters;
    store::Rows rows = tx.query(
        "select m.id from matter m join part p on p.matter = m.id and p.no = 0 where m.workflow_hash = $1 "
        "and m.ended_at is null and m.merged_into is null and m.id > $2" +
            is_below(below, "$3") + " order by m.id limit $4",
        workflow, after, below.place, limit);
    for (const store::Row row : rows) matters.push_back(row.get<MatterId>(0));
    return matters;
}

std::int64_t take_serials(Transaction& tx, int year, std::int64_t count) {
    const auto next = tx.value<std::int64_t>(
        "insert into number_block (year, next_serial) values ($1, $2) on conflict (year) do update "
        "set next_serial = number_block.next_serial + $2 returning next_serial",
        year, count);
    return next.value() - count;
}

}  // namespace lianxin::matter
