// tests/support/test_county.hpp — a county of either engine with keys, blobs and a clock that stands on a
// Monday morning. For floors above county; header only, so that the store's own tests need nothing above it.
#pragma once

#include "county/county.hpp"
#include "tests/support/temporary_directory.hpp"
#include "tests/support/test_database.hpp"

namespace lianxin::support {

class TestCounty {
 public:
    explicit TestCounty(store::Dialect dialect)
        : database_(dialect),
          keys_database_(store::Dialect::sqlite, store::key_migrations()),
          keys_(keys_database_.get(), SecretKey{1, 2, 3}, ids_, clock_),
          blobs_(store::open_blob_directory(directory_ / "blobs")),
          county_{database_.get(), keys_, *blobs_, calendar_, clock_, ids_, Zone{}} {}

    [[nodiscard]] County& operator*() { return county_; }
    [[nodiscard]] County* operator->() { return &county_; }
    [[nodiscard]] ManualClock& clock() { return clock_; }
    [[nodiscard]] Day today() const { return county_.zone.day_of(clock_.now()); }
    // The same county with another database below, e.g. one whose calls fail.
    [[nodiscard]] County over(store::Database& other) {
        return County{other, keys_, *blobs_, calendar_, clock_, ids_, Zone{}};
    }

 private:
    TemporaryDirectory directory_;
    TestDatabase database_;
    TestDatabase keys_database_;
    ManualClock clock_{monday_morning};
    IdSource ids_;
    calendar::WorkingCalendar calendar_ = calendar::WorkingCalendar::china();
    journal::KeyRing keys_;
    std::unique_ptr<store::BlobStore> blobs_;
    County county_;
};

// class Liaison : public AnyCounty {};  LIANXIN_ON_BOTH_ENGINES(Liaison);
class AnyCounty : public testing::TestWithParam<store::Dialect> {
 protected:
    AnyCounty() : test_county_(GetParam()) {}
    [[nodiscard]] County& county() { return *test_county_; }
    [[nodiscard]] TestCounty& test_county() { return test_county_; }

 private:
    TestCounty test_county_;
};

}  // namespace lianxin::support
