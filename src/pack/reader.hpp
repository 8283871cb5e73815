// pack/reader.hpp — walks a table with typed getters. Whatever is missing or of the wrong kind becomes a
// finding and a harmless value is returned, so a noun's reader is a straight line. Keys nobody asked for are
// reported ("did you mean …") when the Reader goes out of scope. Usage:
//     void read_kind(pack::Reader kind) { auto name = kind.name(); auto level = kind.integer("level", 1, 7);
//     … } for (auto& kind : root.tables("kinds")) read_kind(std::move(kind));
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "pack/finding.hpp"
#include "pack/value.hpp"

namespace lianxin::pack {

class Reader {
 public:
    // `path` names the table in messages ("kinds.village"). The table and the findings must outlive the
    // reader.
    Reader(const Table& table, std::string path, Findings& findings);
    Reader(Reader&& other) noexcept;
    Reader& operator=(Reader&&) = delete;
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    ~Reader();  // reports the keys that were never asked for

    // The key under which this table stands in its parent: the name of the thing.
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] bool has(std::string_view key) const { return table_->find(key) != nullptr; }
    [[nodiscard]] std::vector<std::string> keys() const;
    [[nodiscard]] const Position& at() const { return table_->at; }
    [[nodiscard]] Position at(std::string_view key) const;  // of the key, or of the table when it is absent

    // Required: absent or of another kind is a finding and "", 0, … comes back.
    [[nodiscard]] std::string text(std::string_view key);
    [[nodiscard]] std::int64_t integer(std::string_view key, std::int64_t min = INT64_MIN,
                                       std::int64_t max = INT64_MAX);
    [[nodiscard]] Day day(std::string_view key);  // a TOML date, or text in ISO 8601
    // Optional: absent is fine, another kind is a finding.
    [[nodiscard]] std::optional<std::string> text_if(std::string_view key);
    [[nodiscard]] std::string text_or(std::string_view key, std::string_view fallback);
    [[nodiscard]] std::optional<std::int64_t> integer_if(std::string_view key, std::int64_t min = INT64_MIN,
                                                         std::int64_t max = INT64_MAX);
    [[nodiscard]] std::int64_t integer_or(std::string_view key, std::int64_t fallback,
                                          std::int64_t min = INT64_MIN, std::int64_t max = INT64_MAX);
    [[nodiscard]] std::optional<double> real_if(std::string_view key);
    [[nodiscard]] bool flag(std::string_view key, bool fallback = false);
    [[nodiscard]] std::optional<Day> day_if(std::string_view key);
    // A list of texts; one text alone counts as a list of one; absent is empty.
    [[nodiscard]] std::vector<std::string> texts(std::string_view key);
    // The same with the position of each text, for checks that come later.
    struct PlacedText {
        std::string text;
        Position at;
    };
    [[nodiscard]] std::vector<PlacedText> placed_texts(std::string_view key);
    [[nodiscard]] std::vector<std::int64_t> integers(std::string_view key);
    // One of a closed list; another word is a finding that names the nearest. Absent: `fallback` (a finding
    // when none).
    template <class E>
    struct Choice {
        std::string_view name;
        E value;
    };
    template <class E>
    [[nodiscard]] E choice(std::string_view key, std::initializer_list<Choice<E>> choices,
                           std::optional<E> fallback = {}) {
        std::vector<std::string> names;
        for (const auto& each : choices) names.emplace_back(each.name);
        const auto chosen = choice_index(key, names, fallback.has_value());
        return chosen ? (choices.begin() + *chosen)->value : fallback.value_or(choices.begin()->value);
    }

    // Tables below. `table` is required, `table_if` is not.
    [[nodiscard]] Reader table(std::string_view key);
    [[nodiscard]] std::optional<Reader> table_if(std::string_view key);
    // [key.a] [key.b] …: every member of the table `key`, in order; absent is empty.
    [[nodiscard]] std::vector<Reader> tables(std::string_view key);
    // Every member of this very table that is a table, in order, but those asked for already.
    [[nodiscard]] std::vector<Reader> tables();
    // [[key]] …, or key = [{…}, {…}].
    [[nodiscard]] std::vector<Reader> list_of_tables(std::string_view key);
    // Anything, for shapes of a noun's own; marks it as asked for.
    [[nodiscard]] const Value* value(std::string_view key);

    // A fault the noun itself found at a key (or at the table when `key` is empty or absent).
    void error(std::string_view key, std::string_view code, std::string message, std::string remedy);
    void warning(std::string_view key, std::string_view code, std::string message, std::string remedy);
    // The rest is somebody else's: do not report unknown keys.
    void leave_rest() { check_rest_ = false; }
    [[nodiscard]] Findings& findings() { return *findings_; }

 private:
    const Member* ask(std::string_view key);
    const Member* need(std::string_view key);
    void wrong_kind(const Member& member, std::string_view wanted);
    std::optional<std::ptrdiff_t> choice_index(std::string_view key, const std::vector<std::string>& names,
                                               bool optional);
    std::optional<std::int64_t> integer_of(const Member& member, std::int64_t min, std::int64_t max);
    std::optional<Day> day_of(const Member& member);
    [[nodiscard]] std::string full(std::string_view key) const;

    // Stands in for a required table that is missing: that was reported once, its contents are not missed
    // again.
    [[nodiscard]] static Reader stand_in(std::string path, Findings& findings);
    [[nodiscard]] Reader below(const Member& member, const Table& table) const;

    const Table* table_;
    std::string path_;
    std::string name_;
    Findings* findings_;
    std::set<std::string, std::less<>> asked_;
    bool check_rest_ = true;
    bool absent_ = false;
};

}  // namespace lianxin::pack
