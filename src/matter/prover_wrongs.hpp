// matter/prover_wrongs.hpp — what is wrong at some places: gathered over groups of places that are proved one
// by one, reported once with the first few places by name.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "matter/prover_report.hpp"

namespace lianxin::matter {

// What is wrong at some places, and at which groups of them: one fault that names them all.
class Wrongs {
 public:
    void add(const Mark& at, std::string code, std::string what, std::string remedy,
             const std::vector<std::size_t>& groups) {
        auto& wrong = wrongs_[{at.line, at.column, code, what}];
        wrong.at = at;
        wrong.remedy = std::move(remedy);
        wrong.groups.insert(wrong.groups.end(), groups.begin(), groups.end());
    }
    void report(const ProofOf& proof) const {
        for (const auto& [key, wrong] : wrongs_)
            proof.error(wrong.at, std::get<2>(key), std::get<3>(key) + " at " + places(proof, wrong.groups),
                        wrong.remedy);
    }

 private:
    [[nodiscard]] static std::string places(const ProofOf& proof, const std::vector<std::size_t>& groups) {
        const auto* owners = proof.basis.owners;
        if (owners == nullptr) return "some place";
        std::string text;
        std::size_t named = 0, all = 0;
        for (const auto group : groups) {
            all += owners->places_in(group);
            for (const auto& name : owners->names_of(group)) {
                if (named >= places_named) break;
                text += (named++ == 0 ? "" : ", ") + name;
            }
        }
        return all > named ? text + " and " + std::to_string(all - named) + " more" : text;
    }
    static constexpr std::size_t places_named = 5;
    struct Wrong {
        Mark at;
        std::string remedy;
        std::vector<std::size_t> groups;
    };
    std::map<std::tuple<std::uint32_t, std::uint32_t, std::string, std::string>, Wrong> wrongs_;
};

}  // namespace lianxin::matter
