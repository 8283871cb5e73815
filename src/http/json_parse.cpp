// One pass over the text: Boost.JSON's parser calls back, values are put together here. That is where what
// its own parse() lets through is refused: duplicate keys, and U+0000, which no text column can hold.
#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <cmath>

#include "base/text.hpp"
#include "http/json_text.hpp"

namespace lianxin::http::json_detail {
namespace {

constexpr std::size_t deepest = 32;

class Building {
 public:
    static constexpr std::size_t max_object_size = 10'000;
    static constexpr std::size_t max_array_size = 1'000'000;
    static constexpr std::size_t max_key_size = 1'000;
    static constexpr std::size_t max_string_size = std::size_t{16} << 20U;
    using Error = boost::json::error_code;

    Building() { stack_.reset(); }
    value release() { return stack_.release(); }
    [[nodiscard]] JsonReading& faults() { return faults_; }

    bool on_document_begin(Error&) { return true; }
    bool on_document_end(Error&) { return true; }
    bool on_object_begin(Error&) {
        frames_.push_back({true, keys_.size(), 0});
        return true;
    }
    bool on_object_end(std::size_t size, Error&) {
        stack_.push_object(size);
        find_duplicates(frames_.back().first_key);
        keys_.resize(frames_.back().first_key);
        frames_.pop_back();
        return count();
    }
    bool on_array_begin(Error&) {
        frames_.push_back({false, keys_.size(), 0});
        return true;
    }
    bool on_array_end(std::size_t size, Error&) {
        stack_.push_array(size);
        frames_.pop_back();
        return count();
    }
    bool on_key_part(boost::json::string_view text, std::size_t, Error&) {
        key_.append(text.data(), text.size());
        stack_.push_chars(text);
        return true;
    }
    bool on_key(boost::json::string_view text, std::size_t, Error&) {
        key_.append(text.data(), text.size());
        stack_.push_key(text);
        keys_.push_back(std::exchange(key_, {}));
        if (keys_.back().find('\0') != std::string::npos) fault_here("contains_nul");
        return true;
    }
    bool on_string_part(boost::json::string_view text, std::size_t, Error&) {
        note_nul(text);
        stack_.push_chars(text);
        return true;
    }
    bool on_string(boost::json::string_view text, std::size_t, Error&) {
        note_nul(text);
        stack_.push_string(text);
        if (std::exchange(nul_, false)) fault_here("contains_nul");
        return count();
    }
    bool on_number_part(boost::json::string_view, Error&) { return true; }
    bool on_int64(std::int64_t number, boost::json::string_view, Error&) {
        stack_.push_int64(number);
        return count();
    }
    bool on_uint64(std::uint64_t number, boost::json::string_view, Error&) {
        stack_.push_uint64(number);
        return count();
    }
    bool on_double(double number, boost::json::string_view, Error&) {
        if (!std::isfinite(number)) fault_here("out_of_range");
        stack_.push_double(number);
        return count();
    }
    bool on_bool(bool value, Error&) {
        stack_.push_bool(value);
        return count();
    }
    bool on_null(Error&) {
        stack_.push_null();
        return count();
    }
    bool on_comment_part(boost::json::string_view, Error&) { return true; }
    bool on_comment(boost::json::string_view, Error&) { return true; }

 private:
    struct Frame {
        bool object;
        std::size_t first_key;
        std::size_t items;
    };

    bool count() {
        if (!frames_.empty()) ++frames_.back().items;
        return true;
    }
    void note_nul(boost::json::string_view text) { nul_ = nul_ || text.find('\0') != text.npos; }

    // Points at the value being read: the open frames' present keys and indexes.
    void fault_here(std::string_view code) {
        for (std::size_t i = 0; i < frames_.size(); ++i) enter(i);
        faults_.fault(code);
        for (std::size_t i = 0; i < frames_.size(); ++i) faults_.leave();
    }
    void enter(std::size_t frame) {
        if (!frames_[frame].object) return faults_.enter(frames_[frame].items);
        const std::size_t next = frame + 1 < frames_.size() ? frames_[frame + 1].first_key : keys_.size();
        faults_.enter(std::string_view(keys_[next - 1]));
    }
    void find_duplicates(std::size_t first_key) {
        std::sort(keys_.begin() + static_cast<std::ptrdiff_t>(first_key), keys_.end());
        auto twice = keys_.begin() + static_cast<std::ptrdiff_t>(first_key);
        while ((twice = std::adjacent_find(twice, keys_.end())) != keys_.end()) {
            for (std::size_t i = 0; i + 1 < frames_.size(); ++i) enter(i);
            faults_.enter(std::string_view(*twice));
            faults_.fault("duplicate_key");
            for (std::size_t i = 0; i < frames_.size(); ++i) faults_.leave();
            twice = std::upper_bound(twice, keys_.end(), *twice);
        }
    }

    boost::json::value_stack stack_;
    std::vector<Frame> frames_;
    std::vector<std::string> keys_;  // of all open objects
    std::string key_;
    bool nul_ = false;
    JsonReading faults_;
};

}  // namespace

Result<value, Faults> parse_text(std::string_view text) {
    if (!is_valid_utf8(text)) return fail(Faults{{"", "malformed_utf8", {}}});
    boost::json::parse_options options;
    options.max_depth = deepest;
    boost::json::basic_parser<Building> parser(options);
    boost::json::error_code error;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
    if (!error && read < text.size()) error = boost::json::error::extra_data;
    if (error == boost::json::error::too_deep) return fail(Faults{{"", "nested_too_deep", {}}});
    if (error) return fail(Faults{{"", "malformed_json", "octet " + std::to_string(read)}});
    Building& built = parser.handler();
    if (!built.faults().faults().empty()) return fail(std::move(built.faults().faults()));
    return built.release();
}

}  // namespace lianxin::http::json_detail
