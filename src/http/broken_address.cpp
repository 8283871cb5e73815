#include "http/broken_address.hpp"

namespace lianxin::http {

std::optional<Target> target_or_page(const Api& api, const Request& request, std::optional<Method> method,
                                     std::string_view target) {
    if (auto read = parse_target(target)) return read;
    const bool person = request.header("accept").value_or("").find("text/html") != std::string::npos;
    if (!person || method != Method::get) return {};
    std::string path = readable_part(target);
    if (api.route_for(Method::get, path) != nullptr) return {};
    return Target{std::move(path), {}};
}

}  // namespace lianxin::http
