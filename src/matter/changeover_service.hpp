// matter/changeover_service.hpp — matters of an older version moved to the workflow of today, by whoever
// administers or leads the place: what stands in which state and where it could go, and moving those that
// stand in the states named. Each matter moves by an entry of its own; those that cannot stay where they are,
// with the reason, and nothing of them changes. A leader moves what they lead: nothing sealed, nothing
// confidential, nothing that somebody above has in hand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matter/changeover.hpp"
#include "matter/matter_service.hpp"
#include "matter/matter_store.hpp"

namespace lianxin::matter {

struct StateStanding {
    StateMove move;
    std::int64_t standing = 0;  // pieces of work under way
};
struct VersionStanding {
    WorkflowPtr from;
    WorkflowPtr next;  // null: the kind is no longer in the pack, its matters end as they began
    std::vector<StateStanding> states;
};

struct VersionAsked {
    std::string workflow;
    std::string version;           // the hash of the version left, hex
    std::optional<PlaceId> place;  // nothing: the highest place this person administers, else leads
};
struct MovesAsked {
    VersionAsked version;
    std::vector<StateChoice> states;  // of the matter itself: these move; of parts: where they go
    std::string why;
    MatterId after;  // go on from here
};
struct Stayed {
    MatterId id;
    std::string number;  // empty: a sealed complaint
    CannotMove because;
};
struct MovesDone {
    std::int64_t moved = 0;
    std::vector<Stayed> stayed;
    std::optional<MatterId> next;  // there may be more
};

class Changeovers {
 public:
    static constexpr int most_at_once = 500;

    Changeovers(County& county, const Surroundings& around) : county_(county), around_(around) {}

    [[nodiscard]] Result<VersionStanding, MatterRefusal> standing(const access::ActingPerson& who,
                                                                  const VersionAsked& asked);
    [[nodiscard]] Result<MovesDone, MatterRefusal> move(const access::ActingPerson& who,
                                                        const MovesAsked& asked);

 private:
    struct Found {
        WorkflowPtr from;
        Below below;  // with_sealed: administered, else merely led
    };
    [[nodiscard]] Result<Found, MatterRefusal> find(const access::ActingPerson& who,
                                                    const VersionAsked& asked);
    [[nodiscard]] std::optional<Below> highest_with(access::PlacePermission permission,
                                                    const access::ActingPerson& who,
                                                    std::optional<PlaceId> place);
    [[nodiscard]] Result<bool, Stayed> move_one(MatterId id, const access::ActingPerson& who,
                                                const MovesAsked& asked, bool administers, Instant now);

    County& county_;
    const Surroundings& around_;
};

}  // namespace lianxin::matter
