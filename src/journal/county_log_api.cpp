#include "journal/county_log_api.hpp"

#include <algorithm>

#include "journal/county_log.hpp"

namespace lianxin::journal {

struct LogHeadView {
    std::string county;
    std::int64_t size = 0;
    std::string root;  // hex
    Instant signed_at;
    std::string statement;  // the octets that are signed
    std::string signature;  // base64url
    std::string key;        // base64url
};
BOOST_DESCRIBE_STRUCT(LogHeadView, (), (county, size, root, signed_at, statement, signature, key))
struct InclusionQuery {
    std::string hash;  // hex of the entry's hash
    std::optional<std::int64_t> size;
};
BOOST_DESCRIBE_STRUCT(InclusionQuery, (), (hash, size))
struct InclusionView {
    std::int64_t index = 0;
    std::int64_t size = 0;
    std::string root;
    std::vector<std::string> path;
};
BOOST_DESCRIBE_STRUCT(InclusionView, (), (index, size, root, path))
struct ConsistencyQuery {
    std::int64_t from = 0;
    std::int64_t to = 0;
};
BOOST_DESCRIBE_STRUCT(ConsistencyQuery, (), (from, to))
struct ConsistencyView {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::vector<std::string> path;
};
BOOST_DESCRIBE_STRUCT(ConsistencyView, (), (from, to, path))

namespace {

std::vector<std::string> hex_of(const std::vector<Digest>& digests) {
    std::vector<std::string> texts;
    texts.reserve(digests.size());
    for (const auto& digest : digests) texts.push_back(hex(digest));
    return texts;
}

std::optional<InclusionView> inclusion(store::Transaction& tx, const Digest& hash,
                                       std::optional<std::int64_t> size) {
    const auto held = log_size(tx);
    const auto within =
        size ? std::min(held, static_cast<std::uint64_t>(std::max<std::int64_t>(*size, 0))) : held;
    const auto proof = prove_inclusion(tx, hash, within);
    if (!proof) return {};
    return InclusionView{static_cast<std::int64_t>(proof->index), static_cast<std::int64_t>(proof->size),
                         hex(log_root(tx, proof->size)), hex_of(proof->path)};
}

std::optional<Digest> digest_of(std::string_view text) {
    const auto bytes = parse_hex(text);
    Digest digest;
    if (!bytes || bytes->size() != digest.size()) return {};
    std::copy(bytes->begin(), bytes->end(), digest.begin());
    return digest;
}

}  // namespace

void add_log_routes(http::Api& api, store::Database& database, const std::array<std::uint8_t, 32>& open_key) {
    using http::Method;
    using http::Problem;
    using http::Reply;
    using http::Request;
    api.route<http::None, LogHeadView>(
        Method::get, "/api/v1/log/head",
        {.id = "log_head", .summary = "The signed head of the county's log", .tag = "log", .refusals = {404}},
        [&database, open_key](Request&, http::None) -> Result<Reply<LogHeadView>, Problem> {
            const auto head = database.read([](store::Transaction& tx) { return latest_head(tx); });
            if (!head) return fail(http::problem(404, "not_found"));
            return Reply{LogHeadView{head->county, static_cast<std::int64_t>(head->size), hex(head->root),
                                     head->signed_at, statement(*head), base64url(head->signature),
                                     base64url(open_key)}};
        });
    api.route<InclusionQuery, InclusionView>(
        Method::get, "/api/v1/log/inclusion",
        {.id = "log_inclusion",
         .summary = "Proof that an entry is in the county's log",
         .tag = "log",
         .refusals = {404}},
        [&database](Request&, const InclusionQuery& query) -> Result<Reply<InclusionView>, Problem> {
            const auto hash = digest_of(query.hash);
            if (!hash) return fail(http::problem(422, "hash_malformed", {{"hash", "hash_malformed", {}}}));
            const auto view =
                database.read([&](store::Transaction& tx) { return inclusion(tx, *hash, query.size); });
            if (!view) return fail(http::problem(404, "not_found"));
            return Reply{*view};
        });
    api.route<ConsistencyQuery, ConsistencyView>(
        Method::get, "/api/v1/log/consistency",
        {.id = "log_consistency",
         .summary = "Proof that a later log only added to an earlier one",
         .tag = "log",
         .refusals = {404}},
        [&database](Request&, const ConsistencyQuery& query) -> Result<Reply<ConsistencyView>, Problem> {
            if (query.from < 1 || query.to < query.from) return fail(http::problem(404, "not_found"));
            const auto path = database.read([&](store::Transaction& tx) {
                return prove_consistency(tx, static_cast<std::uint64_t>(query.from),
                                         static_cast<std::uint64_t>(query.to));
            });
            if (!path) return fail(http::problem(404, "not_found"));
            return Reply{ConsistencyView{query.from, query.to, hex_of(*path)}};
        });
}

}  // namespace lianxin::journal
