// party/owner_resolver_store.hpp — from a selector of a workflow ("representative@household", "head@group",
// "desk@township", "leader@rung", "superior@owner") and a place to the post that owns. Never nobody: where
// the post does not exist or is vacant, the selector ends at the desk of that place, and where there is no
// such place, at the nearest desk above.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "access/access.hpp"
#include "party/post.hpp"
#include "party/selector.hpp"
#include "store/transaction.hpp"

namespace lianxin::party {

// What a selector may refer to beside the place.
struct SelectorContext {
    PlaceId place;
    Day day;
    std::optional<PostId> owner;  // for superior@owner, leader@owner
    std::optional<PostId> host;   // for leader@host, superior@host
    std::optional<PlaceId>
        rung;  // place of the rung the matter stands on, for leader@rung; absent: the owner's place
};

struct ResolvedOwner {
    PostId post;
    PlaceId place;      // of the post
    bool exact = true;  // false: the selector's own post is missing or vacant and a desk stands for it
    bool operator==(const ResolvedOwner&) const = default;
};

// Shared between transactions and threads. Entries made under another version of posts or tree are dropped;
// versions are random, so what a rolled back change left here is never taken for the truth.
class OwnerCache {
 public:
    using Answer = std::optional<ResolvedOwner>;
    [[nodiscard]] std::optional<Answer> find(const std::string& key, std::int64_t version);
    void keep(const std::string& key, std::int64_t version, const Answer& answer);
    [[nodiscard]] std::shared_ptr<const Offices> offices(std::int64_t version);
    // Outer nothing: not known; inner nothing: there is no such post.
    [[nodiscard]] std::optional<std::optional<Post>> post(PostId id, std::int64_t version);
    void keep_post(PostId id, std::int64_t version, const std::optional<Post>& post);
    void keep_offices(std::int64_t version, std::shared_ptr<const Offices> offices);
    // As it was parsed with those offices.
    [[nodiscard]] std::shared_ptr<const Selector> selector(std::string_view text, std::int64_t version);
    void keep_selector(std::string_view text, std::int64_t version, std::shared_ptr<const Selector> parsed);

 private:
    void turn_to(std::int64_t version);
    std::mutex mutex_;
    std::int64_t version_ = -1;
    std::unordered_map<std::string, Answer> entries_;
    std::unordered_map<std::int64_t, std::optional<Post>> posts_;
    std::shared_ptr<const Offices> offices_;
    std::map<std::string, std::shared_ptr<const Selector>, std::less<>> selectors_;  // those of the packs
};

// For one transaction: reads the version once, then answers from the cache or with one or two indexed
// look-ups.
class OwnerResolver {
 public:
    OwnerResolver(store::Transaction& tx, OwnerCache& cache);
    // Always a post: a county whose root has no desk cannot be opened. A selector given as text must be one
    // of the pack's (they are proved before the pack is used).
    [[nodiscard]] ResolvedOwner resolve(const Selector& selector, const SelectorContext& context);
    [[nodiscard]] ResolvedOwner resolve(std::string_view selector, const SelectorContext& context);
    // Only the selector's own post, held by somebody or a desk; nothing where it does not apply (no such
    // place above, vacant, nobody above). What "next_rung" walks over.
    [[nodiscard]] std::optional<ResolvedOwner> resolve_exactly(const Selector& selector,
                                                               const SelectorContext& context);
    [[nodiscard]] std::optional<ResolvedOwner> resolve_exactly(std::string_view selector,
                                                               const SelectorContext& context);
    // The post above as it is drawn; nothing at the top.
    [[nodiscard]] std::optional<PostId> superior(PostId post);
    // The nearest above in other hands: whoever leads a place and covers its desk is not their own superior.
    [[nodiscard]] std::optional<PostId> answers_to(PostId post, Day day);
    [[nodiscard]] std::optional<Post> post(PostId post);
    // The desk of a place or the nearest above it.
    [[nodiscard]] ResolvedOwner desk_of(PlaceId place, Day day);
    // The same while a county is being set up and may have none yet.
    [[nodiscard]] std::optional<ResolvedOwner> nearest_desk(PlaceId place, Day day);
    // The desk of the unit with that key, where its place is the context's or above it.
    [[nodiscard]] std::optional<ResolvedOwner> desk_of_unit(std::string_view unit,
                                                            const SelectorContext& context);
    // All posts a plural selector means ("representatives@village": an electorate), by id, held ones only.
    [[nodiscard]] std::vector<PostId> all_of(const Selector& selector, const SelectorContext& context);
    [[nodiscard]] std::vector<PostId> all_of(std::string_view selector, const SelectorContext& context);
    // The chain above a post, nearest first (for sealed complaints: nobody in it may read).
    [[nodiscard]] std::vector<PostId> line_above(PostId post);
    [[nodiscard]] const Offices& offices();

 private:
    [[nodiscard]] std::int64_t version();
    [[nodiscard]] std::shared_ptr<const Selector> parsed(std::string_view selector);
    [[nodiscard]] std::optional<ResolvedOwner> look_up(const Selector& selector,
                                                       const SelectorContext& context);
    [[nodiscard]] std::optional<ResolvedOwner> at_place(const Selector& selector,
                                                        const SelectorContext& context);
    [[nodiscard]] std::optional<ResolvedOwner> by_liaison(const Selector& selector,
                                                          const SelectorContext& context);
    [[nodiscard]] std::optional<ResolvedOwner> on_path(const Selector& selector,
                                                       const SelectorContext& context);
    [[nodiscard]] std::optional<ResolvedOwner> leader(const Selector& selector,
                                                      const SelectorContext& context);
    [[nodiscard]] std::optional<ResolvedOwner> above(std::optional<PostId> post, Day day);
    [[nodiscard]] ResolvedOwner desk_instead(const Selector& selector, const SelectorContext& context);

    store::Transaction& tx_;
    OwnerCache& cache_;
    std::optional<std::int64_t> version_;
    std::shared_ptr<const Offices> offices_;
};

// Version of posts, holdings, liaison and tree together.
[[nodiscard]] std::int64_t staffing_version(store::Transaction& tx);

}  // namespace lianxin::party
