#include "pack/pack.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/crypto.hpp"

namespace lianxin::pack {
namespace {

constexpr std::string_view manifest_path = "pack.toml";

std::optional<Zone> parse_zone(std::string_view text) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return {};
    if (!digit(1) || !digit(2) || !digit(4) || !digit(5)) return {};
    const int hours = (text[1] - '0') * 10 + (text[2] - '0');
    const int minutes = (text[4] - '0') * 10 + (text[5] - '0');
    if (hours > 14 || minutes > 59) return {};
    return Zone{(text[0] == '-' ? -1 : 1) * (hours * 60 + minutes)};
}

Manifest read_manifest(Reader reader, const std::string& folder_name) {
    Manifest manifest;
    manifest.name = reader.text("name");
    if (!manifest.name.empty() && manifest.name != folder_name)
        reader.error("name", "name_is_not_the_folder", "the pack calls itself `" + manifest.name + "`",
                     "write name = \"" + folder_name + "\", the folder's name");
    manifest.name = folder_name;
    manifest.extends = reader.text_if("extends");
    manifest.base = reader.flag("base");
    manifest.title = reader.text_or("title", "pack.title");
    const auto zone = reader.text_or("zone", "+08:00");
    if (const auto parsed = parse_zone(zone))
        manifest.zone = *parsed;
    else
        reader.error("zone", "zone_is_not_an_offset", "`" + zone + "` is not an offset from UTC",
                     "write for example \"+08:00\"");
    manifest.languages = reader.texts("languages");
    if (manifest.languages.empty()) manifest.languages = {"zh-Hans"};
    manifest.default_language = reader.text_or("default_language", manifest.languages.front());
    if (std::find(manifest.languages.begin(), manifest.languages.end(), manifest.default_language) ==
        manifest.languages.end())
        reader.error("default_language", "default_language_is_not_listed",
                     "`" + manifest.default_language + "` is not among the languages",
                     "add it to `languages`");
    manifest.without = reader.texts("without");
    manifest.minimum_sample = reader.integer_or("minimum_sample", 10, 1, 1'000'000);
    return manifest;
}

// Canonical: files by (pack, path); each as pack/path NUL length NUL content, so that no two lists of files
// look alike.
Digest digest_of(const std::vector<File>& files) {
    Bytes canonical;
    const auto put = [&](std::string_view text) {
        canonical.insert(canonical.end(), text.begin(), text.end());
    };
    for (const auto& file : files) {
        put(file.pack + "/" + file.path);
        canonical.push_back(0);
        put(std::to_string(file.content.size()));
        canonical.push_back(0);
        put(file.content);
    }
    return sha256(canonical);
}

// Puts the documents of a chain of packs together; every file is parsed once.
class Assembler {
 public:
    Assembler(const std::vector<File>& files, Findings& findings) : findings_(findings) {
        for (const auto& file : files) parsed_.emplace(Key{file.pack, file.path}, parse(file));
    }

    void add(const Manifest& manifest) { manifests_.emplace(manifest.name, manifest); }
    [[nodiscard]] const Table* manifest_table(const std::string& pack) const {
        const auto found = parsed_.find({pack, std::string(manifest_path)});
        return found == parsed_.end() ? nullptr : &found->second;
    }

    // Which paths a pack shows: its own and, unless left out, those it inherits.
    [[nodiscard]] std::set<std::string> paths(const std::string& pack) const {
        std::set<std::string> paths;
        const auto manifest = manifests_.find(pack);
        if (manifest != manifests_.end() && manifest->second.extends) {
            paths = this->paths(*manifest->second.extends);
            for (const auto& path : manifest->second.without) paths.erase(path);
        }
        for (const auto& [key, table] : parsed_)
            if (key.first == pack && key.second != manifest_path) paths.insert(key.second);
        return paths;
    }

    [[nodiscard]] std::optional<Table> document(const std::string& pack, const std::string& path,
                                                int depth = 0) {
        const auto own = parsed_.find({pack, path});
        if (own == parsed_.end()) return inherited(pack, path, depth);
        Table table = own->second;
        const auto* extends = table.find("extends");
        auto base = extends == nullptr ? inherited(pack, path, depth) : extended(*extends, pack, path, depth);
        std::erase_if(table.members, [](const Member& m) { return m.key == "extends"; });
        if (!base) base = Table{table.at, {}};
        return inherit(std::move(*base), std::move(table), findings_);
    }

 private:
    using Key = std::pair<std::string, std::string>;

    Table parse(const File& file) const {
        return parse_toml(file.content, file.pack + "/" + file.path, findings_);
    }

