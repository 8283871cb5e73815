#include "store/postgresql_url.hpp"

#include <libpq-fe.h>

#include <memory>

#include "base/text.hpp"

namespace lianxin::store {

std::optional<std::string> postgresql_url_fault(const std::string& url) {
    char* fault = nullptr;
    PQconninfoOption* options = PQconninfoParse(url.c_str(), &fault);
    const std::unique_ptr<char, decltype(&PQfreemem)> said(fault, PQfreemem);
    if (options == nullptr) return std::string(trim(said ? said.get() : "out of memory"));
    PQconninfoFree(options);
    return {};
}

}  // namespace lianxin::store
