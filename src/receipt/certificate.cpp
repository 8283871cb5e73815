#include "receipt/certificate.hpp"

#include "base/text.hpp"

namespace lianxin::receipt {
namespace {

constexpr std::string_view first_line = "lianxin certificate 1";

bool read_day(std::string_view text, Day& into) {
    const auto day = Day::parse(text);
    if (day) into = *day;
    return day.has_value();
}

bool read_conferral(Lines& lines, Conferral& conferral) {
    conferral.county = lines.value("county");
    conferral.number = lines.value("number");
    conferral.kind = lines.value("kind");
    conferral.title = lines.value("title");
    conferral.person = lines.value("person");
    conferral.text = lines.value("text");
    while (lines.comes("says")) conferral.says.emplace_back(lines.value("says"));
    conferral.by = lines.value("by");
    const bool dated = read_day(lines.value("on"), conferral.on);
    return read_digest(lines.value("entry"), conferral.entry) && dated && !lines.broken();
}

bool is_of_single_lines(const Conferral& said) {
    std::string all = said.county + said.number + said.kind + said.title + said.person + said.text + said.by;
    for (const std::string& each : said.says) all += each;
    return !has_control_characters(all);
}

}  // namespace

std::string text_of(const Conferral& conferral) {
    std::string text = std::string(first_line) + "\n" + line("county", conferral.county) +
                       line("number", conferral.number) + line("kind", conferral.kind) +
                       line("title", conferral.title) + line("person", conferral.person) +
                       line("text", conferral.text);
    for (const std::string& each : conferral.says) text += line("says", each);
    return text + line("by", conferral.by) + line("on", conferral.on.text()) +
           line("entry", hex(conferral.entry));
}

std::string file_of(const SignedCertificate& certificate) {
    return text_of(certificate.conferral) + seal_text(certificate, certificate.conferral.county);
}

bool is_certificate(std::string_view file) {
    return Lines(file).title(first_line);
}

Result<SignedCertificate, ReceiptFlaw> verify_certificate(std::string_view file,
                                                          const std::optional<OpenKey>& open_key) {
    Lines lines(file);
    SignedCertificate certificate;
    const Conferral& said = certificate.conferral;
    if (!lines.title(first_line) || !read_conferral(lines, certificate.conferral) ||
        !read_seal(lines, said.county, certificate) || !is_of_single_lines(said))
        return fail(ReceiptFlaw::not_a_receipt);
    if (const auto flaw = flaw_of({text_of(said), said.number, said.entry}, certificate, open_key))
        return fail(*flaw);
    return certificate;
}

std::string on_one_line(std::string_view words) {
    std::string line;
    for (const char c : words) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n')
            line += "；";
        else
            line += byte < 0x20 || byte == 0x7F ? ' ' : c;
    }
    return line;
}

}  // namespace lianxin::receipt
