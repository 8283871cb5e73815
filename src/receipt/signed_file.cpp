#include "receipt/signed_file.hpp"

#include <algorithm>
#include <charconv>

#include "base/public_number.hpp"
#include "base/text.hpp"
#include "journal/merkle.hpp"

namespace lianxin::receipt {
namespace {

template <std::size_t N>
bool fill(const std::optional<Bytes>& bytes, std::array<std::uint8_t, N>& into) {
    if (!bytes || bytes->size() != N) return false;
    std::copy(bytes->begin(), bytes->end(), into.begin());
    return true;
}

bool read_number(std::string_view text, std::uint64_t& into) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
    return error == std::errc{} && end == text.data() + text.size();
}

bool read_path(std::string_view text, std::vector<Digest>& path) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        Digest digest{};
        if (!fill(parse_hex(text.substr(0, end)), digest)) return false;
        path.push_back(digest);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return path.size() <= 64;
}

bool read_proof(Lines& lines, const std::string& county, LogProof& proof) {
    proof.head.county = county;
    return read_number(lines.value("log_index"), proof.index) &&
           read_number(lines.value("log_size"), proof.head.size) &&
           read_digest(lines.value("log_root"), proof.head.root) &&
           read_instant(lines.value("log_signed_at"), proof.head.signed_at) &&
           fill(parse_base64url(lines.value("log_signature")), proof.head.signature) &&
           read_path(lines.value("log_path"), proof.path) && !lines.broken();
}

}  // namespace

// A byte order mark is no part of the file.
Lines::Lines(std::string_view text) : rest_(text) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
}

std::string_view Lines::value(std::string_view name) {
    const std::string_view line = next();
    if (!line.starts_with(name) || !line.substr(name.size()).starts_with(": ")) {
        broken_ = true;
        return {};
    }
    return line.substr(name.size() + 2);
}

bool Lines::comes(std::string_view name) const {
    return rest_.starts_with(name) && rest_.substr(name.size()).starts_with(": ");
}

std::string_view Lines::next() {
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos) {
        broken_ = true;
        return {};
    }
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);  // a mail program was at it
    return line;
}

std::string line(std::string_view name, std::string_view value) {
    require(!has_control_characters(value), "a signed file's values are single lines");
    return std::string(name) + ": " + std::string(value) + "\n";
}

std::string seal_text(const Seal& seal, std::string_view county) {
    std::string text = line("key", base64url(seal.key)) + line("signature", base64url(seal.signature));
    if (!seal.proof) return text;
    const LogProof& proof = *seal.proof;
    require(proof.head.county == county, "a county proves by its own log");
    std::string path;
    for (const Digest& digest : proof.path) path += (path.empty() ? "" : " ") + hex(digest);
    return text + line("log_index", std::to_string(proof.index)) +
           line("log_size", std::to_string(proof.head.size)) + line("log_root", hex(proof.head.root)) +
           line("log_signed_at", utc_text(proof.head.signed_at)) +
           line("log_signature", base64url(proof.head.signature)) + line("log_path", path);
}

std::string_view name_of(ReceiptFlaw flaw) {
    switch (flaw) {
        case ReceiptFlaw::not_a_receipt:
            return "not_a_receipt";
        case ReceiptFlaw::number_wrong:
            return "number_wrong";
        case ReceiptFlaw::other_key:
            return "other_key";
        case ReceiptFlaw::signature_wrong:
            return "signature_wrong";
        case ReceiptFlaw::log_signature_wrong:
            return "log_signature_wrong";
        case ReceiptFlaw::not_in_log:
            return "not_in_log";
    }
    throw Bug("every flaw of a receipt has a name");
}

bool read_digest(std::string_view text, Digest& into) {
    return fill(parse_hex(text), into);
}

bool read_instant(std::string_view text, Instant& into) {
    const std::optional<Instant> instant = parse_instant(text);
    if (instant) into = *instant;
    return instant.has_value();
}

bool read_seal(Lines& lines, const std::string& county, Seal& seal) {
    if (!fill(parse_base64url(lines.value("key")), seal.key) ||
        !fill(parse_base64url(lines.value("signature")), seal.signature))
        return false;
    if (lines.at_end()) return true;
    LogProof proof;
    if (!read_proof(lines, county, proof) || !lines.at_end()) return false;
    seal.proof = std::move(proof);
    return true;
}

std::optional<ReceiptFlaw> flaw_of(const Sealed& sealed, const Seal& seal,
                                   const std::optional<OpenKey>& open_key) {
    if (!PublicNumber::parse(sealed.number)) return ReceiptFlaw::number_wrong;
    if (open_key && *open_key != seal.key) return ReceiptFlaw::other_key;
    if (!verify(seal.key, as_bytes(sealed.text), seal.signature)) return ReceiptFlaw::signature_wrong;
    if (!seal.proof) return {};
    const LogProof& proof = *seal.proof;
    if (!journal::head_holds(proof.head, seal.key)) return ReceiptFlaw::log_signature_wrong;
    if (!journal::inclusion_holds(sealed.entry, proof.index, proof.head.size, proof.path, proof.head.root))
        return ReceiptFlaw::not_in_log;
    return {};
}

std::optional<OpenKey> parse_open_key(std::string_view text) {
    OpenKey key{};
    if (!fill(parse_base64url(trim(text)), key)) return {};
    return key;
}

}  // namespace lianxin::receipt
