#include <fstream>
#include <iostream>

#include "main/check_pack.hpp"
#include "main/check_versions.hpp"
#include "main/commands.hpp"
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

std::string what_could_move(const PackOptions& options) {
    const fs::path file = options.data.value_or("") / "county.db";
    if (!options.database && !fs::exists(file))
        throw Fault("There is no county in " + options.data->string() + ".");
    const auto database =
        options.database ? store::open_postgresql(*options.database) : store::open_sqlite(file);
    pack::Findings findings;
    const auto pack = pack::load_pack(options.pack, findings);
    const auto words = pack::Words::read(*pack, findings);
    const auto text = describe_versions(*database, workflows_of(*pack, words, findings));
    return text.empty() ? "No matter under way is of another version.\n" : text;
}

}  // namespace

ExitCode check_pack_folder(const PackOptions& options) {
    const auto findings = check_pack(options.pack);
    std::cerr << findings.text();
    if (findings.has_errors()) return ExitCode::refused;
    std::cout << options.pack.string() << ": proved, " << findings.all().size() << " warnings\n";
    if (options.data || options.database) std::cout << what_could_move(options);
    return ExitCode::done;
}

ExitCode draw_pack_folder(const PackOptions& options) {
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
