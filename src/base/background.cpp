#include "base/background.hpp"

#include <sys/resource.h>
#include <unistd.h>

namespace lianxin {

// On Linux niceness belongs to the thread (setpriority(2), "C library/kernel differences"). Whether it is
// granted changes no result.
void work_in_background() {
    constexpr int niceness = 15;
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), niceness);
}

}  // namespace lianxin
