// Messages of another system, each with its own times: taken in, accepted by the desk it falls to and
// answered, by the same decisions as everything else. Several workers plan on snapshots while the writer
// commits many messages at once.
#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "base/text.hpp"
#include "matter/intake_service.hpp"
#include "matter/message_record_service.hpp"
#include "matter/route.hpp"

namespace lianxin::matter {

namespace {

constexpr std::size_t messages_per_commit = 48;

struct Line {
    std::size_t number = 0;
    MessageLine message;
};

ImportRefusal refused(std::string_view reason, std::string_view key = {}) {
    return {0, std::string(reason), std::string(key), {}};
}

// The importer stands in for the post that owns the matter: what it answered elsewhere is entered in its
// name.
Actor owner_of(const Standing& matter) {
    Actor actor;
    actor.set.add(access::Relation::owner);
    actor.relations.relations.push_back(access::Relation::owner);
    actor.relations.posts.push_back(matter.state.parts.at(0).owner);
    return actor;
}

Result<void, ImportRefusal> answer(Planner& planner, Standing& matter, const MessageLine& line, Zone zone) {
    const auto route =
        route_to_closed(*matter.workflow, matter.state.parts.at(0).state, matter.category_flags);
    if (!route) return fail(refused("workflow_cannot_close_it"));
    for (const RouteStep& step : *route) {
        Meant meant;
        meant.action.action = step.action;
        meant.happened_at = step.words.empty() ? matter.row.received_at : *line.replied_at;
        for (const FieldIndex field : step.words) {
            const FieldRule& rule = rule_at(matter.workflow->fields, field);
            // An answer shorter than a form asks for is still the answer that was given.
            std::string words;
            for (std::string& way : reply_as_entered(line, zone)) {
                words = std::move(way);
                if (!rule.min || code_points(words) >= static_cast<std::size_t>(*rule.min)) break;
            }
            if (rule.max && code_points(words) > static_cast<std::size_t>(*rule.max)) {
                // Longer than a form takes: the whole of it stands beside.
                meant.more.push_back({std::string(whole_answer), words, matter.row.key});
                words = first_code_points(words, static_cast<std::size_t>(*rule.max));
            }
            meant.form.set(field, TextValue{std::move(words)});
        }
        if (const auto done = planner.act(matter, owner_of(matter), meant); !done)
            return fail(refused(name_of(done.error().code), "reply"));
    }
    return {};
}

class Import {
 public:
    Import(County& county, const Surroundings& around, const access::ActingPerson& who,
           const NewMatter& pattern, bool dry_run)
        : county_(county),
          around_(around),
          who_(who),
          pattern_(pattern),
          dry_run_(dry_run),
          now_(county.clock.now()) {}

    // A batch planned on one snapshot and committed in one transaction.
    void run(std::vector<Line> batch) {
        const std::vector<Line> fresh = not_here(std::move(batch));
        std::vector<std::pair<Line, Plan>> plans;
        county_.database.read([&](store::Transaction& tx) {
            plans.clear();
            for (const Line& line : fresh) {
                auto planned = plan(tx, line.message);
                if (planned) {
                    plans.emplace_back(line, std::move(*planned));
                } else {
                    refuse(line.number, planned.error());
                }
            }
        });
        if (dry_run_) {
            for (const auto& [line, plan] : plans) count(line);
            return;
        }
        const auto all = county_.database.write([&](store::Transaction& tx) -> Result<void, CommitRefusal> {
            for (const auto& [line, plan] : plans) {
                if (auto done = commit_in(tx, county_, plan, now_); !done) return fail(done.error());
            }
            return {};
        });
        if (all) {
            for (const auto& [line, plan] : plans) count(line);
        } else {
            for (const auto& [line, plan] : plans) commit_alone(line, plan);
        }
    }
    ImportResult result() {
        for (auto* lines : {&result_.refused, &result_.differing})
            std::sort(lines->begin(), lines->end(),
                      [](const ImportRefusal& a, const ImportRefusal& b) { return a.line < b.line; });
        return std::move(result_);
    }
    // A line of an id that was said before: the same once more, or `otherwise`.
    void meet_again(const Line& line, const MessageLine& before, ImportRefusal otherwise) {
        const auto keys = differing_keys(before, line.message);
        const std::scoped_lock lock(mutex_);
        if (keys.empty()) {
            ++result_.known;
            return;
        }
        otherwise.line = line.number;
        for (const std::string& key : keys) otherwise.key += (otherwise.key.empty() ? "" : ", ") + key;
        result_.differing.push_back(std::move(otherwise));
    }
    void refuse(std::size_t line, ImportRefusal refusal) {
        refusal.line = line;
        const std::scoped_lock lock(mutex_);
        result_.refused.push_back(std::move(refusal));
    }

