#include <algorithm>

#include "base/text.hpp"
#include "http/parsing.hpp"

namespace lianxin::http {
namespace {

constexpr std::size_t longest_part_header = 4096;

// Name, file name and type of one part; nothing when there is no name or the header is no header.
std::optional<Upload> read_part_header(std::string_view header) {
    Upload part;
    part.content_type = "text/plain";
    bool named = false;
    while (!header.empty()) {
        const std::size_t end = std::min(header.find("\r\n"), header.size());
        const std::string_view line = header.substr(0, end);
        header.remove_prefix(std::min(end + 2, header.size()));
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) return {};
        const std::string field = ascii_lower(trim(line.substr(0, colon)));
        const std::string_view value = trim(line.substr(colon + 1));
        if (field == "content-disposition") {
            if (!ascii_lower(value).starts_with("form-data")) return {};
            const auto name = header_parameter(value, "name");
            if (!name || !is_valid_utf8(*name)) return {};
            part.name = *name;
            named = true;
            part.filename = header_parameter(value, "filename").value_or("");
            if (!is_valid_utf8(part.filename)) part.filename.clear();
        } else if (field == "content-type") {
            part.content_type = ascii_lower(trim(value.substr(0, value.find(';'))));
        }
    }
    if (!named) return {};
    return part;
}

}  // namespace

Result<std::vector<Upload>, MultipartRefusal> parse_multipart(std::string_view content_type,
                                                              std::string_view body, std::size_t most_parts) {
    const auto boundary = header_parameter(content_type, "boundary");
    // RFC 2046 §5.1.1: 1 to 70 octets.
    if (!boundary || boundary->empty() || boundary->size() > 70) return fail(MultipartRefusal::no_boundary);
    const std::string delimiter = "\r\n--" + *boundary;
    std::vector<Upload> parts;
    // The first delimiter may stand at the very beginning, without the line end before it.
    std::size_t at =
        body.starts_with(std::string_view(delimiter).substr(2)) ? delimiter.size() - 2 : std::string::npos;
    if (at == std::string::npos) {
        at = body.find(delimiter);
        if (at == std::string::npos) return fail(MultipartRefusal::malformed_multipart);
        at += delimiter.size();
    }
    for (;;) {
        std::string_view rest = body.substr(at);
        if (rest.starts_with("--")) return parts;
        while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t')) rest.remove_prefix(1);
        if (!rest.starts_with("\r\n")) return fail(MultipartRefusal::malformed_multipart);
        rest.remove_prefix(2);
        const std::size_t header_end = rest.substr(0, longest_part_header).find("\r\n\r\n");
        if (header_end == std::string_view::npos) return fail(MultipartRefusal::malformed_multipart);
        if (parts.size() == most_parts) return fail(MultipartRefusal::too_many_parts);
        auto part = read_part_header(rest.substr(0, header_end));
        // The delimiter's own line end may be the one that ends the header (an empty part).
        const std::string_view content = rest.substr(header_end + 2);
        const std::size_t end = content.find(delimiter);
        if (!part || end == std::string_view::npos) return fail(MultipartRefusal::malformed_multipart);
        part->body = end < 2 ? std::string() : std::string(content.substr(2, end - 2));
        parts.push_back(std::move(*part));
        at = static_cast<std::size_t>(content.data() - body.data()) + end + delimiter.size();
    }
}

}  // namespace lianxin::http
