// http/message.hpp — a request and an answer as plain values: handlers never see a socket.
#pragma once

#include <any>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.hpp"

namespace lianxin::http {

class EventStream;  // http/event_hub.hpp

enum class Method { get, head, post, put, patch, del, options };

struct Upload {  // one part of multipart/form-data
    std::string name, filename, content_type, body;
};

// A client's key for one write. A service stores its answer under (scope, key) in the write's own
// transaction; a repeat with the same hash is answered from there before any handler runs, one with another
// hash is refused.
struct Idempotency {
    std::string scope;
    std::string key;
    Digest request_hash{};
    bool operator==(const Idempotency&) const = default;
};

struct Request {
    Method method = Method::get;
    std::string path;                                        // decoded, without query
    std::map<std::string, std::string, std::less<>> params;  // {id} of the route's pattern
    std::multimap<std::string, std::string, std::less<>> query;
    std::multimap<std::string, std::string, std::less<>> headers;  // names in lower case
    std::map<std::string, std::string, std::less<>> cookies;
    std::vector<Upload> uploads;
    std::string body;
    std::string remote_address;
    std::string_view route;            // the pattern that serves it, for the log; empty: none
    bool secure = false;               // came in over TLS (the proxy in front says so)
    std::string language = "zh-Hans";  // zh-Hans, zh-Hant or en: ?lang=, else Accept-Language
    // Whose keys these are: the authenticating filter sets it (account, receipt); else a hash of the address
    // stands in.
    std::string scope;
    std::optional<Idempotency> idempotency;  // present when the request carries an Idempotency-Key
    // What filters found out for the handlers (main binds them; http does not know what it is).
    std::any context;

    [[nodiscard]] std::optional<std::string> header(std::string_view lower_case_name) const;
    [[nodiscard]] std::optional<std::string> query_value(std::string_view name) const;
    // The text that stood in the route's {name}; a name the pattern lacks is a bug.
    [[nodiscard]] const std::string& param(std::string_view name) const;
};

// What a filter put into the context; asking for it where no filter did is a bug.
template <class T>
[[nodiscard]] const T& context(const Request& request) {
    return std::any_cast<const T&>(request.context);
}

// RFC 9457. `code` is the refusal's enumerator; it never changes. `title` is in the asker's language; left
// empty, it is filled from the words files by the code.
struct FieldFault {
    std::string pointer = {};  // JSON pointer into the request body, or the field's name
    std::string code = {};
    std::string message = {};  // empty: the words of the code
    std::string limit = {};    // what the words say of it: "10", an item
    bool operator==(const FieldFault&) const = default;
};
struct Problem {
    int status = 400;
    std::string code = {};
    std::string title = {};
    std::string detail = {};
    std::vector<FieldFault> faults = {};
    std::string incident = {};  // what to quote when something broke on our side
    std::vector<std::pair<std::string, std::string>> headers = {};  // Retry-After, Allow
};

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string content_type = "application/json; charset=utf-8";
    std::string body = {};
    std::optional<Problem> problem = {};                  // instead of body: rendered in the asker's language
    std::shared_ptr<const std::string> shared_body = {};  // instead of body: one copy for all (static files)
    std::shared_ptr<EventStream> stream = {};  // instead of body: the connection becomes a stream of events
};

using Handler = std::function<Response(Request&)>;
// Runs before the handler; returning a Response ends the request.
using Filter = std::function<std::optional<Response>(Request&)>;
// The words for a problem's code in a language; empty where there are none.
using ProblemWords = std::function<std::string(std::string_view language, std::string_view code)>;

}  // namespace lianxin::http
