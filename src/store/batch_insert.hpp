// store/batch_insert.hpp — many rows a statement: what an import of tens of thousands of rows needs on an
// engine that counts round trips. Values are borrowed until the rows are flushed; what is made on the way is
// kept with keep().
#pragma once

#include <algorithm>
#include <deque>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/transaction.hpp"

namespace lianxin::store {

class BatchInsert {
 public:
    // `head`: "insert into t (a, b)"; `tail`: "" or "on conflict do nothing". Rows of `columns` values.
    BatchInsert(Transaction& tx, std::string head, std::size_t columns, std::string tail = {})
        : tx_(tx), head_(std::move(head)), tail_(std::move(tail)), columns_(columns) {}
    BatchInsert(const BatchInsert&) = delete;
    BatchInsert& operator=(const BatchInsert&) = delete;

    // Owned until the next flush.
    [[nodiscard]] std::string_view keep(std::string text) { return kept_.emplace_back(std::move(text)); }
    void add(std::initializer_list<Param> row) {
        require(row.size() == columns_, "a batch's rows have as many values as it has columns");
        values_.insert(values_.end(), row.begin(), row.end());
        if (values_.size() >= rows_at_once * columns_) flush();
    }
    // Call once at the end: a destructor could not report what failed.
    void flush() {
        const std::size_t rows = values_.size() / columns_;
        if (rows > 0) tx_.send_with(statement(rows), values_);
        values_.clear();
        kept_.clear();
    }

 private:
    static constexpr std::size_t rows_at_once = 64;

    // Full batches share one text, so that it is prepared once.
    [[nodiscard]] const std::string& statement(std::size_t rows) {
        std::string& text = rows == rows_at_once ? full_ : rest_;
        if (!text.empty() && rows == rows_at_once) return text;
        text = head_ + " values ";
        std::size_t number = 0;
        for (std::size_t row = 0; row < rows; ++row) {
            text += row == 0 ? "(" : ", (";
            for (std::size_t column = 0; column < columns_; ++column) {
                text += (column == 0 ? "$" : ", $") + std::to_string(++number);
            }
            text += ')';
        }
        text += ' ' + tail_;
        return text;
    }

    Transaction& tx_;
    std::string head_, tail_, full_, rest_;
    std::size_t columns_;
    std::vector<Param> values_;
    std::deque<std::string> kept_;
};

}  // namespace lianxin::store
