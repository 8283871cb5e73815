#include "party/made_up_people.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <numeric>
#include <string_view>

#include "base/result.hpp"

namespace lianxin::party {
namespace {

// Earlier ones are drawn more often, as in life.
constexpr std::array surnames = {"李", "王", "张", "刘", "陈", "杨",   "黄", "周", "罗", "谢", "彭",
                                 "唐", "邓", "曾", "何", "易", "欧阳", "肖", "汤", "胡", "林", "郭",
                                 "邱", "宋", "钟", "曹", "蒋", "苏",   "袁", "赖", "汪", "温"};
constexpr std::array given = {"建", "国", "明", "华", "志", "伟", "文", "德", "光", "荣", "金", "秀",
                              "兰", "英", "玉", "梅", "春", "桂", "香", "丽", "平", "芳", "红", "军",
                              "勇", "强", "辉", "佳", "欣", "怡", "子", "涵", "思", "雨", "海", "江",
                              "林", "松", "学", "义", "忠", "和", "清", "美", "云", "月", "新", "立"};
constexpr std::array hills = {"青", "白", "石", "枫", "竹", "桂", "松", "柏", "樟", "荷",
                              "茶", "梅", "杨", "柳", "泉", "龙", "凤", "云", "金", "银"};
constexpr std::array lands = {"山", "塘", "坪", "冲", "湾", "坡", "岭", "桥",
                              "溪", "洲", "坳", "垅", "田", "屋", "井", "园"};
static_assert(hills.size() * lands.size() == MadeUpPeople::hamlets_at_most);

}  // namespace

// SplitMix64 (Steele, Lea, Flood 2014): the same on every machine, unlike the distributions of <random>.
std::uint64_t MadeUpPeople::next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

std::string MadeUpPeople::name() {
    const auto surname = std::min(below(surnames.size()), below(surnames.size()));
    std::string name = surnames[surname];
    name += given[below(given.size())];
    if (below(5) != 0) name += given[below(given.size())];
    return name;
}

std::string MadeUpPeople::phone() {
    // A step without a common factor with 10^8 walks through all eight digits before it repeats.
    constexpr std::uint64_t step = 61'803'399, range = 100'000'000;
    std::array<char, 9> digits{};
    std::snprintf(digits.data(), digits.size(), "%08llu",
                  static_cast<unsigned long long>(++phones_ * step % range));
    return phone_prefix_ + digits.data();
}

std::vector<std::string> MadeUpPeople::hamlets(std::size_t count) {
    require(count <= hamlets_at_most, "there are not that many hamlets to name");
    std::vector<std::size_t> order(hamlets_at_most);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) {
        std::swap(order[i], order[i + below(order.size() - i)]);
        names.push_back(std::string(hills[order[i] / lands.size()]) + lands[order[i] % lands.size()]);
    }
    return names;
}

std::vector<int> shares(int total, const std::vector<int>& weights) {
    std::vector<int> share(weights.size(), 0);
    const auto sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    if (sum == 0) return share;
    std::vector<std::pair<std::int64_t, std::size_t>> remainders;
    int left = total;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const auto product = std::int64_t{total} * weights[i];
        share[i] = static_cast<int>(product / sum);
        left -= share[i];
        remainders.emplace_back(-(product % sum), i);
    }
    std::sort(remainders.begin(), remainders.end());
    for (int i = 0; i < left; ++i) ++share[remainders[static_cast<std::size_t>(i)].second];
    return share;
}

}  // namespace lianxin::party
