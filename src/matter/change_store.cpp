#include "matter/change_store.hpp"

#include "matter/publication_store.hpp"
#include "notice/notice_store.hpp"

namespace lianxin::matter {

namespace {

using store::Transaction;

std::optional<std::string_view> text_or_null(const std::string& text) {
    if (text.empty()) return {};
    return std::string_view(text);
}

void insert_matter(Transaction& tx, const MatterRow& m, Instant at, const Milestones& now) {
    const auto about = m.about_id == 0 ? std::nullopt : std::optional(m.about_id);
    const auto serial = m.serial == 0 ? std::nullopt : std::optional(m.serial);
    tx.send(
        "insert into matter (id, number, serial, workflow, workflow_hash, subkind, category, place, "
        "about_kind, "
        "about_id, parent, "
        "merged_into, sealed_line, channel, anonymous, host_post, opening_entry, key_id, secret_hash, "
        "source_index, "
        "received_at, recorded_at, contacted_at, told_at, closed_at, ended_at, published_at, asked_times, "
        "asked_before, ended_as, service_item, "
        "asked_late, could_ask, version) values ($1, $2, $31, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
        "$13, $14, $15, $16, $17, "
        "$18, "
        "$19, $20, "
        "$21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $32, $33, 1)",
        m.id, m.number, m.workflow, m.workflow_hash, m.subkind, m.category, m.place,
        text_or_null(m.about_kind), about, m.parent, m.merged_into, m.sealed_line, m.channel, m.anonymous,
        m.host, m.opening_entry, m.key, m.secret_hash, m.source_index, m.received_at, at, now.contacted_at,
        now.told_at, now.closed_at, now.ended_at, now.published_at, now.asked_times,
        text_or_null(now.asked_before), text_or_null(now.ended_as), text_or_null(m.service_item), serial,
        now.asked_late, text_or_null(now.could_ask));
}

bool advance_matter(Transaction& tx, MatterId matter, std::int64_t version,
                    const std::optional<Milestones>& now) {
    if (!now) {
        return tx.execute("update matter set version = $2 where id = $1 and version = $3", matter, version,
                          version - 1) == 1;
    }
    return tx.execute(
               "update matter set version = $2, contacted_at = $4, told_at = $5, closed_at = $6, ended_at = "
               "$7, "
               "published_at = $8, asked_times = $9, asked_before = $10, ended_as = $11, "
               "asked_late = $12, could_ask = $13 "
               "where id = $1 and version = $3",
               matter, version, version - 1, now->contacted_at, now->told_at, now->closed_at, now->ended_at,
               now->published_at, now->asked_times, text_or_null(now->asked_before),
               text_or_null(now->ended_as), now->asked_late, text_or_null(now->could_ask)) == 1;
}

// The state being left, as the row still tells it.
void keep_stay(Transaction& tx, MatterId matter, const PartRow& p) {
    tx.send(
        "insert into stay (matter, part, machine, state, entered_at, left_at, late) select matter, no, "
        "machine, state, entered_at, $3, case when due < $3 then 1 else 0 end from part where matter = $1 "
        "and no = $2 and entered_at < $3",
        matter, p.no, p.entered);
}

// A part opened later stands where the matter stands: it copies place and ancestors from part 0.
void save_part(Transaction& tx, MatterId matter, const PartRow& p) {
    keep_stay(tx, matter, p);
    tx.send(
        "insert into part (matter, no, machine, state, phase, owner_post, previous_post, person, rung, lead, "
        "bound, ended, "
        "card, due, entered_at, left_in, led_by, sealed_line, place, l1, l2, l3, l4, l5, l6, l7) select $1, "
        "$2, $3, $4, $5, "
        "$6, $7, $8, $9, "
        "$10, $11, $12, $13, $14, $15, $16, $17, sealed_line, place, l1, l2, l3, l4, l5, l6, l7 from part "
        "where "
        "matter "
        "= $1 and "
        "no = 0 on conflict (matter, no) do update set state = excluded.state, phase = excluded.phase, "
        "owner_post = excluded.owner_post, previous_post = excluded.previous_post, person = excluded.person, "
        "rung = excluded.rung, lead = excluded.lead, bound = excluded.bound, ended = excluded.ended, "
        "card = excluded.card, due = excluded.due, entered_at = excluded.entered_at, "
        "left_in = excluded.left_in, led_by = excluded.led_by",
        matter, p.no, p.machine, p.state, p.phase, p.owner, p.previous, p.person, p.rung, p.lead, p.bound,
        p.ended, p.card, p.due, p.entered, text_or_null(p.left_in), p.led_by);
}

void insert_first_part(Transaction& tx, const Opening& opened, const PartRow& p) {
    const auto level = [&](std::size_t n) -> std::optional<PlaceId> {
        if (n > opened.lineage.size() || opened.lineage[n - 1].value() == 0) return {};
        return opened.lineage[n - 1];
    };
    const MatterRow& m = opened.matter;
    tx.send(
        "insert into part (matter, no, machine, state, phase, owner_post, previous_post, person, rung, lead, "
        "bound, ended, "
        "card, due, entered_at, sealed_line, place, l1, l2, l3, l4, l5, l6, l7) values ($1, $2, $3, $4, $5, "
        "$6, $7, $8, "
        "$9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)",
        m.id, p.no, p.machine, p.state, p.phase, p.owner, p.previous, p.person, p.rung, p.lead, p.bound,
        p.ended, p.card, p.due, p.entered, m.sealed_line, m.place, level(1), level(2), level(3), level(4),
        level(5), level(6), level(7));
}

void save_clock(Transaction& tx, MatterId matter, const ClockRow& c) {
    tx.send(
        "insert into clock (matter, part, name, stage, started_at, period, extension, pauses, paused_since, "
        "due, told_due, "
        "wakes, extensions, calendar_version, card, stopped_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
        "$10, $11, $12, "
        "$13, $14, $15, $16) on conflict (matter, part, name) do update set stage = excluded.stage, "
        "started_at = excluded.started_at, period = excluded.period, extension = excluded.extension, "
        "pauses = excluded.pauses, paused_since = excluded.paused_since, due = excluded.due, "
        "told_due = excluded.told_due, wakes = excluded.wakes, extensions = excluded.extensions, "
        "calendar_version = excluded.calendar_version, card = excluded.card, stopped_at = "
        "excluded.stopped_at",
        matter, c.part, c.name, c.stage, c.started, c.period, c.extension, c.pauses, c.paused_since, c.due,
        c.told_due, c.wakes, c.extensions, c.calendar_version, c.card, c.stopped_at);
}

// All parts stand where the matter stands.
void correct_place(Transaction& tx, MatterId matter, PlaceId place, const std::vector<PlaceId>& lineage) {
    const auto level = [&](std::size_t n) -> std::optional<PlaceId> {
        if (n > lineage.size() || lineage[n - 1].value() == 0) return {};
        return lineage[n - 1];
    };
    tx.execute("update matter set place = $2 where id = $1", matter, place);
    tx.execute(
        "update part set place = $2, l1 = $3, l2 = $4, l3 = $5, l4 = $6, l5 = $7, l6 = $8, l7 = $9 "
        "where matter = $1",
        matter, place, level(1), level(2), level(3), level(4), level(5), level(6), level(7));
}

void save_correction(Transaction& tx, MatterId matter, const Correction& c) {
    if (c.category) tx.execute("update matter set category = $2 where id = $1", matter, *c.category);
    if (c.place) correct_place(tx, matter, *c.place, c.lineage);
    if (!c.subkind.empty()) tx.execute("update matter set subkind = $2 where id = $1", matter, c.subkind);
    if (c.subject_seq != 0)
        tx.execute("update matter set subject_seq = $2 where id = $1", matter, c.subject_seq);
}

void save_hold(Transaction& tx, MatterId matter, const HoldRow& h) {
    if (h.lifted) {
        tx.send("delete from hold where matter = $1 and name = $2 and source_kind = $3 and source_id = $4",
                matter, h.name, h.source_kind, h.source_id);
    } else {
        tx.send(
            "insert into hold (matter, name, source_kind, source_id, since) values ($1, $2, $3, $4, $5) "
            "on conflict do nothing",
            matter, h.name, h.source_kind, h.source_id, h.since);
    }
}

void save_rating(Transaction& tx, MatterId matter, const RatingRow& r) {
    tx.send(
        "insert into rating (matter, round, asked_at, rated_at, solved, grade) values ($1, $2, $3, $4, $5, "
        "$6) "
        "on conflict (matter, round) do update set rated_at = excluded.rated_at, solved = excluded.solved, "
        "grade = excluded.grade",
        matter, r.round, r.asked_at, r.rated_at, r.solved, r.grade);
}

// Votes themselves are in no entry: who voted what must not be told by the order of entries.
void save_ballot(Transaction& tx, MatterId matter, const BallotRow& b) {
    tx.send(
        "insert into ballot (matter, name, round, opened_at, closed_at, secret, electorate, present, yes, "
        "no, abstained, "
        "outcome) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (matter, name, "
        "round) do update "
        "set closed_at = excluded.closed_at, present = excluded.present, yes = excluded.yes, no = "
        "excluded.no, "
        "abstained = excluded.abstained, outcome = excluded.outcome",
        matter, b.name, b.round, b.opened_at, b.closed_at, b.secret, b.electorate, b.present, b.yes, b.no,
        b.abstained, text_or_null(b.outcome));
    for (const PartyId voter : b.voters) {
        tx.send(
            "insert into ballot_voter (matter, name, round, party, voted) values ($1, $2, $3, $4, 0) "
            "on conflict do nothing",
            matter, b.name, b.round, voter);
    }
    // Nobody is waited for any more.
    if (b.closed_at)
        tx.send(
            "update ballot_voter set voted = 2 where matter = $1 and name = $2 and round = $3 and voted = 0",
            matter, b.name, b.round);
}

void save_notice(Transaction& tx, MatterId matter, const NoticeRow& n, Instant at) {
    switch (static_cast<NoticeRow::Kind>(n.kind)) {
        case NoticeRow::Kind::opened: {
            notice::Notice row;
            row.id = n.id;
            row.about = {"matter", matter.value()};
            row.name = n.name;
            row.place = n.place;
            row.shows = n.shows;
            row.period = n.period;
            if (!n.audience.empty()) row.audience = n.audience;
            row.from = n.from;
            row.until = n.until;
            notice::insert_notice(tx, row);
            break;
        }
        case NoticeRow::Kind::restarted:
            notice::restart_notice(tx, n.id, {n.from, n.until, n.shows, n.corrected});
            break;
        case NoticeRow::Kind::withdrawn:
            notice::withdraw_notice(tx, n.id, at);
            break;
    }
}

void save_links(Transaction& tx, MatterId matter, Instant at, const Change& change) {
    for (const LinkRow& link : change.links) {
        tx.execute(
            "insert into matter_link (matter, kind, other, since) values ($1, $2, $3, $4) on conflict do "
            "nothing",
            matter, link.kind, link.other, at);
    }
    for (const LinkRow& link : change.unlinked) {
        tx.execute("delete from matter_link where matter = $1 and kind = $2 and other = $3", matter,
                   link.kind, link.other);
        if (link.kind == link_kind::merged_into)
            tx.execute("update matter set merged_into = null where id = $1", matter);
    }
}

void save_rows(Transaction& tx, MatterId matter, Instant at, const Change& change) {
    for (const ClockRow& clock : change.clocks) save_clock(tx, matter, clock);
    for (const HoldRow& hold : change.holds) save_hold(tx, matter, hold);
    for (const TallyRow& t : change.tallies) {
        tx.send(
            "insert into tally (matter, part, name, n) values ($1, $2, $3, $4) "
            "on conflict (matter, part, name) do update set n = excluded.n",
            matter, t.part, t.name, t.n);
    }
    for (const DoneRow& d : change.done) {
        tx.send(
            "insert into done_by (matter, part, action, party) values ($1, $2, $3, $4) "
            "on conflict (matter, part, action) do update set party = excluded.party",
            matter, d.part, d.action, d.party);
    }
    for (const InvolvedRow& i : change.involved) {
        tx.send("insert into involved (matter, role, party, post, since) values ($1, $2, $3, $4, $5)", matter,
                i.role, i.party, i.post, at);
    }
    for (const RatingRow& rating : change.ratings) save_rating(tx, matter, rating);
    for (const BallotRow& ballot : change.ballots) save_ballot(tx, matter, ballot);
    for (const NoticeRow& notice : change.notices) save_notice(tx, matter, notice, at);
    if (!change.publication.empty()) save_publication(tx, matter, change.publication);
}

}  // namespace

bool save_change(Transaction& tx, MatterId matter, std::int64_t version, Instant at, const Change& change) {
    if (change.opened) {
        insert_matter(tx, change.opened->matter, at, change.milestones.value_or(Milestones{}));
    } else if (!advance_matter(tx, matter, version, change.milestones)) {
        return false;
    }
    for (const PartRow& part : change.parts) {
        if (change.opened && part.no == 0) {
            insert_first_part(tx, *change.opened, part);
        } else {
            save_part(tx, matter, part);
        }
    }
    if (change.secret_hash)
        tx.send("update matter set secret_hash = $2 where id = $1", matter, *change.secret_hash);
    if (change.corrected) save_correction(tx, matter, *change.corrected);
    if (change.workflow_hash)
        tx.send("update matter set workflow_hash = $2 where id = $1", matter, *change.workflow_hash);
    if (change.merged_into)
        tx.execute("update matter set merged_into = $2 where id = $1", matter, *change.merged_into);
    save_links(tx, matter, at, change);
    save_rows(tx, matter, at, change);
    return true;
}

void forget_projection(Transaction& tx, MatterId matter) {
    for (const char* sql :
         {"delete from matter where id = $1", "delete from part where matter = $1",
          "delete from clock where matter = $1", "delete from hold where matter = $1",
          "delete from tally where matter = $1", "delete from done_by where matter = $1",
          "delete from involved where matter = $1", "delete from rating where matter = $1",
          "delete from stay where matter = $1", "delete from matter_link where matter = $1",
          "delete from ballot where matter = $1", "delete from publication where matter = $1",
          "delete from notice where about_kind = 'matter' and about_id = $1"})
        tx.send(sql, matter);
}

}  // namespace lianxin::matter
