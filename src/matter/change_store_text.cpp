// The text of a Change: JSON in which what is empty is left out, so that a small change is a small text.
#include <boost/describe/class.hpp>
#include <boost/describe/members.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/mp11/algorithm.hpp>

#include "matter/change_store.hpp"

namespace lianxin::matter {

BOOST_DESCRIBE_STRUCT(MatterRow, (),
                      (id, number, workflow, workflow_hash, subkind, category, place, about_kind, about_id,
                       parent, merged_into, sealed_line, service_item, channel, anonymous, host,
                       opening_entry, key, secret_hash, source_index, received_at))
BOOST_DESCRIBE_STRUCT(Milestones, (),
                      (contacted_at, told_at, closed_at, ended_at, published_at, asked_times, asked_before,
                       ended_as, asked_late, could_ask))
BOOST_DESCRIBE_STRUCT(PartRow, (),
                      (no, machine, state, phase, owner, previous, person, rung, lead, bound, ended, card,
                       due, entered, left_in, led_by))
BOOST_DESCRIBE_STRUCT(ClockRow, (),
                      (part, name, stage, started, period, extension, pauses, paused_since, due, told_due,
                       wakes, extensions, calendar_version, card, stopped_at))
BOOST_DESCRIBE_STRUCT(HoldRow, (), (name, source_kind, source_id, since, lifted))
BOOST_DESCRIBE_STRUCT(TallyRow, (), (part, name, n))
BOOST_DESCRIBE_STRUCT(DoneRow, (), (part, action, party))
BOOST_DESCRIBE_STRUCT(InvolvedRow, (), (role, party, post))
BOOST_DESCRIBE_STRUCT(RatingRow, (), (round, asked_at, rated_at, solved, grade))
BOOST_DESCRIBE_STRUCT(BallotRow, (),
                      (name, round, opened_at, closed_at, secret, voters, electorate, present, yes, no,
                       abstained, outcome))
BOOST_DESCRIBE_STRUCT(NoticeRow, (), (kind, id, name, place, shows, corrected, period, audience, from, until))
BOOST_DESCRIBE_STRUCT(Correction, (), (category, place, lineage, subkind, subject_seq))
BOOST_DESCRIBE_STRUCT(LinkRow, (), (kind, other))
BOOST_DESCRIBE_STRUCT(Opening, (), (matter, lineage))
BOOST_DESCRIBE_STRUCT(Change, (),
                      (opened, milestones, parts, clocks, holds, tallies, done, involved, ratings, ballots,
                       notices, publication, secret_hash, corrected, merged_into, links, unlinked,
                       workflow_hash))

namespace {

namespace json = boost::json;
using boost::describe::describe_members;
using boost::describe::has_describe_members;
using boost::describe::mod_public;

[[noreturn]] void damaged() {
    throw Fault("an entry's change cannot be read");
}

template <class T>
struct Text;

template <std::integral T>
struct Text<T> {
    static bool empty(T v) { return v == 0; }
    static void write(std::string& out, T v) { out += std::to_string(static_cast<std::int64_t>(v)); }
    static void read(const json::value& v, T& to) {
        const auto* number = v.if_int64();
        if (number == nullptr) damaged();
        to = static_cast<T>(*number);
    }
};
template <>
struct Text<std::string> {
    static bool empty(const std::string& v) { return v.empty(); }
    static void write(std::string& out, const std::string& v) {
        out += json::serialize(json::string_view(v.data(), v.size()));
    }
    static void read(const json::value& v, std::string& to) {
        const auto* text = v.if_string();
        if (text == nullptr) damaged();
        to.assign(text->data(), text->size());
    }
};
template <>
struct Text<Instant> {
    static bool empty(Instant v) { return v.micros == 0; }
    static void write(std::string& out, Instant v) { out += std::to_string(v.micros); }
    static void read(const json::value& v, Instant& to) { Text<std::int64_t>::read(v, to.micros); }
};
template <class Noun>
struct Text<Id<Noun>> {
    static bool empty(Id<Noun> v) { return v.value() == 0; }
    static void write(std::string& out, Id<Noun> v) { out += v.text(); }
    static void read(const json::value& v, Id<Noun>& to) {
        std::int64_t value = 0;
        Text<std::int64_t>::read(v, value);
        to = Id<Noun>(value);
    }
};
template <>
struct Text<Digest> {
    static bool empty(const Digest& v) { return v == Digest{}; }
    static void write(std::string& out, const Digest& v) { out += '"' + hex(v) + '"'; }
    static void read(const json::value& v, Digest& to) {
        std::string text;
        Text<std::string>::read(v, text);
        const auto bytes = parse_hex(text);
        if (!bytes || bytes->size() != to.size()) damaged();
        std::copy(bytes->begin(), bytes->end(), to.begin());
    }
};
template <class T>
struct Text<std::optional<T>> {
    static bool empty(const std::optional<T>& v) { return !v; }
    static void write(std::string& out, const std::optional<T>& v) { Text<T>::write(out, *v); }
    static void read(const json::value& v, std::optional<T>& to) { Text<T>::read(v, to.emplace()); }
};
template <class T>
struct Text<std::vector<T>> {
    static bool empty(const std::vector<T>& v) { return v.empty(); }
    static void write(std::string& out, const std::vector<T>& v) {
        char before = '[';
        for (const T& item : v) {
            out += before;
            Text<T>::write(out, item);
            before = ',';
        }
        out += before == '[' ? "[]" : "]";
    }
    static void read(const json::value& v, std::vector<T>& to) {
        const auto* items = v.if_array();
        if (items == nullptr) damaged();
        for (const json::value& item : *items) Text<T>::read(item, to.emplace_back());
    }
};
template <class T>
requires has_describe_members<T>::value struct Text<T> {
    static bool empty(const T&) { return false; }
    static void write(std::string& out, const T& v) {
        char before = '{';
        boost::mp11::mp_for_each<describe_members<T, mod_public>>([&](auto member) {
            const auto& value = v.*member.pointer;
            using M = std::remove_cvref_t<decltype(value)>;
            if (Text<M>::empty(value)) return;
            out += before;
            out += '"';
            out += member.name;
            out += "\":";
            Text<M>::write(out, value);
            before = ',';
        });
        out += before == '{' ? "{}" : "}";
    }
    static void read(const json::value& v, T& to) {
        const auto* object = v.if_object();
        if (object == nullptr) damaged();
        boost::mp11::mp_for_each<describe_members<T, mod_public>>([&](auto member) {
            using M = std::remove_cvref_t<decltype(to.*member.pointer)>;
            if (const json::value* found = object->if_contains(member.name))
                Text<M>::read(*found, to.*member.pointer);
        });
    }
};

}  // namespace

std::string encode(const Change& change) {
    std::string out;
    out.reserve(768);
    Text<Change>::write(out, change);
    return out;
}

Change decode_change(std::string_view text) {
    boost::system::error_code error;
    const json::value parsed = json::parse(json::string_view(text.data(), text.size()), error);
    if (error) damaged();
    Change change;
    Text<Change>::read(parsed, change);
    return change;
}

}  // namespace lianxin::matter
