#include "http/event_hub.hpp"

#include <algorithm>
#include <charconv>

#include "http/api.hpp"

namespace lianxin::http {

std::string event_frame(const Event& event) {
    JsonWriting out(Zone{});
    out.raw("id: ");
    out.integer(event.pos);
    out.raw("\ndata: {\"kind\":");
    out.string(event.kind);
    out.raw(",\"id\":");
    out.string(std::to_string(event.id));
    out.raw(",\"version\":");
    out.integer(event.version);
    out.raw(",\"pos\":");
    out.integer(event.pos);
    out.raw("}\n\n");
    return out.take();
}

EventStream::EventStream(EventFilter filter, std::size_t capacity)
    : filter_(std::move(filter)), capacity_(capacity) {}

std::string EventStream::take() {
    const std::lock_guard lock(mutex_);
    std::string text;
    for (const std::string& frame : frames_) text += frame;
    frames_.clear();
    overflowed_ = false;
    return text;
}

bool EventStream::closed() const {
    const std::lock_guard lock(mutex_);
    return closed_ && frames_.empty();
}

void EventStream::on_ready(std::function<void()> wake) {
    const std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
    if (wake_ && (!frames_.empty() || closed_)) wake_();
}

void EventStream::offer(const Event& event) {
    if (filter_ && !filter_(event)) return;
    offer_text(event_frame(event));
}

// Woken under the lock: once on_ready(nothing) has returned, nobody is woken any more.
void EventStream::offer_text(const std::string& frame) {
    const std::lock_guard lock(mutex_);
    if (closed_ || overflowed_) return;
    if (frames_.size() >= capacity_) {
        frames_.assign(1, "event: resync\ndata: {}\n\n");
        overflowed_ = true;  // until it has been taken
    } else {
        frames_.push_back(frame);
    }
    if (wake_) wake_();
}

void EventStream::close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    if (wake_) wake_();
}

EventHub::EventHub(std::size_t remembered, std::size_t most_listeners)
    : remembered_(remembered), most_listeners_(most_listeners) {}

void EventHub::publish(const Event& event) {
    std::vector<std::shared_ptr<EventStream>> present;
    {
        const std::lock_guard lock(mutex_);
        past_.push_back(event);
        if (past_.size() > remembered_) past_.pop_front();
        std::erase_if(listeners_, [](const auto& listener) { return listener.expired(); });
        for (const auto& listener : listeners_) {
            if (auto stream = listener.lock()) present.push_back(std::move(stream));
        }
    }
    // Filters may ask the store: not under the lock.
    for (const auto& stream : present) stream->offer(event);
}

Response EventHub::listen(const Request& request, EventFilter filter) {
    std::optional<std::int64_t> last;
    if (const auto given = request.header("last-event-id")) {
        std::int64_t pos = 0;
        const auto [end, error] = std::from_chars(given->data(), given->data() + given->size(), pos);
        if (error == std::errc{} && end == given->data() + given->size()) last = pos;
    }
    auto stream = std::make_shared<EventStream>(std::move(filter));
    std::vector<Event> missed;
    bool forgotten = false;
    {
        const std::lock_guard lock(mutex_);
        std::erase_if(listeners_, [](const auto& listener) { return listener.expired(); });
        if (closed_ || listeners_.size() >= most_listeners_) {
            Problem refused = problem(503, "too_many_connections");
            refused.headers.emplace_back("Retry-After", "30");
            return respond(refused);
        }
        listeners_.push_back(stream);
        if (last) {
            forgotten = past_.empty() || past_.front().pos > *last + 1;
            std::copy_if(past_.begin(), past_.end(), std::back_inserter(missed),
                         [&](const Event& event) { return event.pos > *last; });
        }
    }
    stream->offer_text("retry: 3000\n\n");
    if (forgotten)
        stream->offer_text("event: resync\ndata: {}\n\n");
    else
        for (const Event& event : missed) stream->offer(event);
    Response response;
    response.content_type = "text/event-stream; charset=utf-8";
    response.stream = std::move(stream);
    return response;
}

void EventHub::close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    for (const auto& listener : listeners_) {
        if (const auto stream = listener.lock()) stream->close();
    }
}

std::size_t EventHub::listeners() const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(
        std::count_if(listeners_.begin(), listeners_.end(), [](const auto& one) { return !one.expired(); }));
}

}  // namespace lianxin::http
