#include "reach/curl_transfer.hpp"

#include <mutex>
#include <stdexcept>

namespace lianxin::reach {

namespace {

constexpr std::size_t most_answer_bytes = 64 * 1024;

std::size_t keep_beginning(char* data, std::size_t size, std::size_t count, void* into) {
    auto& body = *static_cast<std::string*>(into);
    const std::size_t bytes = size * count;
    body.append(data, std::min(bytes, most_answer_bytes - std::min(most_answer_bytes, body.size())));
    return bytes;
}

void append(std::unique_ptr<curl_slist, FreeList>& list, const std::string& line) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    (void)list.release();
    list.reset(longer);
}

}  // namespace

void start_curl() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

Transfer::Transfer(std::chrono::milliseconds timeout, const std::string& ca_file)
    : handle_(curl_easy_init()) {
    if (!handle_) throw std::bad_alloc();
    set(CURLOPT_NOSIGNAL, 1L);  // several threads
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(timeout.count()));
    set(CURLOPT_FOLLOWLOCATION, 0L);
    if (!ca_file.empty()) set(CURLOPT_CAINFO, ca_file.c_str());
}

void Transfer::add_header(const std::string& line) {
    append(headers_, line);
}
void Transfer::add_recipient(const std::string& address) {
    append(recipients_, address);
}

HttpAnswer Transfer::perform() {
    HttpAnswer answer;
    if (headers_) set(CURLOPT_HTTPHEADER, headers_.get());
    if (recipients_) set(CURLOPT_MAIL_RCPT, recipients_.get());
    set(CURLOPT_WRITEFUNCTION, &keep_beginning);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&answer.body));
    answer.code = curl_easy_perform(handle_.get());
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &answer.status);
    return answer;
}

std::string fault_note(CURLcode code) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return "host_unknown";
        case CURLE_COULDNT_CONNECT:
            return "no_connection";
        case CURLE_OPERATION_TIMEDOUT:
            return "timed_out";
        case CURLE_USE_SSL_FAILED:
            return "no_encryption_offered";
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
            return "encryption_failed";
        case CURLE_LOGIN_DENIED:
            return "login_denied";
        default:
            return "network_fault_" + std::to_string(static_cast<int>(code));
    }
}

Delivery judge_http(const HttpAnswer& answer) {
    if (answer.code != CURLE_OK) return {Verdict::try_later, fault_note(answer.code)};
    const std::string note = "http_" + std::to_string(answer.status);
    if (answer.status >= 200 && answer.status < 300) return {Verdict::accepted, note};
    const bool passing =
        answer.status >= 500 || answer.status == 408 || answer.status == 425 || answer.status == 429;
    return {passing ? Verdict::try_later : Verdict::refused, note};
}

}  // namespace lianxin::reach
