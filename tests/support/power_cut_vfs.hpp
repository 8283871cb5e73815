// tests/support/power_cut_vfs.hpp — a SQLite file system in memory with two layers: what was written, and
// what is on disk. xSync moves a file's bytes to disk; pull_the_plug() forgets the rest, as the worst disk
// would: it keeps any subset of the unsynced blocks, chosen by a seed. It also runs out of space or fails
// when told to.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace lianxin::support {

class PowerCutVfs {
 public:
    explicit PowerCutVfs(std::uint64_t seed);
    ~PowerCutVfs();
    PowerCutVfs(const PowerCutVfs&) = delete;
    PowerCutVfs& operator=(const PowerCutVfs&) = delete;

    [[nodiscard]] const char* name() const;
    // From now on every call fails, until restore_power(); open connections must be closed before that.
    void pull_the_plug();
    void restore_power();
    // The plug is pulled at the n-th write or sync from now.
    void pull_the_plug_after(std::int64_t calls);
    [[nodiscard]] bool plug_pulled() const;
    // Writes answer SQLITE_FULL while set.
    void fill_disk(bool full);
    // The n-th write or sync from now answers SQLITE_IOERR, once; 0: none.
    void fail_call(std::int64_t n);
    [[nodiscard]] bool call_failed() const;

    struct Disk;

 private:
    std::unique_ptr<Disk> disk_;
};

}  // namespace lianxin::support
