// http/page_size.hpp — how many items a page shall have, as a query says it: a number from 1 to what the list
// allows, or a fault. Nobody is given another page than the one asked for.
#pragma once

#include "http/json.hpp"

namespace lianxin::http {

template <int most>
struct PageSize {
    int items = most;
};

template <int most>
struct Json<PageSize<most>> : json_detail::FromText<PageSize<most>, json_detail::Scalar::integer> {
    static void read(JsonReading& in, const boost::json::value& v, PageSize<most>& out) {
        if (const auto items = json_detail::read_integer(in, v, 1, most))
            out.items = static_cast<int>(*items);
    }
    static void write(JsonWriting& out, PageSize<most> v) { out.integer(v.items); }
    static boost::json::value schema(JsonSchemas&) { return json_detail::bounded_schema(1, most); }
};

}  // namespace lianxin::http
