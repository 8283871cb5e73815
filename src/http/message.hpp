// http/message.hpp — a request and an answer as plain values: handlers never see a socket.
#pragma once

#include <any>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lianxin::http {

enum class Method { get, head, post, put, patch, del, options };

struct Upload {  // one part of multipart/form-data
    std::string name, filename, content_type, body;
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
    // What filters found out for the handlers (main binds them; http does not know what it is).
    std::any context;

    [[nodiscard]] std::optional<std::string> header(std::string_view lower_case_name) const;
    [[nodiscard]] std::optional<std::string> query_value(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string content_type = "application/json; charset=utf-8";
    std::string body;
};

// RFC 9457. `code` is the refusal's enumerator; it never changes. `title` is in the asker's language.
struct FieldFault {
    std::string pointer;  // JSON pointer into the request body, or the field's name
    std::string code;
    std::string message;
};
struct Problem {
    int status = 400;
    std::string code;
    std::string title;
    std::string detail;
    std::vector<FieldFault> faults;
};

using Handler = std::function<Response(Request&)>;
// Runs before the handler; returning a Response ends the request.
using Filter = std::function<std::optional<Response>(Request&)>;

}  // namespace lianxin::http