    std::optional<Table> inherited(const std::string& pack, const std::string& path, int depth) {
        const auto manifest = manifests_.find(pack);
        if (manifest == manifests_.end() || !manifest->second.extends) return {};
        const auto& without = manifest->second.without;
        if (std::find(without.begin(), without.end(), path) != without.end()) return {};
        return document(*manifest->second.extends, path, depth + 1);
    }

    // extends = "common/request" in workflows/errand.toml: common's workflows/request.toml. extends = false:
    // alone.
    std::optional<Table> extended(const Member& extends, const std::string& pack, const std::string& path,
                                  int depth) {
        if (const auto* flag = std::get_if<bool>(&extends.value.data); flag != nullptr && !*flag) return {};
        const auto* text = std::get_if<std::string>(&extends.value.data);
        const auto slash = text == nullptr ? std::string::npos : text->find('/');
        if (slash == std::string::npos) {
            findings_.error(extends.at, "extends_is_not_a_document", "`extends` names another document",
                            "write extends = \"PACK/NAME\", or extends = false to stand alone");
            return {};
        }
        constexpr int deepest = 16;
        const auto folder = path.rfind('/') == std::string::npos ? "" : path.substr(0, path.rfind('/') + 1);
        const auto target = folder + text->substr(slash + 1) + ".toml";
        auto found = depth < deepest ? document(text->substr(0, slash), target, depth + 1) : std::nullopt;
        if (!found)
            findings_.error(extends.at, "extended_document_is_absent",
                            depth < deepest
                                ? "there is no `" + *text + "` in " + (folder.empty() ? "the pack" : folder)
                                : "`" + pack + "/" + path + "` extends itself in a circle",
                            "name a document of this pack or of one it extends");
        return found;
    }

    Findings& findings_;
    std::map<Key, Table> parsed_;
    std::map<std::string, Manifest> manifests_;
};

void check_without(const Manifest& manifest, const Assembler& assembler, const Table& table,
                   Findings& findings) {
    if (!manifest.extends) return;
    const auto inherited = assembler.paths(*manifest.extends);
    for (const auto& path : manifest.without)
        if (!inherited.contains(path)) {
            const auto* member = table.find("without");
            findings.error(member == nullptr ? table.at : member->at, "left_out_file_is_not_inherited",
                           "`" + path + "` is not inherited, so it cannot be left out",
                           "take it out of `without`");
        }
}

}  // namespace

std::optional<Pack> Pack::from_files(std::string name, std::vector<File> files, Findings& findings) {
    std::sort(files.begin(), files.end(), [](const File& a, const File& b) {
        return std::tie(a.pack, a.path) < std::tie(b.pack, b.path);
    });
    Assembler assembler(files, findings);
    Pack pack;
    std::set<std::string> chain;
    for (std::optional<std::string> next = name; next;) {
        const auto* table = assembler.manifest_table(*next);
        if (table == nullptr || !chain.insert(*next).second) {
            const auto file = std::make_shared<const std::string>(*next + "/" + std::string(manifest_path));
            findings.error(
                {file, 0, 0}, table == nullptr ? "pack_is_absent" : "packs_extend_in_a_circle",
                table == nullptr ? "there is no pack `" + *next + "`" : "`" + *next + "` extends itself",
                "write pack.toml, or correct `extends` in the pack that names it");
            if (*next == name) return {};
            break;
        }
        auto manifest = read_manifest(Reader(*table, "", findings), *next);
        assembler.add(manifest);
        next = manifest.extends;
        if (manifest.name == name) pack.manifest_ = std::move(manifest);
    }
    check_without(pack.manifest_, assembler, *assembler.manifest_table(name), findings);
    for (const auto& path : assembler.paths(name))
        if (auto document = assembler.document(name, path))
            pack.documents_.emplace(path, std::move(*document));
    std::erase_if(files, [&](const File& file) { return !chain.contains(file.pack); });
    pack.files_ = std::move(files);
    pack.digest_ = digest_of(pack.files_);
    pack.nothing_.at.file = std::make_shared<const std::string>(name);
    return pack;
}

const Table* Pack::document(std::string_view path) const {
    const auto found = documents_.find(path);
    return found == documents_.end() ? nullptr : &found->second;
}

std::vector<std::string> Pack::documents_in(std::string_view folder) const {
    const auto prefix = std::string(folder) + "/";
    std::vector<std::string> paths;
    for (auto it = documents_.lower_bound(prefix); it != documents_.end() && it->first.starts_with(prefix);
         ++it)
        paths.push_back(it->first);
    return paths;
}

Reader Pack::reader(std::string_view path, Findings& findings) const {
    const auto* table = document(path);
    return {table == nullptr ? nothing_ : *table, "", findings};
}

}  // namespace lianxin::pack
