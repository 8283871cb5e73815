#include <fstream>
#include <iostream>

#include "main/check_pack.hpp"
#include "main/check_pack_departures.hpp"
#include "main/check_versions.hpp"
#include "main/commands.hpp"
#include "main/data_folder.hpp"
#include "matter/workflow_pack.hpp"
#include "pack/words.hpp"
#include "party/party_pack.hpp"
#include "place/place_pack.hpp"

namespace lianxin {
namespace {

namespace fs = std::filesystem;

void write_file(const fs::path& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary);
    out << text;
    out.close();
    if (!out) throw Fault("The file " + file.string() + " cannot be written.");
}

std::vector<matter::WorkflowPtr> workflows_of(const pack::Pack& pack, const pack::Words& words,
                                              pack::Findings& findings) {
    const auto places = place::read_places(pack, words, findings);
    const auto posts = party::read_posts(pack, places, words, findings);
    return matter::read_workflows(pack, places, posts, findings);
}

// Nothing to check in a folder that is no pack's.
void expect_pack(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_directory(folder, error))
        throw Ending(ExitCode::bad_input, "There is no folder " + folder.string() + ": name a pack's.");
    if (!fs::exists(folder / "pack.toml", error))
        throw Ending(ExitCode::bad_input,
                     "The folder " + folder.string() + " holds no pack: there is no pack.toml in it.");
}

std::string what_could_move(const PackOptions& options, store::Database& database) {
    pack::Findings findings;
    const auto pack = pack::load_pack(options.pack, findings);
    const auto words = pack::Words::read(*pack, findings);
    const auto text = describe_versions(database, workflows_of(*pack, words, findings));
    return text.empty() ? "No matter under way is of another version.\n" : text;
}

}  // namespace

ExitCode check_pack_folder(const PackOptions& options) {
    expect_pack(options.pack);
    std::unique_ptr<store::Database> county;
    if (options.data || options.database)
        county = open_stored_county({options.data.value_or(""), options.database});
    const auto findings = check_pack(options.pack, Zone{}.day_of(SystemClock().now()));
    std::cerr << findings.text();
    if (findings.has_errors()) return ExitCode::refused;
    std::cout << options.pack.string() << ": " << what_was_proved(options.pack) << ", "
              << findings.all().size() << " warnings\n";
    for (const auto& line : departures_of(options.pack))
        std::cout << "  departs from its base: " << line << '\n';
    if (county) std::cout << what_could_move(options, *county);
    return ExitCode::done;
}

ExitCode draw_pack_folder(const PackOptions& options) {
    expect_pack(options.pack);
    pack::Findings findings;
    const auto pack = pack::load_pack(options.pack, findings);
    if (!pack) {
        std::cerr << findings.sorted().text();
        return ExitCode::bad_input;
    }
    const auto words = pack::Words::read(*pack, findings);
    const auto workflows = workflows_of(*pack, words, findings);
    if (findings.has_errors()) {
        std::cerr << findings.sorted().text();
        return ExitCode::refused;
    }
    std::error_code error;
    fs::create_directories(options.out, error);
    for (const auto& workflow : workflows) {
        for (const auto& language : words.languages()) {
            const auto sheet = matter::draw_workflow(*workflow, words, language);
            const auto file = options.out / (workflow->name + "." + language);
            write_file(file.string() + ".svg", sheet.svg);
            write_file(file.string() + ".mmd", sheet.mermaid);
        }
    }
    std::cout << workflows.size() << " workflows drawn in " << words.languages().size() << " languages in "
              << options.out.string() << '\n';
    return ExitCode::done;
}

}  // namespace lianxin
