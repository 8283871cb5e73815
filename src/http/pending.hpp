// http/pending.hpp — an answer that comes later. A handler whose last step is a commit that many share leaves
// its worker instead of sleeping on it, and makes its answer on a worker once the commit is durable:
// sixty-four clients then need two threads that work, not sixty-four that wake each other.
#pragma once

#include <functional>
#include <memory>

#include "http/message.hpp"

namespace lianxin::http {

class Api;

// How the rest of a request comes back to a worker, and its answer to the peer.
struct WayBack {
    std::function<void(std::function<void()>)> come_back;       // from any thread
    std::function<void(Response)> answered;                     // exactly once
    std::function<void(std::function<void()>)> meanwhile = {};  // while no other request waits, or never
    std::shared_ptr<void> expected = {};                        // held as long as something may come back
};

// Copies share one request, which outlives its answer.
class Pending {
 public:
    Pending(const Api& api, Request& request, WayBack way)
        : held_(std::make_shared<const Held>(Held{api, request, std::move(way)})) {}

    void answer(Response response) const;
    // `make` runs on a worker, guarded as a handler is; callable from any thread, and throws nothing.
    void come_back(std::function<Response()> make) const;
    // `job` runs on a worker with nothing else to do, or not at all; what it throws is forgotten. It may run
    // beside `make`, and after it.
    void meanwhile(std::function<void()> job) const;

 private:
    struct Held {
        const Api& api;
        Request& request;
        WayBack way;
    };
    std::shared_ptr<const Held> held_;
};

}  // namespace lianxin::http
