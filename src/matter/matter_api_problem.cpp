// A refusal as it is answered: every field that is wrong, and its limit as people fill it in.
#include <cstdlib>

#include "matter/matter_api_shapes.hpp"

namespace lianxin::matter::api {

namespace {

// 1250, by hundreds: "12.5".
std::string decimal(std::int64_t scaled, std::int64_t by) {
    std::string text = (scaled < 0 ? "-" : "") + std::to_string(std::abs(scaled / by));
    if (const auto rest = std::abs(scaled % by); rest != 0) {
        text += "." + std::to_string(by + rest).substr(1);
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text;
}

// As it is filled in on a page: sums of money in yuan, days as days; what has no figure says which item.
std::string limit_text(const FieldProblem& fault) {
    if (!fault.limit) return fault.item;
    switch (fault.limit_in) {
        case FieldProblem::LimitIn::fen:
            return decimal(*fault.limit, 100);
        case FieldProblem::LimitIn::thousandths:
            return decimal(*fault.limit, 1000);
        case FieldProblem::LimitIn::days:
            return Day{static_cast<std::int32_t>(*fault.limit)}.text();
        case FieldProblem::LimitIn::itself:
            break;
    }
    return std::to_string(*fault.limit);
}

}  // namespace

http::Problem problem_of(const MatterRefusal& refusal) {
    http::Problem problem = http::problem(status_of(refusal), std::string(code_of(refusal)));
    for (const FieldProblem& fault : refusal.faults) {
        std::string pointer = "/" + fault.field;
        for (char& c : pointer)
            if (c == '.') c = '/';
        problem.faults.push_back({std::move(pointer), fault.code, {}, limit_text(fault)});
    }
    return problem;
}

namespace {

// What is held against another field names it; what is wrong in one cell says which: "2.share".
std::string message_of(const MatterRefusal& refusal, const FieldProblem& fault, const std::string& limit,
                       const Wording& words) {
    const std::string key = "fault." + fault.code;
    if (!fault.other.empty()) {
        const auto other = words.of(refusal.workflow, "field", fault.other);
        return words.fill(key, {{"other", other}, {"limit", words.key_or("unit." + limit, limit)}});
    }
    const auto dot = fault.code.starts_with("cell_") ? fault.item.find('.') : std::string::npos;
    if (dot == std::string::npos) return {};
    const auto column = words.of(refusal.workflow, "column", fault.item.substr(dot + 1));
    return words.fill(key, {{"row", fault.item.substr(0, dot)}, {"column", column}, {"limit", limit}});
}

}  // namespace

http::Problem problem_of(const MatterRefusal& refusal, const Wording& words) {
    http::Problem problem = problem_of(refusal);
    for (std::size_t at = 0; at < refusal.faults.size(); ++at) {
        auto& said = problem.faults[at];
        said.message = message_of(refusal, refusal.faults[at], said.limit, words);
    }
    return problem;
}

}  // namespace lianxin::matter::api
