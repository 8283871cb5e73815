#include "matter/publication_store.hpp"

namespace lianxin::matter {

void save_publication(store::Transaction& tx, MatterId matter, const std::string& shows) {
    tx.send(
        "insert into publication (matter, shows) values ($1, $2) on conflict (matter) do update set shows = "
        "excluded.shows",
        matter, shows);
}

std::string published_text(store::Transaction& tx, MatterId matter) {
    return tx.value<std::string>("select shows from publication where matter = $1", matter).value_or("");
}

// A household's matter is shown under its parent, so that no door can be told from the page.
std::optional<PublicationRow> find_publication(store::Transaction& tx, MatterId matter) {
    store::Rows rows = tx.query(
        "select m.workflow_hash, m.subkind, p.state, p.phase,"
        " case when s.household = 1 then up.place else s.place end,"
        " case when s.household = 1 then up.name else s.name end,"
        " m.received_at, m.published_at, m.closed_at, b.shows"
        " from publication b join matter m on m.id = b.matter join part p on p.matter = m.id and p.no = 0"
        " join place_span s on s.place = p.place and s.until_day = '9999-12-31'"
        " left join place_span up on up.place = s.parent and up.until_day = '9999-12-31'"
        " where b.matter = $1 and m.published_at is not null and m.sealed_line is null"
        " and m.about_kind is null and m.merged_into is null",
        matter);
    for (const store::Row row : rows)
        return PublicationRow{matter,
                              row.get<Digest>(0),
                              row.get<std::string>(1),
                              row.get<std::string>(2),
                              row.get<std::int64_t>(3),
                              row.get<PlaceId>(4),
                              row.get<std::string>(5),
                              row.get<Instant>(6),
                              row.get<Instant>(7),
                              row.get<std::optional<Instant>>(8),
                              row.get<std::string>(9)};
    return {};
}

}  // namespace lianxin::matter
