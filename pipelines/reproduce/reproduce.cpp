#include <algorithm>
#include <array>
#include <iomanip>
#include <map>
#include <sstream>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_bytes.h"
#include "pipelines/reproduce/experiment.h"
#include "pipelines/reproduce/machine_line.h"

namespace firstframe {
namespace {

constexpr std::array kExperiments = {
    Experiment{"table1", "deblurring of Set11 and BSD, every restorer", plan_table1},
    Experiment{"table2", "super-resolution of Set11, 3 times", plan_table2},
    Experiment{"table3", "seconds to train, milliseconds a frame", plan_table3},
    Experiment{"fig4", "noise that training knows", plan_fig4},
    Experiment{"fig7", "noise that training does not know", plan_fig7},
    Experiment{"fig8", "the size of the training picture", plan_fig8},
    Experiment{"fig9", "trained on drawings", plan_fig9},
    Experiment{"fig10", "a blur that training does not know", plan_fig10},
    Experiment{"robustness", "other training pictures", plan_robustness},
    Experiment{"augment", "fresh degradations or the pair as it is", plan_augment},
    Experiment{"sweep", "what the paper leaves open, chosen on other pictures", plan_sweep},
    Experiment{"switches", "stride, window and ensemble: milliseconds against dB", plan_switches},
    Experiment{"oct", "B-scans of eyes that training has not seen", plan_oct},
    Experiment{"volumes", "volumes of which one section is annotated", plan_volumes},
    Experiment{"seismic", "noise attenuation, sparse deconvolution and field lines", plan_seismic},
    Experiment{"pictures", "what the restorers make of a few pictures", plan_pictures},
};

const Experiment& experiment_named(const std::string& name) {
  std::string names;
  for (const auto& experiment : kExperiments) {
    if (experiment.name == name) return experiment;
    names += text(names.empty() ? "" : ", ", experiment.name);
  }
  throw ArgumentError(text("reproduce: '", name, "' is no experiment; use ", names));
}

// "residual-60" stands for residual-60@1, residual-60@2, ... as well.
bool is_asked_for(const std::string& task, const std::vector<std::string>& rows) {
  const auto plain = task.substr(0, task.find('@'));
  return rows.empty() || std::any_of(rows.begin(), rows.end(),
                                     [&](const std::string& row) { return row == task || row == plain; });
}

void check_rows(const Plan& plan, const std::vector<std::string>& rows) {
  for (const auto& row : rows) {
    std::string names;
    bool is_known = false;
    for (const auto& task : plan.tasks) {
      is_known = is_known || is_asked_for(task.name, {row});
      names += text(names.empty() ? "" : ", ", task.name);
    }
    if (!is_known) throw ArgumentError(text("reproduce: ", plan.report.name, " has no row '", row, "'; use ", names));
  }
}

std::string command_of(const std::string& name, const ReproduceOptions& options) {
  std::ostringstream command;
  command << "firstframe reproduce " << name << " --data DATA";
  if (options.seconds_scale != 1) command << " --seconds-scale " << options.seconds_scale;
  if (options.steps > 0) command << " --steps " << options.steps;
  if (options.seeds != ReproduceOptions{}.seeds) command << " --seeds " << options.seeds;
  if (options.quick) command << " --quick";
  return command.str();
}

// "; Set11: rnn at 1.41 27.92 dB; Set11: rnn at 2.83 27.10 dB"
std::string found(const std::vector<ReportRow>& rows, bool is_sweep) {
  std::ostringstream out;
  out << std::fixed << std::setprecision(2);
  for (const auto& row : rows) {
    if (row.scores.empty()) continue;
    out << "; " << row.table << ": " << row.label;
    if (is_sweep && row.x) out << " at " << *row.x;
    out << " " << mean_full_db(row.scores) << " dB";
    if (row.scores.front().matched_db) out << ", matched " << mean_matched_db(row.scores) << " dB";
  }
  return out.str();
}

}  // namespace

std::span<const Experiment> experiments() { return kExperiments; }

void reproduce(const std::string& name, const ReproduceOptions& options) {
  const auto& experiment = experiment_named(name);
  Lab lab(options);
  auto plan = experiment.plan(lab);
  auto& report = plan.report;
  report.name = name;
  report.command = command_of(name, options);
  report.seconds_scale = options.seconds_scale;
  report.quick = options.quick;
  check_rows(plan, options.rows);

  std::map<std::string, std::vector<ReportRow>> done;
  std::vector<ReportRow> others;  // of more seeds than are asked for now
  const auto json = options.out / (name + ".json");
  // Rows that were not asked for now stay.
  if ((options.resume || !options.rows.empty()) && std::filesystem::exists(json)) {
    const auto bytes = read_bytes(json);
    const std::string content(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    for (auto& row : rows_of(content, report, json.string())) {
      if (!options.resume && is_asked_for(row.task, options.rows)) continue;
      const bool is_planned = std::any_of(plan.tasks.begin(), plan.tasks.end(), [&](const Task& task) { return task.name == row.task; });
      (is_planned ? done[row.task] : others).push_back(std::move(row));
    }
  }
  const auto write = [&] {
    report.rows.clear();
    for (const auto& task : plan.tasks)
      if (const auto rows = done.find(task.name); rows != done.end())
        report.rows.insert(report.rows.end(), rows->second.begin(), rows->second.end());
    report.rows.insert(report.rows.end(), others.begin(), others.end());
    write_report(report, options.out);
  };
  prepare_folder(options.out);
  const auto machine = machine_line();
  std::size_t number = 0;
  for (const auto& task : plan.tasks) {
    const auto place = text(name, " ", ++number, "/", plan.tasks.size(), " ", task.name);
    if (!is_asked_for(task.name, options.rows)) continue;
    if (done.contains(task.name)) {
      options.say(place + ": there already");
      continue;
    }
    if (options.stop.stop_requested()) throw Cancelled("reproduce: stopped");
    auto rows = task.run();
    for (auto& row : rows) {
      row.task = task.name;
      row.machine = machine;
      row.commit = options.commit;
    }
    options.say(place + found(rows, report.is_sweep));
    done[task.name] = std::move(rows);
    write();
  }
  write();  // where every row was there already, the page may still have changed
}

}  // namespace firstframe
