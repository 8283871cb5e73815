#include "http/static_files.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "base/crypto.hpp"
#include "base/result.hpp"
#include "http/api.hpp"
#include "http/parsing.hpp"

namespace lianxin::http {
namespace {

struct MediaType {
    std::string_view ending, type;
    bool compresses;
};
constexpr std::array media_types{MediaType{".html", "text/html; charset=utf-8", true},
                                 MediaType{".js", "text/javascript; charset=utf-8", true},
                                 MediaType{".mjs", "text/javascript; charset=utf-8", true},
                                 MediaType{".css", "text/css; charset=utf-8", true},
                                 MediaType{".json", "application/json; charset=utf-8", true},
                                 MediaType{".webmanifest", "application/manifest+json", true},
                                 MediaType{".svg", "image/svg+xml", true},
                                 MediaType{".txt", "text/plain; charset=utf-8", true},
                                 MediaType{".png", "image/png", false},
                                 MediaType{".jpg", "image/jpeg", false},
                                 MediaType{".webp", "image/webp", false},
                                 MediaType{".ico", "image/x-icon", false},
                                 MediaType{".woff2", "font/woff2", false}};

MediaType type_of(std::string_view path) {
    const auto found = std::find_if(media_types.begin(), media_types.end(),
                                    [&](const MediaType& one) { return path.ends_with(one.ending); });
    return found != media_types.end() ? *found : MediaType{"", "application/octet-stream", false};
}

std::shared_ptr<const std::string> read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return nullptr;
    return std::make_shared<const std::string>(std::istreambuf_iterator<char>(in),
                                               std::istreambuf_iterator<char>());
}

// RFC 1952; for what the build left uncompressed.
std::shared_ptr<const std::string> gzip(const std::string& plain) {
    z_stream stream{};
    constexpr int gzip_window = 15 + 16;
    if (deflateInit2(&stream, 9, Z_DEFLATED, gzip_window, 9, Z_DEFAULT_STRATEGY) != Z_OK) return nullptr;
    std::string out(deflateBound(&stream, plain.size()), '\0');
    // zlib's input pointer is not const in this version, but it does not write there.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (!done || out.size() >= plain.size()) return nullptr;
    return std::make_shared<const std::string>(std::move(out));
}

}  // namespace

struct StaticFiles::File {
    MediaType type;
    std::string tag;
    bool hashed;  // its name changes with its content
    std::shared_ptr<const std::string> plain, gz, br;
};

StaticFiles::StaticFiles(std::vector<App> apps) : apps_(std::move(apps)) {
    for (App& app : apps_) {
        while (app.prefix.ends_with('/')) app.prefix.pop_back();
        if (std::filesystem::is_directory(app.folder)) read_folder(app);
    }
    // The most particular address first: "/desk" before "/".
    std::sort(apps_.begin(), apps_.end(),
              [](const App& a, const App& b) { return a.prefix.size() > b.prefix.size(); });
}
StaticFiles::~StaticFiles() = default;

void StaticFiles::read_folder(const App& app) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(app.folder)) {
        const std::string name = entry.path().lexically_relative(app.folder).generic_string();
        if (!entry.is_regular_file() || name.ends_with(".gz") || name.ends_with(".br") ||
            name.ends_with(".map"))
            continue;
        auto plain = read_file(entry.path());
        if (!plain) throw Fault("cannot read " + entry.path().string());
        auto file = std::make_unique<File>();
        file->type = type_of(name);
        file->tag = hex(BytesView(sha256(as_bytes(*plain))).first(12));
        file->hashed = name.starts_with("assets/");
        file->gz = read_file(entry.path().string() + ".gz");
        file->br = read_file(entry.path().string() + ".br");
        if (!file->gz && file->type.compresses) file->gz = gzip(*plain);
        file->plain = std::move(plain);
        files_[app.prefix + "/" + name] = std::move(file);
    }
}

const StaticFiles::File* StaticFiles::find(std::string_view path) const {
    const auto found = files_.find(path);
    return found == files_.end() ? nullptr : found->second.get();
}

// What has no ending is an address within an app, and its page finds out the rest.
const StaticFiles::File* StaticFiles::page_for(std::string_view path) const {
    const std::string_view last = path.substr(path.rfind('/') + 1);
    if (last.find('.') != std::string_view::npos) return nullptr;
    for (const App& app : apps_) {
        const bool inside = path.starts_with(app.prefix) &&
                            (path.size() == app.prefix.size() || path[app.prefix.size()] == '/');
        if (inside) return find(app.prefix + "/index.html");
    }
    return nullptr;
}

Response StaticFiles::answer(const Request& request) const {
    if (request.path == "/api" || request.path.starts_with("/api/"))
        return respond(problem(404, "not_found"));
    const File* file = find(request.path);
    if (file == nullptr) file = page_for(request.path);
    if (file == nullptr) return respond(problem(404, "not_found"));
    if (request.method != Method::get && request.method != Method::head) {
        Problem refused = problem(405, "method_not_allowed");
        refused.headers.emplace_back("Allow", "GET, HEAD");
        return respond(refused);
    }
    const std::string accepted = request.header("accept-encoding").value_or("");
    Response response;
    response.content_type = file->type.type;
    response.shared_body = file->plain;
    std::string encoding;
    if (file->br && quality_of(accepted, "br") > 0) {
        encoding = "br";
        response.shared_body = file->br;
    } else if (file->gz && quality_of(accepted, "gzip") > 0) {
        encoding = "gzip";
        response.shared_body = file->gz;
    }
    const std::string tag = '"' + file->tag + (encoding.empty() ? "" : "-" + encoding) + '"';
    response.headers.emplace_back("ETag", tag);
    response.headers.emplace_back("Vary", "Accept-Encoding");
    response.headers.emplace_back("Cache-Control",
                                  file->hashed ? "public, max-age=31536000, immutable" : "no-cache");
    if (const auto known = request.header("if-none-match"); known && matches_etag(*known, tag)) {
        response.status = 304;
        response.shared_body = nullptr;
        return response;
    }
    if (!encoding.empty()) response.headers.emplace_back("Content-Encoding", encoding);
    return response;
}

}  // namespace lianxin::http
