#include "http/message.hpp"

#include "base/result.hpp"

namespace lianxin::http {

std::optional<std::string> Request::header(std::string_view lower_case_name) const {
    const auto found = headers.find(lower_case_name);
    if (found == headers.end()) return {};
    return found->second;
}

std::optional<std::string> Request::query_value(std::string_view name) const {
    const auto found = query.find(name);
    if (found == query.end()) return {};
    return found->second;
}

const std::string& Request::param(std::string_view name) const {
    const auto found = params.find(name);
    require(found != params.end(), "a handler asks for parameters its pattern names");
    return found->second;
}

}  // namespace lianxin::http
