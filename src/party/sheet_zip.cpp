#include <minizip/unzip.h>

#include <algorithm>
#include <cstring>

#include "party/sheet.hpp"

namespace lianxin::party {

// minizip's file functions over a text in memory.
struct MemoryFile {
    using Memory = Unzipped::Memory;
    static voidpf ZCALLBACK open(voidpf opaque, const void*, int) { return opaque; }
    static uLong ZCALLBACK read(voidpf, voidpf stream, void* buffer, uLong size) {
        auto& memory = *static_cast<Memory*>(stream);
        const auto count = std::min<std::size_t>(size, memory.bytes.size() - memory.at);
        if (count > 0) std::memcpy(buffer, memory.bytes.data() + memory.at, count);
        memory.at += count;
        return static_cast<uLong>(count);
    }
    static uLong ZCALLBACK write(voidpf, voidpf, const void*, uLong) { return 0; }
    static ZPOS64_T ZCALLBACK tell(voidpf, voidpf stream) { return static_cast<Memory*>(stream)->at; }
    static long ZCALLBACK seek(voidpf, voidpf stream, ZPOS64_T offset, int origin) {
        auto& memory = *static_cast<Memory*>(stream);
        std::size_t base = 0;
        if (origin == ZLIB_FILEFUNC_SEEK_CUR) base = memory.at;
        if (origin == ZLIB_FILEFUNC_SEEK_END) base = memory.bytes.size();
        const auto target = base + static_cast<std::size_t>(offset);
        if (target > memory.bytes.size()) return -1;
        memory.at = target;
        return 0;
    }
    static int ZCALLBACK close(voidpf, voidpf) { return 0; }
    static int ZCALLBACK error(voidpf, voidpf) { return 0; }
};

Unzipped::Unzipped(std::string_view bytes, const SheetLimits& limits) : memory_{bytes, 0}, limits_(limits) {
    zlib_filefunc64_def functions{MemoryFile::open, MemoryFile::read,  MemoryFile::write, MemoryFile::tell,
                                  MemoryFile::seek, MemoryFile::close, MemoryFile::error, &memory_};
    zip_ = unzOpen2_64("", &functions);
}

Unzipped::~Unzipped() {
    if (zip_ != nullptr) unzClose(zip_);
}

std::optional<std::string> Unzipped::part(const std::string& name) {
    constexpr int case_insensitive = 2;
    if (zip_ == nullptr || unzLocateFile(zip_, name.c_str(), case_insensitive) != UNZ_OK) return {};
    unz_file_info64 info{};
    if (unzGetCurrentFileInfo64(zip_, &info, nullptr, 0, nullptr, 0, nullptr, 0) != UNZ_OK) return {};
    if (unzOpenCurrentFile(zip_) != UNZ_OK) return {};
    std::string content;
    // What the directory claims is not believed; what comes out is counted.
    const auto packed = std::max<std::size_t>(static_cast<std::size_t>(info.compressed_size), 1024);
    char buffer[65536];
    int count = 0;
    while ((count = unzReadCurrentFile(zip_, buffer, sizeof buffer)) > 0) {
        content.append(buffer, static_cast<std::size_t>(count));
        unpacked_ += static_cast<std::size_t>(count);
        if (unpacked_ > limits_.unpacked_bytes || content.size() / packed > limits_.unpacked_per_packed) {
            too_large_ = true;
            break;
        }
    }
    const bool whole = unzCloseCurrentFile(zip_) == UNZ_OK;  // the checksum, when it was read to its end
    if (too_large_ || count < 0 || !whole) return {};
    return content;
}

}  // namespace lianxin::party
