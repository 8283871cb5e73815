#include "pack/built_on.hpp"

namespace lianxin::pack {
namespace {

constexpr std::string_view manifest_path = "pack.toml";

std::optional<Table> own_table(const Pack& pack, std::string_view path) {
    for (const auto& file : pack.files()) {
        if (file.pack != pack.manifest().name || file.path != path) continue;
        Findings reported_by_the_pack;
        return parse_toml(file.content, file.pack + "/" + file.path, reported_by_the_pack);
    }
    return {};
}

std::optional<Position> key_at(const Table& table, std::string_view key) {
    const auto* member = table.find(key);
    return member == nullptr ? std::nullopt : std::optional(member->at);
}

// The dots stand between keys; the last words may be what a list holds.
std::optional<Position> deepest(const Table& table, std::string_view path) {
    const auto dot = path.find('.');
    const auto* member = table.find(path.substr(0, dot));
    if (member == nullptr) return key_at(table, "remove");
    const auto* inner = std::get_if<Table>(&member->value.data);
    if (inner == nullptr || dot == std::string_view::npos) return member->at;
    const auto found = deepest(*inner, path.substr(dot + 1));
    return found ? found : member->at;
}

}  // namespace

std::optional<Pack> built_on(const Pack& pack, bool (*wanted)(std::string_view path)) {
    if (!pack.manifest().extends) return {};
    auto files = pack.files();
    std::erase_if(files, [&](const File& file) { return file.path != manifest_path && !wanted(file.path); });
    Findings reported_there;
    return Pack::from_files(*pack.manifest().extends, std::move(files), reported_there);
}

Position said_at(const Pack& pack, std::string_view document, std::string_view path) {
    if (const auto own = own_table(pack, document)) {
        if (const auto found = deepest(*own, path)) return *found;
        return own->members.empty() ? own->at : own->members.front().at;
    }
    const auto manifest = own_table(pack, manifest_path);
    for (const auto* key : {"without", "extends"})
        if (const auto found = manifest ? key_at(*manifest, key) : std::nullopt) return *found;
    return {};
}

}  // namespace lianxin::pack
