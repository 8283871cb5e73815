// Blobs on a real disk, and the sweep of those that nothing names.
#include <filesystem>
#include <fstream>

#include "base/crypto.hpp"
#include "store/blob_store.hpp"
#include "tests/support/test_database.hpp"

namespace lianxin::store {
namespace {

class Blobs : public support::AnyDatabase {
 protected:
    support::TemporaryDirectory directory_;
    std::unique_ptr<BlobStore> blobs_ = open_blob_directory(directory_ / "blobs");
};
LIANXIN_ON_BOTH_ENGINES(Blobs);

TEST_P(Blobs, are_named_by_their_ciphertext_and_read_back_whole) {
    Bytes bytes(300'000);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * 7);
    const std::string name = blobs_->put(bytes);
    EXPECT_EQ(name, hex(sha256(bytes)));
    EXPECT_EQ(blobs_->get(name), bytes);
    EXPECT_EQ(blobs_->put(bytes), name);
    ASSERT_EQ(blobs_->list().size(), 1U);
    EXPECT_EQ(blobs_->list()[0].size, bytes.size());
}

TEST_P(Blobs, may_be_empty) {
    EXPECT_EQ(blobs_->get(blobs_->put({})), Bytes{});
}

TEST_P(Blobs, that_are_not_there_are_nothing_and_names_that_are_no_names_reach_no_file) {
    EXPECT_FALSE(blobs_->get(std::string(64, 'a')));
    EXPECT_FALSE(blobs_->get("../../etc/passwd"));
    EXPECT_FALSE(blobs_->get(std::string(64, 'A')));
    EXPECT_FALSE(blobs_->remove("../" + std::string(61, 'a')));
}

TEST_P(Blobs, that_were_damaged_are_a_fault_not_an_answer) {
    const std::string name = blobs_->put(Bytes{1, 2, 3});
    std::ofstream(directory_.path() / "blobs" / name.substr(0, 2) / name) << "other";
    EXPECT_THROW((void)blobs_->get(name), StoreFault);
    EXPECT_EQ(blobs_->put(Bytes{1, 2, 3}), name);  // put again, they are healed
    EXPECT_EQ(blobs_->get(name), (Bytes{1, 2, 3}));
}

TEST_P(Blobs, are_gone_once_removed) {
    const std::string name = blobs_->put(Bytes{1});
    EXPECT_TRUE(blobs_->remove(name));
    EXPECT_FALSE(blobs_->remove(name));
    EXPECT_FALSE(blobs_->get(name));
}

TEST_P(Blobs, nobody_names_are_swept_after_seven_days_and_the_named_ones_stay) {
    const std::string named = blobs_->put(Bytes{1});
    const std::string orphan = blobs_->put(Bytes{2});
    const Instant written = blobs_->list()[0].written;
    database().write([&](Transaction& tx) { record_blob(tx, named, 1, written); });
    EXPECT_EQ(sweep_orphans(database(), *blobs_, written + std::chrono::hours(6 * 24)), 0U);
    EXPECT_EQ(sweep_orphans(database(), *blobs_, written + std::chrono::hours(8 * 24)), 1U);
    EXPECT_TRUE(blobs_->get(named));
    EXPECT_FALSE(blobs_->get(orphan));
    database().write([&](Transaction& tx) { forget_blob(tx, named); });
    EXPECT_EQ(sweep_orphans(database(), *blobs_, written + std::chrono::hours(8 * 24)), 1U);
}

TEST_P(Blobs, half_written_by_a_program_that_died_are_swept_too) {
    const std::string name = blobs_->put(Bytes{1});
    const auto leftover = directory_.path() / "blobs" / name.substr(0, 2) / (name + ".0123456789abcdef.tmp");
    std::ofstream(leftover) << "half";
    EXPECT_EQ(blobs_->list().size(), 1U);
    sweep_orphans(database(), *blobs_, blobs_->list()[0].written + std::chrono::hours(1));
    EXPECT_TRUE(std::filesystem::exists(leftover));
    sweep_orphans(database(), *blobs_, blobs_->list()[0].written + std::chrono::hours(8 * 24));
    EXPECT_FALSE(std::filesystem::exists(leftover));
}

}  // namespace
}  // namespace lianxin::store
