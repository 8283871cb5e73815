#include "receipt/receipt.hpp"

#include <algorithm>
#include <charconv>

#include "base/public_number.hpp"
#include "base/text.hpp"
#include "journal/merkle.hpp"

namespace lianxin::receipt {
namespace {

constexpr std::string_view first_line = "lianxin receipt 1";

// Reads "name: value" lines one after the other; the first that is not there spoils all that follow.
class Lines {
 public:
    explicit Lines(std::string_view text) : rest_(text) {}

    bool title(std::string_view expected) { return next() == expected; }
    std::string_view value(std::string_view name) {
        const std::string_view line = next();
        if (!line.starts_with(name) || !line.substr(name.size()).starts_with(": ")) {
            broken_ = true;
            return {};
        }
        return line.substr(name.size() + 2);
    }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    [[nodiscard]] bool broken() const { return broken_; }

 private:
    std::string_view next() {
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
    std::string_view rest_;
    bool broken_ = false;
};

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

bool read_instant(std::string_view text, Instant& into) {
    const std::optional<Instant> instant = parse_instant(text);
    if (instant) into = *instant;
    return instant.has_value();
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

bool read_statement(Lines& lines, Statement& statement) {
    statement.county = lines.value("county");
    statement.number = lines.value("number");
    statement.kind = lines.value("kind");
    statement.channel = lines.value("channel");
    const bool dated = read_instant(lines.value("received_at"), statement.received_at);
    return fill(parse_hex(lines.value("entry")), statement.entry) && dated && !lines.broken();
}

bool read_proof(Lines& lines, const Statement& statement, LogProof& proof) {
    proof.head.county = statement.county;
    return read_number(lines.value("log_index"), proof.index) &&
           read_number(lines.value("log_size"), proof.head.size) &&
           fill(parse_hex(lines.value("log_root")), proof.head.root) &&
           read_instant(lines.value("log_signed_at"), proof.head.signed_at) &&
           fill(parse_base64url(lines.value("log_signature")), proof.head.signature) &&
           read_path(lines.value("log_path"), proof.path) && !lines.broken();
}

std::string line(std::string_view name, std::string_view value) {
    require(!has_control_characters(value), "a receipt's values are single lines");
    return std::string(name) + ": " + std::string(value) + "\n";
}

}  // namespace

std::string text_of(const Statement& statement) {
    return std::string(first_line) + "\n" + line("county", statement.county) +
           line("number", statement.number) + line("kind", statement.kind) +
           line("channel", statement.channel) + line("received_at", utc_text(statement.received_at)) +
           line("entry", hex(statement.entry));
}

Receipt signed_receipt(const Statement& statement, const OpenKey& key, const Signature& signature) {
    return {statement, key, signature, {}};
}

std::string file_of(const Receipt& receipt) {
    std::string text = text_of(receipt.statement) + line("key", base64url(receipt.key)) +
                       line("signature", base64url(receipt.signature));
    if (receipt.proof) {
        const LogProof& proof = *receipt.proof;
        require(proof.head.county == receipt.statement.county, "a county proves by its own log");
        std::string path;
        for (const Digest& digest : proof.path) path += (path.empty() ? "" : " ") + hex(digest);
        text += line("log_index", std::to_string(proof.index)) +
                line("log_size", std::to_string(proof.head.size)) + line("log_root", hex(proof.head.root)) +
                line("log_signed_at", utc_text(proof.head.signed_at)) +
                line("log_signature", base64url(proof.head.signature)) + line("log_path", path);
    }
    return text;
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

Result<Receipt, ReceiptFlaw> parse_receipt(std::string_view file) {
    if (file.starts_with("\xEF\xBB\xBF")) file.remove_prefix(3);
    Lines lines(file);
    Receipt receipt;
    if (!lines.title(first_line) || !read_statement(lines, receipt.statement))
        return fail(ReceiptFlaw::not_a_receipt);
    if (!fill(parse_base64url(lines.value("key")), receipt.key) ||
        !fill(parse_base64url(lines.value("signature")), receipt.signature)) {
        return fail(ReceiptFlaw::not_a_receipt);
    }
    if (!lines.at_end()) {
        LogProof proof;
        if (!read_proof(lines, receipt.statement, proof) || !lines.at_end())
            return fail(ReceiptFlaw::not_a_receipt);
        receipt.proof = std::move(proof);
    }
    return receipt;
}

Result<Receipt, ReceiptFlaw> verify_receipt(std::string_view file, const std::optional<OpenKey>& open_key) {
    auto receipt = parse_receipt(file);
    if (!receipt) return receipt;
    if (has_control_characters(receipt->statement.county + receipt->statement.number +
                               receipt->statement.kind + receipt->statement.channel)) {
        return fail(ReceiptFlaw::not_a_receipt);
    }
    if (!PublicNumber::parse(receipt->statement.number)) return fail(ReceiptFlaw::number_wrong);
    if (open_key && *open_key != receipt->key) return fail(ReceiptFlaw::other_key);
    if (!verify(receipt->key, as_bytes(text_of(receipt->statement)), receipt->signature)) {
        return fail(ReceiptFlaw::signature_wrong);
    }
    if (receipt->proof) {
        const LogProof& proof = *receipt->proof;
        if (!journal::head_holds(proof.head, receipt->key)) return fail(ReceiptFlaw::log_signature_wrong);
        if (!journal::inclusion_holds(receipt->statement.entry, proof.index, proof.head.size, proof.path,
                                      proof.head.root)) {
            return fail(ReceiptFlaw::not_in_log);
        }
    }
    return receipt;
}

std::optional<OpenKey> parse_open_key(std::string_view text) {
    OpenKey key{};
    if (!fill(parse_base64url(trim(text)), key)) return {};
    return key;
}

}  // namespace lianxin::receipt
