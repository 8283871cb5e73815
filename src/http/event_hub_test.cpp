// A stream of events forgets: whoever falls behind is told to fetch anew.
#include "http/event_hub.hpp"

#include <gtest/gtest.h>

namespace lianxin::http {
namespace {

TEST(EventStreams, a_listener_that_cannot_keep_up_is_told_to_fetch_anew) {
    EventStream stream({}, 3);
    for (int pos = 1; pos <= 10; ++pos) stream.offer({"matter", 1, 1, pos});
    EXPECT_EQ(stream.take(), "event: resync\ndata: {}\n\n");
    stream.offer({"matter", 1, 1, 11});
    EXPECT_EQ(stream.take().substr(0, 7), "id: 11\n");
}

TEST(EventStreams, what_is_no_longer_remembered_asks_for_a_resync) {
    EventHub hub(2);
    for (int pos = 1; pos <= 5; ++pos) hub.publish({"matter", pos, 1, pos});
    Request request;
    request.headers.emplace("last-event-id", "1");
    const Response response = hub.listen(request, {});
    EXPECT_EQ(response.stream->take(), "retry: 3000\n\nevent: resync\ndata: {}\n\n");
}

}  // namespace
}  // namespace lianxin::http
