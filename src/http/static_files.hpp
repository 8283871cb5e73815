// http/static_files.hpp — the built web client from memory: read once at the start, pre-compressed copies
// (.br, .gz) chosen by Accept-Encoding, hashed assets immutable, pages always asked again, unknown paths of
// an app answered by its page.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "http/message.hpp"

namespace lianxin::http {

struct App {
    std::string prefix;            // "/desk": its folder's name and its address; "/" for the portal
    std::filesystem::path folder;  // with index.html
};

class StaticFiles {
 public:
    // Folders that do not exist are left out (a server without a client is still a server).
    explicit StaticFiles(std::vector<App> apps);
    ~StaticFiles();
    [[nodiscard]] Response answer(const Request& request) const;
    [[nodiscard]] std::size_t size() const { return files_.size(); }

 private:
    struct File;
    void read_folder(const App& app);
    [[nodiscard]] const File* find(std::string_view path) const;
    [[nodiscard]] const File* page_for(std::string_view path) const;
    std::vector<App> apps_;
    std::map<std::string, std::unique_ptr<File>, std::less<>> files_;
};

}  // namespace lianxin::http
