// pack/pack.hpp — a local system in text files. `packs/NAME/` holds pack.toml and, beside it, places.toml,
// posts.toml, categories.toml, workflows/*.toml, words/*.toml, …; a pack that extends another sees the
// other's files under its own, merged key by key (see inherit). This knows files, tables and words; what
// stands in them is the nouns' business.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "pack/finding.hpp"
#include "pack/reader.hpp"
#include "pack/value.hpp"

namespace lianxin::pack {

// pack.toml
struct Manifest {
    std::string name;                    // the folder's name
    std::optional<std::string> extends;  // the sibling folder it builds on
    bool base = false;  // only for others to build on: no territory of its own, not to be served
    std::string title;  // a key of words
    Zone zone;          // zone = "+08:00"
    std::vector<std::string> languages;  // e.g. zh-Hans, zh-Hant, en
    std::string default_language;
    std::vector<std::string> without;  // inherited files this pack does not take
    std::int64_t minimum_sample = 10;  // no rate is shown from fewer without being marked
};

struct File {
    std::string pack;  // the folder it comes from
    std::string path;  // below it, with '/': "workflows/request.toml"
    std::string content;
};

class Pack {
 public:
    [[nodiscard]] const Manifest& manifest() const { return manifest_; }
    // Every defining file of the pack and of what it extends, by pack and path. demo/ defines nothing and is
    // left out.
    [[nodiscard]] const std::vector<File>& files() const { return files_; }
    // SHA-256 over the defining files in canonical order: two packs with the same digest are the same pack.
    [[nodiscard]] const Digest& digest() const { return digest_; }
    // The merged document at a path ("places.toml"), or nothing.
    [[nodiscard]] const Table* document(std::string_view path) const;
    // The paths of all merged documents in a folder ("workflows"), sorted.
    [[nodiscard]] std::vector<std::string> documents_in(std::string_view folder) const;
    // A reader over a merged document; an absent one reads as an empty table.
    [[nodiscard]] Reader reader(std::string_view path, Findings& findings) const;
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

    // A pack as it was stored: files by (pack, path), `name` the outermost. The same function serves disk and
    // database.
    [[nodiscard]] static std::optional<Pack> from_files(std::string name, std::vector<File> files,
                                                        Findings& findings);

 private:
    std::filesystem::path folder_;
    Manifest manifest_;
    std::vector<File> files_;
    std::map<std::string, Table, std::less<>> documents_;
    Table nothing_;
    Digest digest_{};
    friend std::optional<Pack> load_pack(const std::filesystem::path& folder, Findings& findings);
};

// Reads the folder and everything it extends (siblings of the folder). Nothing only when there is no pack to
// speak of; the findings say why.
[[nodiscard]] std::optional<Pack> load_pack(const std::filesystem::path& folder, Findings& findings);

}  // namespace lianxin::pack
