// A county as an earlier version left it on disk: opened, brought up to the present schema, every entry read
// and every hash recomputed. A layout of entries that can no longer be read shows here. Each released layout
// adds a folder beside this file and never changes one: LIANXIN_STORE_FIXTURE=tests/stored/record-1 makes it.
#include <zlib.h>

#include <array>
#include <cstdlib>
#include <fstream>

#include "journal/audit.hpp"
#include "journal/county_log.hpp"
#include "journal/erasure.hpp"
#include "report/counters_service.hpp"
#include "tests/faults/server/county_server.hpp"
#include "tests/support/child_process.hpp"

namespace lianxin::faults {
namespace {

namespace fs = std::filesystem;

constexpr const char* report =
    R"({"workflow":"request","subkind":"report","subject":"路灯不亮","text":"村口的路灯坏了。","address":"一组 3 号",)"
    R"("reporter":{"name":"张三","phone":"13800000000"}})";
constexpr const char* withdrawal =
    R"({"action":"withdraw","part":0,"version":1,"fields":{"text":"已经修好了"}})";

void unpack(const fs::path& from, const fs::path& to) {
    const gzFile packed = ::gzopen(from.c_str(), "rb");
    ASSERT_NE(packed, nullptr) << from;
    std::ofstream out(to, std::ios::binary);
    std::array<char, 65536> piece{};
    for (int got; (got = ::gzread(packed, piece.data(), piece.size())) > 0;) out.write(piece.data(), got);
    ASSERT_EQ(::gzclose(packed), Z_OK) << from;
}

// The smallest form of a store, the same bytes each time it is packed.
void pack_up(const fs::path& from, const fs::path& to) {
    support::ChildProcess packer({"/usr/bin/python3", "-c",
                                  "import gzip,sqlite3,sys,os\n"
                                  "t=sys.argv[2]+'.tmp'\n"
                                  "c=sqlite3.connect(sys.argv[1])\n"
                                  "c.execute('pragma page_size=1024')\n"
                                  "c.execute('vacuum into ?',(t,))\n"
                                  "gzip.GzipFile('',"
                                  "'wb',9,open(sys.argv[2],'wb'),0).write(open(t,'rb').read())\n"
                                  "os.remove(t)\n"
                                  "print('packed')\n",
                                  from.string(), to.string()});
    ASSERT_EQ(packer.read_line(), "packed");
}

TEST(StoredRecord, is_made_anew_when_asked_for) {
    const char* asked = std::getenv("LIANXIN_STORE_FIXTURE");
    if (asked == nullptr) GTEST_SKIP() << "set LIANXIN_STORE_FIXTURE to a new folder to make one";
    const fs::path folder(asked);
    ASSERT_TRUE(fs::create_directories(folder)) << folder << " is there already; what was stored stays";
    const support::TemporaryDirectory directory;
    {
        const auto database = store::open_sqlite(directory / "county.db");
        store::migrate(*database, store::county_migrations(), support::monday_morning);
        CountyServer server(*database, directory.path());
        std::ofstream receipts(folder / "receipts.txt");
        std::vector<journal::KeyId> keys;
        for (int i = 0; i < 3; ++i) {
            const auto made = json_of(server.post("/api/v1/matters", report));
            const Receipt receipt{text_at(made, "id"), text_at(made, "number"), text_at(made, "secret")};
            ASSERT_EQ(server.post("/api/v1/matters/" + receipt.id + "/actions", withdrawal, receipt.header())
                          .status,
                      200);
            receipts << receipt.number << ' ' << receipt.secret << '\n';
            server.clock().jump(std::chrono::hours(1));
        }
        County& county = server.county();
        const Instant now = county.clock.now();
        const auto chain = database->read([](store::Transaction& tx) {
            return tx.value<std::int64_t>("select max(id) from matter").value();
        });
        journal::erase_fields(*database, county.keys, {"matter", chain}, 2, {"f.text"}, now);
        while (journal::sequence(*database) > 0) {
        }
        journal::CountyLog log;
        while (journal::advance(*database, log) > 0) {
        }
        (void)journal::publish_head(*database, county.keys, "浏阳市", now);
    }
    pack_up(directory / "county.db", folder / "county.db.gz");
    pack_up(directory / "keys.db", folder / "keys.db.gz");
}

class StoredRecord : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Layouts, StoredRecord, testing::Values("record-1"));

TEST_P(StoredRecord, is_upgraded_verified_and_read_to_the_last_entry) {
    const fs::path stored = fs::path(support::source_directory()) / "tests" / "stored" / GetParam();
    const support::TemporaryDirectory directory;
    ASSERT_NO_FATAL_FAILURE(unpack(stored / "county.db.gz", directory / "county.db"));
    ASSERT_NO_FATAL_FAILURE(unpack(stored / "keys.db.gz", directory / "keys.db"));
    const auto database = store::open_sqlite(directory / "county.db");
    store::migrate(*database, store::county_migrations(), support::monday_morning);
    CountyServer server(*database, directory.path());
    server.clock().jump(std::chrono::hours(24));

    journal::AuditCount counted;
    const auto flaws = journal::verify_record(*database, server.county().keys, &counted);
    for (const auto& flaw : flaws)
        ADD_FAILURE() << flaw.chain.kind << ' ' << flaw.chain.id << ' ' << flaw.seq << ": "
                      << static_cast<int>(flaw.flaw);
    EXPECT_EQ(counted.chains, 3);
    EXPECT_EQ(counted.entries, 6);
    EXPECT_EQ(counted.erased_fields, 1);

    std::ifstream receipts(stored / "receipts.txt");
    int read = 0;
    for (Receipt receipt; receipts >> receipt.number >> receipt.secret; ++read) {
        const auto answer = server.ask("GET", "/api/v1/matters/" + receipt.number, "", receipt.header());
        ASSERT_EQ(answer.status, 200) << answer.body;
        const auto matter = json_of(answer);
        EXPECT_EQ(text_at(matter, "subject"), "路灯不亮");
        EXPECT_EQ(text_at(matter, "text"), "村口的路灯坏了。");
        EXPECT_EQ(text_at(matter, "state"), "withdrawn");
        EXPECT_EQ(matter.at("timeline").as_array().size(), 2U);
        const bool erased = read == 2;
        EXPECT_EQ(answer.body.find("已经修好了") == std::string::npos, erased) << answer.body;
    }
    EXPECT_EQ(read, 3);
    // Figures are made of what was there before there were counters.
    const auto counters_database = store::open_sqlite(directory / "counters.db");
    store::migrate(*counters_database, store::counter_migrations(), support::monday_morning);
    const matter::Workflows workflows;
    report::Counters counters(*counters_database, workflows);
    while (counters.advance(server.county())) {
    }
    const auto root =
        database->read([](store::Transaction& tx) { return tx.value<PlaceId>("select min(l1) from part"); });
    ASSERT_TRUE(root);
    EXPECT_TRUE(counters.look(server.county(), [&](const report::Figures& figures) {
        constexpr std::int64_t first_day = 1;
        EXPECT_EQ(figures.sum({*root}, number_of(report::Metric::received), first_day), 3);
        EXPECT_EQ(figures.sum({*root}, number_of(report::Metric::received_withdrawn), first_day), 3);
    }));
    // And life goes on where it stood.
    EXPECT_EQ(server.report().status, 201);
    const auto people = [&] {
        return database->read([](store::Transaction& tx) {
            return tx.value<std::int64_t>("select count(*) from contact where field = 'phone'");
        });
    };
    const auto known = people();
    EXPECT_EQ(server.post("/api/v1/matters", report).status, 201);
    EXPECT_EQ(people(), known) << "who asked then is known by their phone";
    EXPECT_TRUE(journal::verify_record(*database, server.county().keys).empty());
}

}  // namespace
}  // namespace lianxin::faults
