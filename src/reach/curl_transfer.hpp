// reach/curl_transfer.hpp — what every sender asks of libcurl: a handle of its own, limits, an answer with an
// end.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "reach/sender.hpp"

namespace lianxin::reach {

struct CloseHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

struct HttpAnswer {
    CURLcode code = CURLE_OK;
    long status = 0;
    std::string body;  // its first 64 KiB
};

class Transfer {
 public:
    Transfer(std::chrono::milliseconds timeout, const std::string& ca_file);

    template <class T>
    void set(CURLoption option, T value) {
        curl_easy_setopt(handle_.get(), option, value);
    }
    void add_header(const std::string& line);
    void add_recipient(const std::string& address);
    [[nodiscard]] HttpAnswer perform();

 private:
    std::unique_ptr<CURL, CloseHandle> handle_;
    std::unique_ptr<curl_slist, FreeList> headers_;
    std::unique_ptr<curl_slist, FreeList> recipients_;
};

// curl_global_init is not safe from two threads at once: this is called by every factory of senders.
void start_curl();

// A verdict on an HTTP answer: 2xx accepted; 408, 425, 429, 5xx and network faults are tried again; the rest
// is refused.
[[nodiscard]] Delivery judge_http(const HttpAnswer& answer);
// The name of a network fault; curl's longer texts may carry addresses.
[[nodiscard]] std::string fault_note(CURLcode code);

}  // namespace lianxin::reach
