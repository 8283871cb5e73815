// store/bulk_load.hpp — very many rows into empty tables, in one transaction. An engine that looks up
// references and keeps indexes row by row is told to do both once, at the end; what it then finds wrong fails
// the transaction as it would have failed the row. Keys and other constraints stay in force throughout.
#pragma once

#include <string>
#include <vector>

#include "store/transaction.hpp"

namespace lianxin::store {

class BulkLoad {
 public:
    // Nobody else uses these tables meanwhile: their shape is locked until the commit.
    BulkLoad(Transaction& tx, std::vector<std::string> tables);
    BulkLoad(const BulkLoad&) = delete;
    BulkLoad& operator=(const BulkLoad&) = delete;
    // Call once at the end: a destructor could not report what failed. Also tells the planner how large the
    // tables have become.
    void finish();

 private:
    void take_away(const std::string& table);

    Transaction& tx_;
    std::vector<std::string> tables_;
    std::vector<std::string> remake_;  // statements, in their order
};

}  // namespace lianxin::store
