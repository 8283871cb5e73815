// matter/matter_api_values.hpp — what was filled in as people read it: by the type of its field, in words.
// The timeline, letters and public notices all say it through here.
#pragma once

#include <boost/json/value.hpp>
#include <string>

#include "matter/field.hpp"
#include "matter/matter_api_wording.hpp"
#include "matter/matter_view.hpp"

namespace lianxin::matter::api {

class ValueWords {
 public:
    // `names` are those the reader may know; whoever is not among them is counted.
    ValueWords(const Wording& words, std::string workflow, const Names& names)
        : words_(words), workflow_(std::move(workflow)), names_(names) {}

    // One item a line; empty for pictures, which are seen. Without a rule, or where the value is not of its
    // type, as it was stored.
    [[nodiscard]] std::string of(const FieldRule* rule, const boost::json::value& value) const;
    // Posts by what they are and who holds them.
    [[nodiscard]] std::string named(const boost::json::value& posts) const { return this->posts(posts); }
    // "passed: 30 entitled, 28 voted, 25 for, 3 against"
    [[nodiscard]] std::string ballot(const boost::json::value& result) const;
    // "12,000 (budget 30,000)"; `of`: what the field is held against, if anything.
    [[nodiscard]] std::string sum(const FieldRule& rule, const FieldRule* of,
                                  const boost::json::value& value) const;
    // "title: value"
    [[nodiscard]] std::string pair(const std::string& title, const std::string& value) const;

 private:
    [[nodiscard]] std::string typed(const FieldRule& rule, const boost::json::value& value) const;
    [[nodiscard]] std::string item(const boost::json::value& value) const;
    [[nodiscard]] std::string criteria(const boost::json::object& answers) const;
    [[nodiscard]] std::string posts(const boost::json::value& value) const;
    [[nodiscard]] std::string people(const boost::json::value& value) const;
    [[nodiscard]] std::string rating(const boost::json::object& given) const;
    [[nodiscard]] std::string measure(const boost::json::object& quantity) const;
    [[nodiscard]] std::string table(const FieldRule& rule, const boost::json::array& rows) const;
    [[nodiscard]] std::string cell(const ColumnRule& column, const boost::json::value& value) const;
    [[nodiscard]] std::string day(const boost::json::value& value) const;
    [[nodiscard]] std::string money(std::int64_t fen) const;
    [[nodiscard]] std::string yes_no(bool value) const;

    const Wording& words_;
    std::string workflow_;
    const Names& names_;
};

}  // namespace lianxin::matter::api
