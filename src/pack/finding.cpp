#include "pack/finding.hpp"

#include <algorithm>
#include <tuple>

namespace lianxin::pack {

bool Position::before(const Position& other) const {
    return std::tuple(file_name(), line, column) < std::tuple(other.file_name(), other.line, other.column);
}

std::string Finding::text() const {
    std::string text = file;
    if (line != 0) text += ":" + std::to_string(line) + ":" + std::to_string(column);
    text += severity == Severity::error ? ": error " : ": warning ";
    text += code + ": " + message;
    if (!remedy.empty()) text += "\n    " + remedy;
    return text;
}

void Findings::error(const Position& at, std::string_view code, std::string message, std::string remedy) {
    add({std::string(at.file_name()), at.line, at.column, Severity::error, std::string(code),
         std::move(message), std::move(remedy)});
}

void Findings::warning(const Position& at, std::string_view code, std::string message, std::string remedy) {
    add({std::string(at.file_name()), at.line, at.column, Severity::warning, std::string(code),
         std::move(message), std::move(remedy)});
}

void Findings::add(const Findings& others) {
    all_.insert(all_.end(), others.all_.begin(), others.all_.end());
}

bool Findings::has_errors() const {
    return std::any_of(all_.begin(), all_.end(),
                       [](const Finding& f) { return f.severity == Severity::error; });
}

bool Findings::has(std::string_view code) const {
    return std::any_of(all_.begin(), all_.end(), [&](const Finding& f) { return f.code == code; });
}

Findings Findings::sorted() const {
    const auto order = [](const Finding& f) { return std::tie(f.file, f.line, f.column, f.code, f.message); };
    Findings result = *this;
    std::stable_sort(result.all_.begin(), result.all_.end(),
                     [&](const Finding& a, const Finding& b) { return order(a) < order(b); });
    result.all_.erase(std::unique(result.all_.begin(), result.all_.end()), result.all_.end());
    return result;
}

std::string Findings::text() const {
    std::string text;
    for (const auto& finding : all_) text += finding.text() + "\n";
    return text;
}

namespace {

// Edits between two names, two neighbours swapped counting as one (optimal string alignment). Names in packs
// are ASCII.
std::size_t distance(std::string_view a, std::string_view b) {
    const std::size_t width = b.size() + 1;
    std::vector<std::size_t> cells((a.size() + 1) * width);
    const auto cell = [&](std::size_t i, std::size_t j) -> std::size_t& { return cells[i * width + j]; };
    for (std::size_t i = 0; i <= a.size(); ++i) cell(i, 0) = i;
    for (std::size_t j = 0; j <= b.size(); ++j) cell(0, j) = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = cell(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0U : 1U);
            cell(i, j) = std::min({cell(i - 1, j) + 1, cell(i, j - 1) + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cell(i, j) = std::min(cell(i, j), cell(i - 2, j - 2) + 1);
        }
    }
    return cell(a.size(), b.size());
}

}  // namespace

std::string nearest(std::string_view wrong, const std::vector<std::string>& candidates) {
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(1, wrong.size() / 3) + 1;
    for (const auto& candidate : candidates) {
        const auto d = distance(wrong, candidate);
        if (d < best_distance) {
            best = candidate;
            best_distance = d;
        }
    }
    return best;
}

}  // namespace lianxin::pack
