// By number, by receipt, by contact: the doors of somebody who has no account.
#include "access/policy.hpp"
#include "base/public_number.hpp"
#include "matter/intake_service.hpp"
#include "matter/note_store.hpp"
#include "matter/numbering_service.hpp"
#include "matter/outgoing_service.hpp"
#include "matter/timeline_service.hpp"

namespace lianxin::matter {

std::optional<FileView> MatterService::file(County& county, const access::ActingPerson& who,
                                            std::int64_t attachment) {
    struct Found {
        AttachmentRow row;
        journal::KeyId key;
        Reader reader;
        std::vector<AttachmentRow> all;
        std::vector<journal::SealedEntry> chain;
    };
    const auto found = county.database.read([&](store::Transaction& tx) -> std::optional<Found> {
        auto row = load_attachment(tx, attachment);
        if (!row) return {};
        Planner planner(tx, county, around_, county.clock.now());
        const Standing* matter = planner.standing(row->matter);
        if (matter == nullptr) return {};
        const access::RelationSet relations = planner.actor(who, *matter).set;
        if (!access::may_read_matter(relations, is_sealed(matter->row))) return {};
        Found out{std::move(*row),
                  matter->row.key,
                  {who.kind != access::ActingPerson::Kind::staff, matter->workflow},
                  {},
                  {}};
        out.all = attachments_of(tx, out.row.matter);
        if (out.reader.resident)
            out.chain = journal::load_chain(tx, {"matter", out.row.matter.value()}, 0, 2000);
        return out;
    });
    if (!found) return {};
    if (found->reader.resident) {
        Timeline timeline(county, found->reader, found->all);
        timeline.add(found->chain);
        bool shown = false;
        for (const EntryView& entry : timeline.take())
            for (const AttachmentView& file : entry.attachments) shown = shown || file.id == attachment;
        if (!shown) return {};
    }
    auto content = open_attachment(county, found->row, found->key);
    if (!content) return {};
    if (who.kind == access::ActingPerson::Kind::staff) {
        const auto post = who.posts.empty() ? std::nullopt : std::optional(who.posts.front().post);
        county.database.write([&](store::Transaction& tx) {
            insert_read(tx, {county.new_id<ReadNoun>(), found->row.matter, who.account, post, "picture",
                             county.clock.now()});
        });
    }
    return FileView{found->row.type, std::move(*content)};
}

std::optional<MatterId> MatterService::numbered(County& county, const PublicNumber& number) {
    return county.database.read([&](store::Transaction& tx) { return matter_by_number(tx, county, number); });
}

std::optional<TrackView> MatterService::track(County& county, std::string_view number) {
    const auto parsed = PublicNumber::parse(number);
    if (!parsed) return {};
    const Instant now = county.clock.now();
    return county.database.read([&](store::Transaction& tx) -> std::optional<TrackView> {
        const auto id = matter_by_number(tx, county, *parsed);
        if (!id) return {};
        Planner planner(tx, county, around_, now);
        const Standing* matter = planner.standing(*id);
        // A sealed complaint is told to whoever has its secret alone.
        if (matter == nullptr || is_sealed(matter->row)) return {};
        const Standing& stands = planner.where_it_stands(*matter);
        const StateRule& state = stands.workflow->matter().state(stands.state.parts.at(0).state);
        return TrackView{matter->row.number,
                         matter->row.workflow,
                         state.name,
                         name_of(state.counts_as),
                         tone_of(state),
                         due_of(*stands.workflow, stands.state, 0, true),
                         stands.milestones.closed_at,
                         matter->row.merged_into.has_value(),
                         *id};
    });
}

std::optional<MatterId> MatterService::prove_receipt(County& county, std::string_view number,
                                                     std::string_view secret) {
    const auto parsed = PublicNumber::parse(number);
    if (!parsed) return {};
    const Digest hash = receipt_hash(county, secret);
    return county.database.read([&](store::Transaction& tx) -> std::optional<MatterId> {
        const auto id = matter_by_number(tx, county, *parsed);
        const auto matter = id ? load_matter(tx, *id) : std::nullopt;
        if (!matter || !matter->row.secret_hash || !equal_in_constant_time(*matter->row.secret_hash, hash))
            return {};
        return id;
    });
}

std::string MatterService::renew_secret(County& county, MatterId id) {
    std::string secret = base64url(random_bytes(16));
    const Digest hash = receipt_hash(county, secret);
    for (int attempt = 0;; ++attempt) {
        const Plan plan = county.database.read([&](store::Transaction& tx) {
            Planner planner(tx, county, around_, county.clock.now());
            Standing* matter = planner.standing(id);
            require(matter != nullptr, "a secret is renewed for a matter that exists");
            planner.renew_secret(*matter, hash);
            return std::move(planner.plan());
        });
        if (commit(county, plan)) return secret;
        if (attempt == 9) throw Fault("the matter does not stand still");
    }
}

std::optional<ContactPoint> MatterService::contact_of(County& county, MatterId id) {
    return county.database.read([&](store::Transaction& tx) -> std::optional<ContactPoint> {
        std::optional<ContactPoint> found;
        for (const InvolvedRow& involved : load_involved(tx, id)) {
            if (!involved.party) continue;
            for (const party::SealedContact& contact : party::load_contacts(tx, *involved.party)) {
                auto message = outgoing(county.keys, contact, "{}");
                if (!message || (found && message->channel != "email")) continue;
                found = ContactPoint{message->channel, *involved.party, journal::KeyId(contact.key),
                                     message->recipient};
            }
        }
        return found;
    });
}

}  // namespace lianxin::matter
