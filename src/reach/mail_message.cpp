// reach/mail_message.cpp — RFC 5322 and MIME: what a letter looks like on the wire.
#include <cstdint>

#include "reach/sender.hpp"

namespace lianxin::reach {

namespace {

std::string base64(std::string_view bytes) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8U | (k < have ? static_cast<std::uint8_t>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k) text += k <= have ? alphabet[group >> (18 - 6 * k) & 63U] : '=';
    }
    return text;
}

// Control characters end header lines, and so would let a subject add headers of its own.
std::string without_controls(std::string_view text) {
    std::string clean;
    for (const char c : text) clean += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    return clean;
}

bool is_plain(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7e) return false;
    return true;
}

// RFC 2047: words of at most 75 characters, each of whole UTF-8 characters, folded between them.
std::string encoded_words(std::string_view raw) {
    std::string text = without_controls(raw);
    if (is_plain(text) && text.find("=?") == std::string::npos && text.size() < 60) return text;
    constexpr std::size_t most_bytes = 42;  // 56 characters of base64
    std::string words;
    std::string piece;
    const auto flush = [&] {
        if (!words.empty()) words += "\r\n ";
        words += "=?UTF-8?B?" + base64(piece) + "?=";
        piece.clear();
    };
    for (std::size_t i = 0; i < text.size();) {
        std::size_t next = i + 1;
        while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xc0U) == 0x80) ++next;
        if (piece.size() + next - i > most_bytes) flush();
        piece.append(text, i, next - i);
        i = next;
    }
    flush();
    return words;
}

// A display name: a quoted string would need escapes, an encoded word needs none.
std::string display_name(std::string_view name) {
    for (const char c : name)
        if (std::string_view("()<>[]:;@\\,.\"").find(c) != std::string_view::npos)
            return "=?UTF-8?B?" + base64(without_controls(name)) + "?=";
    return encoded_words(name);
}

std::string date(Instant at) {
    constexpr const char* weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const Day day = Zone{0}.day_of(at);
    const std::int64_t seconds = (at.micros - Zone{0}.start_of(day).micros) / micros_per_second;
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::string(weekdays[day.iso_weekday() - 1]) + ", " + two(day.day_of_month()) + " " +
           months[day.month() - 1] + " " + std::to_string(day.year()) + " " + two(seconds / 3600) + ":" +
           two(seconds / 60 % 60) + ":" + two(seconds % 60) + " +0000";
}

std::string with_crlf(std::string_view text) {
    std::string lines;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r') continue;
        if (text[i] == '\n') lines += '\r';
        lines += text[i];
    }
    return lines;
}

std::string in_lines_of_76(const std::string& encoded) {
    std::string lines;
    for (std::size_t i = 0; i < encoded.size(); i += 76) lines += encoded.substr(i, 76) + "\r\n";
    return lines;
}

}  // namespace

std::string mail_message(const Letter& letter, const SmtpOptions& options) {
    const std::string from = without_controls(options.from_address);
    std::string message;
    message += "Date: " + date(letter.written) + "\r\n";
    message +=
        "From: " + (options.from_name.empty() ? from : display_name(options.from_name) + " <" + from + ">") +
        "\r\n";
    message += "To: <" + without_controls(letter.address) + ">\r\n";
    message += "Subject: " + encoded_words(letter.subject) + "\r\n";
    message += "Message-ID: <" + without_controls(letter.reference) + "@" +
               without_controls(options.message_id_domain) + ">\r\n";
    message += "Auto-Submitted: auto-generated\r\n";  // RFC 3834: no holiday replies
    message += "MIME-Version: 1.0\r\n";
    message += "Content-Type: text/plain; charset=utf-8\r\n";
    message += "Content-Transfer-Encoding: base64\r\n\r\n";
    return message + in_lines_of_76(base64(with_crlf(letter.text)));
}

}  // namespace lianxin::reach
