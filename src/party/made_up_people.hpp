// party/made_up_people.hpp — names, phones and hamlets that belong to nobody, the same every time from one
// seed: what fills a county that is shown, never one that is used. Phones begin with a prefix that no network
// gives out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lianxin::party {

class MadeUpPeople {
 public:
    MadeUpPeople(std::uint64_t seed, std::string phone_prefix)
        : state_(seed), phone_prefix_(std::move(phone_prefix)) {}
    // 欧阳建国: ordinary surnames by how common they are, one or two given characters.
    [[nodiscard]] std::string name();
    // The prefix and eight digits, each once.
    [[nodiscard]] std::string phone();
    // 竹山, 石桥, 桂花坪 …: `count` different hamlets, to be followed by the kind's suffix; at most
    // hamlets_at_most.
    [[nodiscard]] std::vector<std::string> hamlets(std::size_t count);
    static constexpr std::size_t hamlets_at_most = 320;

 private:
    [[nodiscard]] std::uint64_t next();
    [[nodiscard]] std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }

    std::uint64_t state_;
    std::string phone_prefix_;
    std::uint64_t phones_ = 0;
};

// Shares of a total by weights, whole numbers, largest remainders first (ties: the earlier); all zero when no
// weight is.
[[nodiscard]] std::vector<int> shares(int total, const std::vector<int>& weights);

}  // namespace lianxin::party
