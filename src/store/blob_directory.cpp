#include <set>

#include "base/crypto.hpp"
#include "store/blob_store.hpp"

namespace lianxin::store {

namespace {

constexpr std::string_view unfinished_suffix = ".tmp";

// 64 lower-case hex digits; anything else never reaches the file system.
bool is_blob_name(std::string_view name) {
    return name.size() == 64 && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

class BlobDirectory final : public BlobStore {
 public:
    BlobDirectory(std::filesystem::path directory, std::unique_ptr<Files> files, bool synchronous)
        : directory_(std::move(directory)), files_(std::move(files)), synchronous_(synchronous) {
        files_->make_directory(directory_);
        if (synchronous_) files_->sync_directory(std::filesystem::absolute(directory_).parent_path());
    }

    [[nodiscard]] std::string put(BytesView sealed) override {
        std::string name = hex(sha256(sealed));
        const std::filesystem::path shelf = shelf_of(name);
        // Written anew even when it is there: its first writer may have died before the sync.
        files_->make_directory(shelf);
        const std::filesystem::path unfinished =
            shelf / (name + "." + hex(random_bytes(8)) + std::string(unfinished_suffix));
        try {
            files_->write(unfinished, sealed);
            if (synchronous_) files_->sync_file(unfinished);
            files_->rename(unfinished, shelf / name);
        } catch (...) {
            files_->remove(unfinished);
            throw;
        }
        if (synchronous_) files_->sync_directory(shelf);
        if (synchronous_) files_->sync_directory(directory_);  // the shelf's own name
        return name;
    }

    [[nodiscard]] std::optional<Bytes> get(std::string_view name) const override {
        if (!is_blob_name(name)) return {};
        std::optional<Bytes> bytes = files_->read(shelf_of(name) / name);
        if (bytes && hex(sha256(*bytes)) != name)
            throw StoreFault(FaultKind::io,
                             "a stored attachment is damaged: its content does not match its name");
        return bytes;
    }

    bool remove(std::string_view name) override {
        return is_blob_name(name) && files_->remove(shelf_of(name) / name);
    }

    void remove_unfinished(Instant before) override {
        for (const StoredBlob& file : files_->list(directory_))
            if (file.name.ends_with(unfinished_suffix) && file.written < before)
                files_->remove(directory_ / file.name);
    }

    [[nodiscard]] std::vector<StoredBlob> list() const override {
        std::vector<StoredBlob> blobs = files_->list(directory_);
        for (StoredBlob& blob : blobs) blob.name = std::filesystem::path(blob.name).filename();
        std::erase_if(blobs, [](const StoredBlob& blob) { return !is_blob_name(blob.name); });
        return blobs;
    }

 private:
    [[nodiscard]] std::filesystem::path shelf_of(std::string_view name) const {
        return directory_ / name.substr(0, 2);
    }

    std::filesystem::path directory_;
    std::unique_ptr<Files> files_;
    bool synchronous_;
};

}  // namespace

std::unique_ptr<BlobStore> open_blob_directory(const std::filesystem::path& directory,
                                               std::unique_ptr<Files> files, bool synchronous) {
    return std::make_unique<BlobDirectory>(directory, std::move(files), synchronous);
}

void record_blob(Transaction& tx, std::string_view name, std::int64_t size, Instant now) {
    require(is_blob_name(name), "a blob is named by put()");
    tx.send("insert into blob (name, size, created) values ($1, $2, $3) on conflict (name) do nothing", name,
            size, now);
}

void forget_blob(Transaction& tx, std::string_view name) {
    tx.send("delete from blob where name = $1", name);
}

std::size_t sweep_orphans(Database& database, BlobStore& blobs, Instant now) {
    // Listed before the names are read: a blob put and named meanwhile is too young to be swept anyway.
    const std::vector<StoredBlob> stored = blobs.list();
    const auto named = database.read([](Transaction& tx) {
        std::set<std::string, std::less<>> names;
        for (const Row row : tx.query("select name from blob")) names.insert(row.get<std::string>(0));
        return names;
    });
    std::size_t swept = 0;
    for (const StoredBlob& blob : stored) {
        if (blob.written + orphan_age > now || named.contains(blob.name)) continue;
        if (blobs.remove(blob.name)) ++swept;
    }
    blobs.remove_unfinished(now - orphan_age);
    return swept;
}

}  // namespace lianxin::store
