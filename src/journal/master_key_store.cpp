#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/result.hpp"
#include "journal/key_ring.hpp"

namespace lianxin::journal {
namespace {

class OpenFile {
 public:
    explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
    ~OpenFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }

 private:
    int descriptor_;
};

[[noreturn]] void fail_with(const std::filesystem::path& file, const char* what) {
    throw Fault(file.string() + ": " + what + ": " + std::strerror(errno));
}

void sync_folder(const std::filesystem::path& file) {
    const std::filesystem::path folder = file.parent_path().empty() ? "." : file.parent_path();
    const OpenFile opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.is_open() || ::fsync(opened.descriptor()) != 0) fail_with(folder, "cannot be synced");
}

// Beside it and then linked into place: two programs starting at once end with one whole key between them.
void make_master_key(const std::filesystem::path& file) {
    const SecretKey key = random_key();
    std::filesystem::path draft = file;
    draft += "." + hex(random_bytes(8));
    {
        const OpenFile opened(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!opened.is_open()) fail_with(draft, "cannot be made");
        if (::write(opened.descriptor(), key.data(), key.size()) != static_cast<ssize_t>(key.size()) ||
            ::fsync(opened.descriptor()) != 0) {
            ::unlink(draft.c_str());
            fail_with(draft, "cannot be written");
        }
    }
    const bool linked = ::link(draft.c_str(), file.c_str()) == 0 || errno == EEXIST;
    ::unlink(draft.c_str());
    if (!linked) fail_with(file, "cannot be made");
    sync_folder(file);
}

}  // namespace

SecretKey read_or_make_master_key(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file)) make_master_key(file);
    const OpenFile opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!opened.is_open()) fail_with(file, "cannot be read by this user");
    SecretKey key{};
    std::array<std::uint8_t, 33> bytes{};
    if (::read(opened.descriptor(), bytes.data(), bytes.size()) != static_cast<ssize_t>(key.size())) {
        throw Fault(file.string() + ": a master key has exactly 32 bytes; put it back from its backup");
    }
    std::copy_n(bytes.begin(), key.size(), key.begin());
    return key;
}

}  // namespace lianxin::journal
