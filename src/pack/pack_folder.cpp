// Packs on disk: which files of a folder define it, and the chain of packs it extends.
#include <algorithm>
#include <fstream>
#include <set>

#include "pack/pack.hpp"

namespace lianxin::pack {
namespace {

namespace fs = std::filesystem;
constexpr std::uintmax_t largest_file_bytes = 4U << 20U;

bool defines(const std::string& path) {
    return path.ends_with(".toml") && !path.starts_with("demo/");
}

std::optional<std::string> read_whole(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in.good() && !in.eof()) return {};
    return content;
}

void complain(Findings& findings, const std::string& file, std::string_view code, std::string message,
              std::string remedy) {
    findings.error({std::make_shared<const std::string>(file), 0, 0}, code, std::move(message),
                   std::move(remedy));
}

void read_folder(const fs::path& folder, std::vector<File>& files, Findings& findings) {
    const auto name = folder.filename().string();
    std::error_code error;
    for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const auto path = it->path().lexically_relative(folder).generic_string();
        if (!it->is_regular_file(error) || !defines(path)) continue;
        if (it->file_size(error) > largest_file_bytes) {
            complain(findings, name + "/" + path, "file_too_large", "the file is larger than 4 MiB",
                     "split it, or import it as data");
            continue;
        }
        if (auto content = read_whole(it->path()))
            files.push_back({name, path, std::move(*content)});
        else
            complain(findings, name + "/" + path, "file_unreadable", "the file cannot be read",
                     "check its permissions");
    }
}

// Only `extends` matters here; everything else of pack.toml is read, and judged, once the chain is complete.
std::optional<std::string> extends_of(const std::vector<File>& files, const std::string& pack) {
    for (const auto& file : files) {
        if (file.pack != pack || file.path != "pack.toml") continue;
        Findings ignored;
        const auto table = parse_toml(file.content, file.path, ignored);
        const auto* extends = table.find("extends");
        const auto* name = extends == nullptr ? nullptr : std::get_if<std::string>(&extends->value.data);
        // A name, not a path: a pack cannot reach outside the folder of packs.
        if (name != nullptr && name->find_first_of("/\\.") == std::string::npos) return *name;
    }
    return {};
}

}  // namespace

std::optional<Pack> load_pack(const fs::path& folder, Findings& findings) {
    std::error_code error;
    const auto root = fs::canonical(folder, error);
    if (error || !fs::is_directory(root)) {
        complain(findings, folder.generic_string(), "pack_is_absent", "there is no such folder",
                 "name a folder that holds pack.toml");
        return {};
    }
    std::vector<File> files;
    std::set<std::string> seen;
    const auto name = root.filename().string();
    for (std::optional<std::string> next = name; next && seen.insert(*next).second;
         next = extends_of(files, *next))
        read_folder(root.parent_path() / *next, files, findings);
    auto pack = Pack::from_files(name, std::move(files), findings);
    if (pack) pack->folder_ = root;
    return pack;
}

}  // namespace lianxin::pack
