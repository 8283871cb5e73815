#include "http/problem.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "http/api.hpp"

namespace lianxin::http {
namespace {

std::string words_of(std::string_view code, std::string_view language, const ProblemWords& words) {
    std::string text = words ? words(language, code) : std::string();
    if (text.empty()) {
        text = code;
        std::replace(text.begin(), text.end(), '_', ' ');
    }
    return text;
}

}  // namespace

std::string problem_text(Problem problem, std::string_view language, const ProblemWords& words) {
    if (problem.title.empty()) problem.title = words_of(problem.code, language, words);
    JsonWriting out(Zone{});
    const auto member = [&](std::string_view name, std::string_view text) {
        out.string(name);
        out.raw(":");
        out.string(text);
    };
    out.raw("{");
    member("type", "urn:lianxin:problem:" + problem.code);
    out.raw(",");
    member("title", problem.title);
    out.raw(",\"status\":");
    out.integer(problem.status);
    out.raw(",");
    member("code", problem.code);
    for (const auto& [name, text] :
         {std::pair("detail", &problem.detail), std::pair("incident", &problem.incident)}) {
        if (text->empty()) continue;
        out.raw(",");
        member(name, *text);
    }
    out.raw(",\"faults\":[");
    for (std::size_t i = 0; i < problem.faults.size(); ++i) {
        FieldFault& fault = problem.faults[i];
        if (fault.message.empty()) {
            fault.message = words_of(fault.code, language, words);
            constexpr std::string_view place = "{limit}";
            if (const auto at = fault.message.find(place); at != std::string::npos)
                fault.message.replace(at, place.size(), fault.limit);
        }
        out.raw(i == 0 ? "{" : ",{");
        member("pointer", fault.pointer);
        out.raw(",");
        member("code", fault.code);
        out.raw(",");
        member("message", fault.message);
        if (!fault.limit.empty()) {
            out.raw(",");
            member("limit", fault.limit);
        }
        out.raw("}");
    }
    out.raw("]}");
    return out.take();
}

std::string new_incident() {
    return hex(random_bytes(5));
}

Problem problem(int status, std::string code, Faults faults) {
    Problem made;
    made.status = status;
    made.code = std::move(code);
    made.faults = std::move(faults);
    return made;
}

Response respond(const Problem& problem) {
    Response response;
    response.status = problem.status;
    response.headers = problem.headers;
    response.content_type = "application/problem+json; charset=utf-8";
    response.problem = problem;
    return response;
}

Response respond_json(int status, std::string body) {
    Response response;
    response.status = status;
    response.body = std::move(body);
    return response;
}

}  // namespace lianxin::http
