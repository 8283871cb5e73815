// http/event_hub.hpp — server-sent events (WHATWG HTML §9.2): what changed, never its content. A listener is
// a socket and a bounded queue, not a thread; one that cannot keep up is told to fetch anew (`resync`)
// instead of holding memory.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "http/message.hpp"

namespace lianxin::http {

struct Event {
    std::string kind;  // of the thing: "matter", "notice"
    std::int64_t id = 0;
    std::int64_t version = 0;
    std::int64_t pos = 0;  // the journal's position: what Last-Event-ID means
};
// Whether this listener may know of the event; asked on the publisher's thread, so it must not block for
// long.
using EventFilter = std::function<bool(const Event&)>;

// One listener's queue between publisher and socket.
class EventStream {
 public:
    explicit EventStream(EventFilter filter, std::size_t capacity = 256);
    // Text ready to be written, or empty; `closed` when nothing will come any more.
    [[nodiscard]] std::string take();
    [[nodiscard]] bool closed() const;
    // Called (from any thread) when there is something to take. Set once by the server.
    void on_ready(std::function<void()> wake);
    void offer(const Event& event);
    void offer_text(const std::string& frame);
    void close();

 private:
    EventFilter filter_;
    std::size_t capacity_;
    mutable std::mutex mutex_;
    std::deque<std::string> frames_;
    std::function<void()> wake_;
    bool closed_ = false;
    bool overflowed_ = false;
};

class EventHub {
 public:
    // `remembered` events are kept for listeners that come back with Last-Event-ID.
    explicit EventHub(std::size_t remembered = 4096, std::size_t most_listeners = 2000);
    void publish(const Event& event);
    // The answer that turns the connection into a stream. Reads Last-Event-ID: what was missed comes first,
    // or `resync` when that is no longer remembered. 503 when there are too many listeners already.
    [[nodiscard]] Response listen(const Request& request, EventFilter filter);
    void close();  // all streams end; for the server's stop
    [[nodiscard]] std::size_t listeners() const;

 private:
    mutable std::mutex mutex_;
    std::size_t remembered_, most_listeners_;
    std::deque<Event> past_;
    std::vector<std::weak_ptr<EventStream>> listeners_;
    bool closed_ = false;
};

[[nodiscard]] std::string event_frame(const Event& event);

}  // namespace lianxin::http
