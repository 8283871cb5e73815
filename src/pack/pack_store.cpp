#include "pack/pack_store.hpp"

namespace lianxin::pack {

std::optional<std::string> current_pack_name(store::Transaction& tx) {
    return tx.value<std::string>("select name from pack where current = 1");
}

std::optional<Pack> load_current_pack(store::Transaction& tx, Findings& findings) {
    const auto name = current_pack_name(tx);
    if (!name) return {};
    std::vector<File> files;
    for (store::Row row :
         tx.query("select f.pack, f.path, f.content from pack_file f join pack p on p.hash = f.hash"
                  " where p.current = 1 order by f.pack, f.path")) {
        files.push_back({row.get<std::string>(0), row.get<std::string>(1), row.get<std::string>(2)});
    }
    return Pack::from_files(*name, std::move(files), findings);
}

bool keep_pack(store::Transaction& tx, const Pack& pack, Instant now) {
    const auto in_force = tx.value<Digest>("select hash from pack where current = 1");
    if (in_force == pack.digest()) return false;
    tx.send("update pack set current = 0 where current = 1");
    const auto stored = tx.execute(
        "insert into pack (hash, name, stored_at, current) values ($1, $2, $3, 1) on conflict (hash) do "
        "nothing",
        pack.digest(), pack.manifest().name, now);
    if (stored == 0) {
        tx.send("update pack set current = 1 where hash = $1", pack.digest());
        return true;
    }
    for (const auto& file : pack.files()) {
        tx.send("insert into pack_file (hash, pack, path, content) values ($1, $2, $3, $4)", pack.digest(),
                file.pack, file.path, file.content);
    }
    return true;
}

}  // namespace lianxin::pack
