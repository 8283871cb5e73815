// How many requests a second does a running server answer? `http_load PORT PATH [BODY-FILE] [SECONDS]
// [CONNECTIONS]`: GET without a body file, else POST with what the file holds, {n} in it replaced by the
// request's number.
#include "bench/http_load.hpp"

#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>

using namespace lianxin::bench;

int main(int count, char** arguments) try {
    if (count < 3) {
        std::fprintf(stderr, "usage: %s PORT PATH [BODY-FILE|-] [SECONDS] [CONNECTIONS]\n", arguments[0]);
        return 2;
    }
    const std::string path = arguments[2];
    std::string body;
    if (count > 3 && std::string_view(arguments[3]) != "-") {
        std::ifstream file(arguments[3], std::ios::binary);
        if (!file) throw std::runtime_error(std::string("cannot read ") + arguments[3]);
        body.assign(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    LoadOptions options;
    options.port = static_cast<std::uint16_t>(std::stoi(arguments[1]));
    if (count > 4) options.time = std::chrono::seconds(std::stoi(arguments[4]));
    if (count > 5) options.connections = std::stoi(arguments[5]);
    options.request = [&](std::uint64_t n) {
        if (body.empty()) return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        std::string filled = body;
        for (std::size_t at = 0; (at = filled.find("{n}", at)) != std::string::npos;)
            filled.replace(at, 3, std::to_string(n));
        return json_post(path, filled);
    };
    const LoadResult result = HttpLoad(options).run();
    std::printf("%.0f per second, p50 %u us, p99 %u us, longest %u us\n", result.per_second(),
                result.percentile(0.5), result.percentile(0.99), result.percentile(1));
    for (const auto& [status, n] : result.by_status)
        std::printf("  %d: %llu\n", status, static_cast<unsigned long long>(n));
    if (!result.first_refusal.empty()) std::printf("first refusal: %s\n", result.first_refusal.c_str());
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
