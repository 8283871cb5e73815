#include "tests/support/power_cut_files.hpp"

namespace lianxin::support {

void PowerCutFiles::Disk::cut_power() {
    // A name whose directory lost its own name is unreachable.
    for (auto it = names_on_disk.begin(); it != names_on_disk.end();) {
        const std::filesystem::path parent = it->first.parent_path();
        const bool reachable = parent == parent.root_path() || names_on_disk.contains(parent);
        it = reachable ? std::next(it) : names_on_disk.erase(it);
    }
    names = names_on_disk;
    for (const auto& [path, content] : names)
        if (content) content->written = content->on_disk;
    calls_left = 0;
    failed = false;
}

void PowerCutFiles::count_call() {
    if (disk_->calls_left > 0 && --disk_->calls_left == 0) disk_->failed = true;
    if (disk_->failed) throw store::StoreFault(store::FaultKind::io, "the power is off");
}

void PowerCutFiles::make_directory(const std::filesystem::path& directory) {
    count_call();
    disk_->names.emplace(directory, nullptr);
}
void PowerCutFiles::write(const std::filesystem::path& file, BytesView bytes) {
    count_call();
    disk_->names[file] = std::make_shared<Disk::Content>(Disk::Content{{bytes.begin(), bytes.end()}, {}});
}
void PowerCutFiles::sync_file(const std::filesystem::path& file) {
    count_call();
    Disk::Content& content = *disk_->names.at(file);
    content.on_disk = content.written;
}
void PowerCutFiles::rename(const std::filesystem::path& from, const std::filesystem::path& to) {
    count_call();
    disk_->names[to] = disk_->names.at(from);
    disk_->names.erase(from);
}
void PowerCutFiles::sync_directory(const std::filesystem::path& directory) {
    count_call();
    std::erase_if(disk_->names_on_disk, [&](const auto& entry) {
        return entry.first.parent_path() == directory && !disk_->names.contains(entry.first);
    });
    for (const auto& [path, content] : disk_->names)
        if (path.parent_path() == directory) disk_->names_on_disk[path] = content;
}
bool PowerCutFiles::remove(const std::filesystem::path& file) {
    count_call();
    return disk_->names.erase(file) > 0;
}
std::optional<Bytes> PowerCutFiles::read(const std::filesystem::path& file) const {
    const auto found = disk_->names.find(file);
    if (found == disk_->names.end() || !found->second) return {};
    return found->second->written;
}
std::vector<store::StoredBlob> PowerCutFiles::list(const std::filesystem::path& directory) const {
    std::vector<store::StoredBlob> blobs;
    for (const auto& [path, content] : disk_->names) {
        if (!content || !path.string().starts_with(directory.string() + "/")) continue;
        blobs.push_back({path.lexically_relative(directory).string(), content->written.size(), Instant{0}});
    }
    return blobs;
}

}  // namespace lianxin::support
