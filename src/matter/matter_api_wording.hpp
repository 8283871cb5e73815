// matter/matter_api_wording.hpp — the words of matters in one reader's language, by falling back:
// "workflow.W.state.S", then "state.S".
#pragma once

#include <string>

#include "pack/words.hpp"
#include "place/place_api.hpp"

namespace lianxin::matter::api {

class Wording {
 public:
    Wording(const place::Titles& titles, std::string language)
        : titles_(titles), language_(std::move(language)) {}
    [[nodiscard]] std::string of(const std::string& workflow, const std::string& what,
                                 const std::string& name) const;
    [[nodiscard]] std::string key(const std::string& key) const { return titles_(language_, key); }
    [[nodiscard]] std::string fill(const std::string& key, pack::Words::Filling values) const;
    // The key's word, or the other text where there is none.
    [[nodiscard]] std::string key_or(const std::string& key, const std::string& otherwise) const;
    // What stands on a service's lists: a paper or a step; else the words somebody put.
    [[nodiscard]] std::string listed(const std::string& name) const {
        return key_or("material." + name, key_or("service_step." + name, name));
    }
    // "项目 · 道路": kinds of several workflows may be called alike.
    [[nodiscard]] std::string kind(const std::string& workflow, const std::string& subkind) const;
    // What a time limit is to the resident it was promised to ("we call you"); else its name.
    [[nodiscard]] std::string told_clock(const std::string& workflow, const std::string& clock) const;
    // "head@枫林组" → "枫林组组长"
    [[nodiscard]] std::string post(const std::string& kind_and_seat) const;
    // By whom: the person with the post, the post alone, or what they are to the matter.
    [[nodiscard]] std::string hand(const std::string& relation, const std::string& name,
                                   const std::string& post) const;
    // Of a matter that was merged: that it was, and how the other one stands.
    [[nodiscard]] std::string state(const std::string& workflow, const std::string& state, bool merged) const;

 private:
    const place::Titles& titles_;
    std::string language_;
};

}  // namespace lianxin::matter::api