 private:
    // What is here already is held against what was said of it then.
    std::vector<Line> not_here(std::vector<Line> batch) {
        std::vector<std::vector<journal::SealedEntry>> chains;
        county_.database.read([&](store::Transaction& tx) {
            chains.clear();
            for (const Line& line : batch) {
                const auto here =
                    matter_by_source(tx, county_.keys.blind_index("matter.source", line.message.id));
                chains.push_back(here ? journal::load_chain(tx, {"matter", here->value()})
                                      : std::vector<journal::SealedEntry>());
            }
        });
        std::vector<Line> fresh;
        for (std::size_t at = 0; at < batch.size(); ++at) {
            if (chains[at].empty()) {
                fresh.push_back(std::move(batch[at]));
            } else {
                meet_again(batch[at], chains[at]);
            }
        }
        return fresh;
    }
    void meet_again(const Line& line, const std::vector<journal::SealedEntry>& chain) {
        const auto here = recorded_message(chain, county_.keys, county_.zone, line.message);
        meet_again(line, here.line, {0, "differs_from_record", {}, here.number});
    }

    Result<Plan, ImportRefusal> plan(store::Transaction& tx, const MessageLine& line) {
        Planner planner(tx, county_, around_, now_);
        NewMatter asked = pattern_;
        asked.subject = line.subject;
        asked.text = line.text;
        asked.source = line.id;
        asked.happened_at = line.at;
        const auto taken = Intake(planner, tx, county_, around_, who_, now_).plan(asked);
        if (!taken) {
            const auto& faults = taken.error().faults;
            if (faults.empty()) return fail(refused(code_of(taken.error())));
            const auto& fault = faults.front();
            const auto limit = fault.limit ? std::to_string(*fault.limit) : std::string();
            return fail(ImportRefusal{0, fault.code, fault.field, limit});
        }
        if (line.replied_at) {
            if (auto answered = answer(planner, *planner.standing(taken->id), line, county_.zone); !answered)
                return fail(answered.error());
        }
        return std::move(planner.plan());
    }

    void commit_alone(const Line& line, const Plan& plan) {
        const auto done = commit(county_, plan);
        if (done) {
            count(line);
        } else if (done.error() == CommitRefusal::already_taken_in) {
            (void)not_here({line});  // somebody else took it in meanwhile
        } else {
            refuse(line.number, refused(code_of(refusal_of(done.error()))));
        }
    }
    void count(const Line& line) {
        const std::scoped_lock lock(mutex_);
        ++result_.taken_in;
        if (line.message.replied_at) ++result_.answered;
    }

    County& county_;
    const Surroundings& around_;
    const access::ActingPerson& who_;
    const NewMatter& pattern_;
    bool dry_run_;
    Instant now_;
    std::mutex mutex_;
    ImportResult result_;
};

// Of several lines that bear one id the first is the message, wherever the workers are.
std::vector<Line> read_lines(Import& import, std::string_view text, Zone zone, Instant now) {
    std::vector<Line> lines;
    std::unordered_map<std::string, std::size_t> by_id;
    std::size_t number = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view one = trim(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        if (one.empty()) continue;
        auto message = read_message(one, zone, now);
        if (!message) {
            import.refuse(number, message.error());
            continue;
        }
        Line line{number, std::move(*message)};
        const auto [first, is_new] = by_id.try_emplace(line.message.id, lines.size());
        if (is_new) {
            lines.push_back(std::move(line));
        } else {
            const Line& before = lines[first->second];
            import.meet_again(line, before.message,
                              {0, "differs_from_line", {}, std::to_string(before.number)});
        }
    }
    return lines;
}

// Each year's serials at once: a batch must not stop to ask for more.
void reserve_serials(County& county, Serials& serials, const std::vector<Line>& lines) {
    std::map<int, int> years;
    for (const Line& line : lines) ++years[county.zone.day_of(line.message.at).year()];
    for (const auto& [year, count] : years)
        if (year >= 2000 && year <= 2099) serials.reserve(county, year, count);
}

std::vector<std::vector<Line>> batches_of(std::vector<Line> lines) {
    std::vector<std::vector<Line>> batches;
    for (Line& line : lines) {
        if (batches.empty() || batches.back().size() == messages_per_commit) batches.emplace_back();
        batches.back().push_back(std::move(line));
    }
    return batches;
}

}  // namespace

ImportResult MatterService::import_messages(County& county, const access::ActingPerson& who,
                                            std::string_view text, std::optional<PlaceId> place,
                                            const std::string& workflow, const std::string& subkind,
                                            bool dry_run) {
    NewMatter pattern;
    pattern.workflow = workflow;
    pattern.subkind = subkind;
    pattern.place = place;
    pattern.anonymous = true;
    pattern.channel = "import";
    pattern.on_behalf = true;
    Import import(county, around_, who, pattern, dry_run);
    auto lines = read_lines(import, text, county.zone, county.clock.now());
    reserve_serials(county, around_.serials, lines);
    auto batches = batches_of(std::move(lines));
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < batches.size(); i = next++) import.run(std::move(batches[i]));
    };
    std::vector<std::future<void>> workers;
    const unsigned count = std::clamp(std::thread::hardware_concurrency(), 1U, 4U);
    for (unsigned i = 0; i < count; ++i) workers.push_back(std::async(std::launch::async, work));
    for (std::future<void>& worker : workers) worker.get();  // a fault of any of them is the import's
    return import.result();
}

}  // namespace lianxin::matter
