// store/blob_store.hpp — sealed attachments outside the database, each named by the SHA-256 of its
// ciphertext. Order matters: put() returns when file and directory are on disk; only then may a transaction
// name the blob (record_blob). A crash between the two leaves an orphan, never a name without a file; orphans
// are swept after 7 days.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "store/transaction.hpp"

namespace lianxin::store {

struct StoredBlob {
    std::string name;  // 64 lower-case hex digits
    std::uint64_t size = 0;
    Instant written;
};

class BlobStore {
 public:
    virtual ~BlobStore() = default;
    // Durable on return; putting the same bytes twice stores them once. Faults: full, io.
    [[nodiscard]] virtual std::string put(BytesView sealed) = 0;
    // Nothing when there is none; StoreFault{io} when the file no longer hashes to its name.
    [[nodiscard]] virtual std::optional<Bytes> get(std::string_view name) const = 0;
    // True when there was one.
    virtual bool remove(std::string_view name) = 0;
    [[nodiscard]] virtual std::vector<StoredBlob> list() const = 0;
    // What a put() that never ended left behind before that instant.
    virtual void remove_unfinished(Instant before) = 0;
};

// The few calls the directory store makes, so that a test can pull the plug between any two of them.
class Files {
 public:
    virtual ~Files() = default;
    virtual void make_directory(
        const std::filesystem::path& directory) = 0;  // with parents; fine when it exists
    virtual void write(const std::filesystem::path& file, BytesView bytes) = 0;
    virtual void sync_file(const std::filesystem::path& file) = 0;
    virtual void rename(const std::filesystem::path& from, const std::filesystem::path& to) = 0;
    virtual void sync_directory(const std::filesystem::path& directory) = 0;
    virtual bool remove(const std::filesystem::path& file) = 0;
    [[nodiscard]] virtual std::optional<Bytes> read(const std::filesystem::path& file) const = 0;
    // Every regular file below the directory; `name` is the path relative to it.
    [[nodiscard]] virtual std::vector<StoredBlob> list(const std::filesystem::path& directory) const = 0;
};
[[nodiscard]] std::unique_ptr<Files> disk_files();

// DIR/ab/abcdef…; the directory is created when absent. `synchronous` is turned off only by the test that
// proves the syncs.
[[nodiscard]] std::unique_ptr<BlobStore> open_blob_directory(const std::filesystem::path& directory,
                                                             std::unique_ptr<Files> files = disk_files(),
                                                             bool synchronous = true);

// In the transaction that names the blob, and in the one that lets go of it.
void record_blob(Transaction& tx, std::string_view name, std::int64_t size, Instant now);
void forget_blob(Transaction& tx, std::string_view name);

inline constexpr std::chrono::hours orphan_age{7 * 24};
// Removes blobs older than `orphan_age` that no recorded name points to; answers how many.
std::size_t sweep_orphans(Database& database, BlobStore& blobs, Instant now);

}  // namespace lianxin::store
