#include "receipt/receipt.hpp"

#include "base/text.hpp"

namespace lianxin::receipt {
namespace {

constexpr std::string_view first_line = "lianxin receipt 1";

bool read_statement(Lines& lines, Statement& statement) {
    statement.county = lines.value("county");
    statement.number = lines.value("number");
    statement.kind = lines.value("kind");
    statement.channel = lines.value("channel");
    const bool dated = read_instant(lines.value("received_at"), statement.received_at);
    return read_digest(lines.value("entry"), statement.entry) && dated && !lines.broken();
}

}  // namespace

std::string text_of(const Statement& statement) {
    return std::string(first_line) + "\n" + line("county", statement.county) +
           line("number", statement.number) + line("kind", statement.kind) +
           line("channel", statement.channel) + line("received_at", utc_text(statement.received_at)) +
           line("entry", hex(statement.entry));
}

Receipt signed_receipt(const Statement& statement, const OpenKey& key, const Signature& signature) {
    return {{key, signature, {}}, statement};
}

std::string file_of(const Receipt& receipt) {
    return text_of(receipt.statement) + seal_text(receipt, receipt.statement.county);
}

Result<Receipt, ReceiptFlaw> parse_receipt(std::string_view file) {
    Lines lines(file);
    Receipt receipt;
    if (!lines.title(first_line) || !read_statement(lines, receipt.statement) ||
        !read_seal(lines, receipt.statement.county, receipt))
        return fail(ReceiptFlaw::not_a_receipt);
    return receipt;
}

Result<Receipt, ReceiptFlaw> verify_receipt(std::string_view file, const std::optional<OpenKey>& open_key) {
    auto receipt = parse_receipt(file);
    if (!receipt) return receipt;
    const Statement& said = receipt->statement;
    if (has_control_characters(said.county + said.number + said.kind + said.channel))
        return fail(ReceiptFlaw::not_a_receipt);
    if (const auto flaw = flaw_of({text_of(said), said.number, said.entry}, *receipt, open_key))
        return fail(*flaw);
    return receipt;
}

}  // namespace lianxin::receipt
