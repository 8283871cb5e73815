#include "tests/support/power_cut_vfs.hpp"

#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <vector>

namespace lianxin::support {

namespace {

using Content = std::vector<std::uint8_t>;
constexpr std::size_t block = 512;  // what a disk writes whole

struct File {
    Content written;
    Content on_disk;
    std::set<std::size_t> unsynced;  // numbers of blocks
    bool exists_on_disk = false;
    int shared = 0;  // locks, as SQLite counts them
    bool reserved = false, pending = false, exclusive = false;
    std::vector<Content> memory;  // the wal-index, shared by this process' connections
    int memory_shared[SQLITE_SHM_NLOCK] = {};
    bool memory_exclusive[SQLITE_SHM_NLOCK] = {};
};

}  // namespace

struct PowerCutVfs::Disk {
    std::mutex mutex;
    std::map<std::string, std::shared_ptr<File>> files;
    std::mt19937_64 random;
    std::string name;
    sqlite3_vfs vfs{};
    bool dead = false;
    bool full = false;
    bool failed = false;
    std::int64_t calls_to_death = 0;
    std::int64_t calls_to_failure = 0;

    // Open connections keep the files of before the cut, of which nothing will ever be read again.
    void die() {
        dead = true;
        std::map<std::string, std::shared_ptr<File>> left;
        for (const auto& [path, file] : files) {
            if (!file->exists_on_disk) continue;
            keep_some(*file);
            const auto copy = left.emplace(path, std::make_shared<File>()).first->second;
            copy->written = copy->on_disk = file->on_disk;
            copy->exists_on_disk = true;
        }
        files = std::move(left);
    }
    // Any of the unsynced blocks may have reached the disk, in any order.
    void keep_some(File& file) {
        for (const std::size_t number : file.unsynced) {
            if (random() % 2 == 0) continue;
            const std::size_t from = number * block;
            const std::size_t to = std::min(from + block, file.written.size());
            if (from >= to) continue;
            if (file.on_disk.size() < to) file.on_disk.resize(to);
            std::copy(file.written.begin() + static_cast<std::ptrdiff_t>(from),
                      file.written.begin() + static_cast<std::ptrdiff_t>(to),
                      file.on_disk.begin() + static_cast<std::ptrdiff_t>(from));
        }
    }
    // The code a write or sync answers before it does anything.
    int before_call(int failure) {
        if (calls_to_death > 0 && --calls_to_death == 0) die();
        if (dead) return failure;
        if (calls_to_failure > 0 && --calls_to_failure == 0) {
            failed = true;
            return failure;
        }
        return SQLITE_OK;
    }
};

namespace {

using Disk = PowerCutVfs::Disk;

struct Handle {
    sqlite3_file base;
    Disk* disk;
    std::shared_ptr<File>* file;
    int lock;
    int memory_shared;  // bit per wal-index lock this connection holds
    int memory_exclusive;
};
Handle& of(sqlite3_file* file) {
    return *reinterpret_cast<Handle*>(file);
}
File& content_of(sqlite3_file* file) {
    return **of(file).file;
}

int close_file(sqlite3_file* raw) {
    Handle& handle = of(raw);
    delete handle.file;
    handle.file = nullptr;
    return SQLITE_OK;
}

int read_file(sqlite3_file* raw, void* into, int amount, sqlite3_int64 offset) {
    const std::scoped_lock lock(of(raw).disk->mutex);
    if (of(raw).disk->dead) return SQLITE_IOERR_READ;
    const Content& bytes = content_of(raw).written;
    const auto from = static_cast<std::size_t>(offset);
    const auto wanted = static_cast<std::size_t>(amount);
    const std::size_t have = from >= bytes.size() ? 0 : std::min(wanted, bytes.size() - from);
    if (have > 0) std::memcpy(into, bytes.data() + from, have);
    if (have == wanted) return SQLITE_OK;
    std::memset(static_cast<std::uint8_t*>(into) + have, 0, wanted - have);
    return SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* raw, const void* data, int amount, sqlite3_int64 offset) {
    Disk& disk = *of(raw).disk;
    const std::scoped_lock lock(disk.mutex);
    if (const int code = disk.before_call(SQLITE_IOERR_WRITE); code != SQLITE_OK) return code;
    if (disk.full) return SQLITE_FULL;
    File& file = content_of(raw);
    const auto from = static_cast<std::size_t>(offset);
    const std::size_t to = from + static_cast<std::size_t>(amount);
    if (file.written.size() < to) file.written.resize(to);
    std::memcpy(file.written.data() + from, data, static_cast<std::size_t>(amount));
    for (std::size_t number = from / block; number * block < to; ++number) file.unsynced.insert(number);
    return SQLITE_OK;
}

int truncate_file(sqlite3_file* raw, sqlite3_int64 size) {
    Disk& disk = *of(raw).disk;
    const std::scoped_lock lock(disk.mutex);
    if (disk.dead) return SQLITE_IOERR_TRUNCATE;
    content_of(raw).written.resize(static_cast<std::size_t>(size));
    return SQLITE_OK;
}

int sync_file(sqlite3_file* raw, int) {
    Disk& disk = *of(raw).disk;
    const std::scoped_lock lock(disk.mutex);
    if (const int code = disk.before_call(SQLITE_IOERR_FSYNC); code != SQLITE_OK) return code;
    File& file = content_of(raw);
    file.on_disk = file.written;
    file.unsynced.clear();
    file.exists_on_disk = true;
    return SQLITE_OK;
}

int file_size(sqlite3_file* raw, sqlite3_int64* size) {
    const std::scoped_lock lock(of(raw).disk->mutex);
    *size = static_cast<sqlite3_int64>(content_of(raw).written.size());
    return SQLITE_OK;
}

int lock_file(sqlite3_file* raw, int level) {
    Handle& handle = of(raw);
    const std::scoped_lock lock(handle.disk->mutex);
    File& file = content_of(raw);
    if (handle.lock >= level) return SQLITE_OK;
    if (level == SQLITE_LOCK_SHARED) {
        if (file.pending || file.exclusive) return SQLITE_BUSY;
        ++file.shared;
    } else if (level == SQLITE_LOCK_RESERVED) {
        if (file.reserved) return SQLITE_BUSY;
        file.reserved = true;
    } else {
        if (handle.lock < SQLITE_LOCK_RESERVED && file.reserved) return SQLITE_BUSY;
        file.reserved = file.pending = true;
        if (file.shared > 1) {
            handle.lock = SQLITE_LOCK_PENDING;
            return SQLITE_BUSY;
        }
        file.exclusive = true;
    }
    handle.lock = level;
    return SQLITE_OK;
}

int unlock_file(sqlite3_file* raw, int level) {
    Handle& handle = of(raw);
    const std::scoped_lock lock(handle.disk->mutex);
    File& file = content_of(raw);
    if (handle.lock <= level) return SQLITE_OK;
    if (handle.lock >= SQLITE_LOCK_RESERVED) file.reserved = file.pending = file.exclusive = false;
    if (level == SQLITE_LOCK_NONE && handle.lock >= SQLITE_LOCK_SHARED) --file.shared;
    handle.lock = level;
    return SQLITE_OK;
}

int check_reserved(sqlite3_file* raw, int* answer) {
    const std::scoped_lock lock(of(raw).disk->mutex);
    *answer = content_of(raw).reserved ? 1 : 0;
    return SQLITE_OK;
}

int file_control(sqlite3_file*, int, void*) {
    return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
    return static_cast<int>(block);
}
int device_characteristics(sqlite3_file*) {
    return 0;
}  // promises nothing

int map_memory(sqlite3_file* raw, int region, int size, int extend, void volatile** into) {
    const std::scoped_lock lock(of(raw).disk->mutex);
    std::vector<Content>& memory = content_of(raw).memory;
    const auto wanted = static_cast<std::size_t>(region);
    *into = nullptr;
    if (memory.size() <= wanted && extend == 0) return SQLITE_OK;
    while (memory.size() <= wanted) memory.emplace_back(static_cast<std::size_t>(size));
    *into = memory[wanted].data();
    return SQLITE_OK;
}

int lock_memory(sqlite3_file* raw, int first, int count, int flags) {
    Handle& handle = of(raw);
    const std::scoped_lock lock(handle.disk->mutex);
    File& file = content_of(raw);
    const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    const bool taking = (flags & SQLITE_SHM_LOCK) != 0;
    for (int i = first; i < first + count && taking; ++i) {
        const int others = file.memory_shared[i] - ((handle.memory_shared >> i) & 1);
        const bool other_exclusive = file.memory_exclusive[i] && ((handle.memory_exclusive >> i) & 1) == 0;
        if (other_exclusive || (exclusive && others > 0)) return SQLITE_BUSY;
    }
    for (int i = first; i < first + count; ++i) {
        int& held = exclusive ? handle.memory_exclusive : handle.memory_shared;
        if (((held >> i) & 1) == (taking ? 1 : 0)) continue;
        held ^= 1 << i;
        if (exclusive)
            file.memory_exclusive[i] = taking;
        else
            file.memory_shared[i] += taking ? 1 : -1;
    }
    return SQLITE_OK;
}

void memory_barrier(sqlite3_file* raw) {
    const std::scoped_lock lock(of(raw).disk->mutex);
}
int unmap_memory(sqlite3_file* raw, int remove) {
    const std::scoped_lock lock(of(raw).disk->mutex);
    if (remove != 0) content_of(raw).memory.clear();
    return SQLITE_OK;
}

const sqlite3_io_methods methods = {2,
                                    close_file,
                                    read_file,
                                    write_file,
                                    truncate_file,
                                    sync_file,
                                    file_size,
                                    lock_file,
                                    unlock_file,
                                    check_reserved,
                                    file_control,
                                    sector_size,
                                    device_characteristics,
                                    map_memory,
                                    lock_memory,
                                    memory_barrier,
                                    unmap_memory,
                                    nullptr,
                                    nullptr};

Disk& disk_of(sqlite3_vfs* vfs) {
    return *static_cast<Disk*>(vfs->pAppData);
}

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* raw, int flags, int* out_flags) {
    Disk& disk = disk_of(vfs);
    const std::scoped_lock lock(disk.mutex);
    Handle& handle = of(raw);
    handle = Handle{};
    if (disk.dead) return SQLITE_CANTOPEN;
    const std::string key = path == nullptr ? "" : path;
    auto found = disk.files.find(key);
    if (found == disk.files.end()) {
        if ((flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
        found = disk.files.emplace(key, std::make_shared<File>()).first;
    }
    handle.disk = &disk;
    handle.file = new std::shared_ptr<File>(found->second);
    handle.base.pMethods = &methods;
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* path, int) {
    Disk& disk = disk_of(vfs);
    const std::scoped_lock lock(disk.mutex);
    if (disk.dead) return SQLITE_IOERR_DELETE;
    return disk.files.erase(path) > 0 ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
}

int access_file(sqlite3_vfs* vfs, const char* path, int, int* answer) {
    Disk& disk = disk_of(vfs);
    const std::scoped_lock lock(disk.mutex);
    const auto found = disk.files.find(path);
    *answer = found != disk.files.end() && !found->second->written.empty() ? 1 : 0;
    return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int size, char* into) {
    sqlite3_snprintf(size, into, "%s", path);
    return SQLITE_OK;
}

int random_bytes_of(sqlite3_vfs* vfs, int count, char* into) {
    Disk& disk = disk_of(vfs);
    const std::scoped_lock lock(disk.mutex);
    for (int i = 0; i < count; ++i) into[i] = static_cast<char>(disk.random());
    return count;
}
int sleep_not(sqlite3_vfs*, int micros) {
    return micros;
}
int time_now(sqlite3_vfs*, sqlite3_int64* time) {
    *time = 213'000'000'000'000;  // a Julian day in milliseconds; nothing here depends on it
    return SQLITE_OK;
}
int last_error(sqlite3_vfs*, int, char*) {
    return 0;
}

}  // namespace

PowerCutVfs::PowerCutVfs(std::uint64_t seed) : disk_(std::make_unique<Disk>()) {
    static std::atomic<int> made{0};
    disk_->random.seed(seed);
    disk_->name = "power-cut-" + std::to_string(++made);
    sqlite3_vfs& vfs = disk_->vfs;
    vfs.iVersion = 2;
    vfs.szOsFile = sizeof(Handle);
    vfs.mxPathname = 512;
    vfs.zName = disk_->name.c_str();
    vfs.pAppData = disk_.get();
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    vfs.xAccess = access_file;
    vfs.xFullPathname = full_path;
    vfs.xRandomness = random_bytes_of;
    vfs.xSleep = sleep_not;
    vfs.xGetLastError = last_error;
    vfs.xCurrentTimeInt64 = time_now;
    sqlite3_vfs_register(&vfs, 0);
}

PowerCutVfs::~PowerCutVfs() {
    sqlite3_vfs_unregister(&disk_->vfs);
}

const char* PowerCutVfs::name() const {
    return disk_->name.c_str();
}

void PowerCutVfs::pull_the_plug() {
    const std::scoped_lock lock(disk_->mutex);
    if (!disk_->dead) disk_->die();
}
void PowerCutVfs::restore_power() {
    const std::scoped_lock lock(disk_->mutex);
    disk_->dead = false;
    disk_->calls_to_death = 0;
}
void PowerCutVfs::pull_the_plug_after(std::int64_t calls) {
    const std::scoped_lock lock(disk_->mutex);
    disk_->calls_to_death = calls;
}
bool PowerCutVfs::plug_pulled() const {
    const std::scoped_lock lock(disk_->mutex);
    return disk_->dead;
}
void PowerCutVfs::fill_disk(bool full) {
    const std::scoped_lock lock(disk_->mutex);
    disk_->full = full;
}
void PowerCutVfs::fail_call(std::int64_t n) {
    const std::scoped_lock lock(disk_->mutex);
    disk_->calls_to_failure = n;
    disk_->failed = false;
}
bool PowerCutVfs::call_failed() const {
    const std::scoped_lock lock(disk_->mutex);
    return disk_->failed;
}

}  // namespace lianxin::support
