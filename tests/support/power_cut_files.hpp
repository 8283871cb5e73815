// tests/support/power_cut_files.hpp — files in memory whose power can be cut at any call: a file's bytes
// survive when the file was synced, its name when the directory was. Without the syncs a name may stand over
// an empty file.
#pragma once

#include <map>
#include <memory>

#include "store/blob_store.hpp"

namespace lianxin::support {

class PowerCutFiles final : public store::Files {
 public:
    struct Disk {
        struct Content {
            Bytes written;
            Bytes on_disk;
        };
        std::map<std::filesystem::path, std::shared_ptr<Content>> names;  // a directory has none
        std::map<std::filesystem::path, std::shared_ptr<Content>> names_on_disk;
        std::int64_t calls_left = 0;  // the call that reaches 0 fails; 0: none does
        bool failed = false;
        // What a machine finds when it starts again.
        void cut_power();
    };
    explicit PowerCutFiles(std::shared_ptr<Disk> disk) : disk_(std::move(disk)) {}

    void make_directory(const std::filesystem::path& directory) override;
    void write(const std::filesystem::path& file, BytesView bytes) override;
    void sync_file(const std::filesystem::path& file) override;
    void rename(const std::filesystem::path& from, const std::filesystem::path& to) override;
    void sync_directory(const std::filesystem::path& directory) override;
    bool remove(const std::filesystem::path& file) override;
    [[nodiscard]] std::optional<Bytes> read(const std::filesystem::path& file) const override;
    [[nodiscard]] std::vector<store::StoredBlob> list(const std::filesystem::path& directory) const override;

 private:
    void count_call();

    std::shared_ptr<Disk> disk_;
};

}  // namespace lianxin::support
