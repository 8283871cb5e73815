#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "store/blob_store.hpp"

namespace lianxin::store {

namespace {

[[noreturn]] void throw_fault(int error, const char* what) {
    const bool full = error == ENOSPC || error == EDQUOT;
    const bool gone = error == ENOENT || error == ENOTDIR;
    throw StoreFault(full ? FaultKind::full : (gone ? FaultKind::gone : FaultKind::io),
                     std::string("attachments: ") + what + ": " + std::generic_category().message(error));
}

class Descriptor {
 public:
    Descriptor(const std::filesystem::path& path, int flags)
        : number_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
        if (number_ < 0) throw_fault(errno, "a file cannot be opened");
    }
    ~Descriptor() { ::close(number_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return number_; }

 private:
    int number_;
};

void sync(const std::filesystem::path& path, int flags) {
    const Descriptor descriptor(path, flags);
    if (::fsync(descriptor.number()) != 0) throw_fault(errno, "a file cannot be made durable");
}

class DiskFiles final : public Files {
 public:
    void make_directory(const std::filesystem::path& directory) override {
        std::error_code error;
        std::filesystem::create_directories(directory, error);
        if (error) throw_fault(error.value(), "a directory cannot be made");
    }
    void write(const std::filesystem::path& file, BytesView bytes) override {
        const Descriptor descriptor(file, O_WRONLY | O_CREAT | O_TRUNC);
        while (!bytes.empty()) {
            const ssize_t written = ::write(descriptor.number(), bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) throw_fault(errno, "a file cannot be written");
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
    }
    void sync_file(const std::filesystem::path& file) override { sync(file, O_RDONLY); }
    void sync_directory(const std::filesystem::path& directory) override {
        sync(directory, O_RDONLY | O_DIRECTORY);
    }
    void rename(const std::filesystem::path& from, const std::filesystem::path& to) override {
        if (::rename(from.c_str(), to.c_str()) != 0) throw_fault(errno, "a file cannot be named");
    }
    bool remove(const std::filesystem::path& file) override {
        if (::unlink(file.c_str()) == 0) return true;
        if (errno == ENOENT || errno == ENOTDIR) return false;
        throw_fault(errno, "a file cannot be removed");
    }
    [[nodiscard]] std::optional<Bytes> read(const std::filesystem::path& file) const override {
        struct stat facts {};
        if (::stat(file.c_str(), &facts) != 0) {
            if (errno == ENOENT || errno == ENOTDIR) return {};
            throw_fault(errno, "a file cannot be read");
        }
        const Descriptor descriptor(file, O_RDONLY);
        Bytes bytes(static_cast<std::size_t>(facts.st_size));
        std::size_t have = 0;
        while (have < bytes.size()) {
            const ssize_t got = ::read(descriptor.number(), bytes.data() + have, bytes.size() - have);
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) throw_fault(errno, "a file cannot be read");
            if (got == 0) break;
            have += static_cast<std::size_t>(got);
        }
        bytes.resize(have);
        return bytes;
    }
    [[nodiscard]] std::vector<StoredBlob> list(const std::filesystem::path& directory) const override {
        std::vector<StoredBlob> files;
        std::error_code error;
        for (std::filesystem::recursive_directory_iterator it(directory, error), end; !error && it != end;
             it.increment(error)) {
            struct stat facts {};
            if (::stat(it->path().c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) continue;
            const Instant written{facts.st_mtim.tv_sec * micros_per_second + facts.st_mtim.tv_nsec / 1000};
            files.push_back({std::filesystem::relative(it->path(), directory).string(),
                             static_cast<std::uint64_t>(facts.st_size), written});
        }
        if (error) throw_fault(error.value(), "a directory cannot be read");
        return files;
    }
};

}  // namespace

std::unique_ptr<Files> disk_files() {
    return std::make_unique<DiskFiles>();
}

}  // namespace lianxin::store
