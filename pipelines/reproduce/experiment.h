#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipelines/reproduce/lab.h"
#include "pipelines/reproduce/report.h"

namespace firstframe {

/// One piece of an experiment's work, with the rows that come of it.
struct Task {
  std::string name;  // "residual-60", for a repeated one "residual-60@2"; unique in the experiment
  std::function<std::vector<ReportRow>()> run;
};

/// A report without rows, and the tasks that fill it.
struct Plan {
  Report report;  // title, text, what its curves are over
  std::vector<Task> tasks;
};

/// A table or figure of the paper, or a bar that we set ourselves.
struct Experiment {
  std::string_view name;     // "table1"
  std::string_view summary;  // one line for help
  Plan (*plan)(Lab&);        // reads the pictures; the lab outlives the plan
};

// Each is defined in its own file in experiments/.
Plan plan_table1(Lab& lab);
Plan plan_table2(Lab& lab);
Plan plan_table3(Lab& lab);
Plan plan_fig4(Lab& lab);
Plan plan_fig7(Lab& lab);
Plan plan_fig8(Lab& lab);
Plan plan_fig9(Lab& lab);
Plan plan_fig10(Lab& lab);
Plan plan_robustness(Lab& lab);
Plan plan_augment(Lab& lab);
Plan plan_sweep(Lab& lab);
Plan plan_switches(Lab& lab);
Plan plan_oct(Lab& lab);
Plan plan_pictures(Lab& lab);
Plan plan_volumes(Lab& lab);
Plan plan_seismic(Lab& lab);

/// All experiments, in the order in which help lists them.
std::span<const Experiment> experiments();

/// Runs an experiment's tasks, or those of options.rows, and writes its report after each of them: a run that is cut
/// short keeps what it has.
/// \throws ArgumentError for an experiment or row that there is not
/// \throws MissingFileError when pictures are missing, before anything is trained
/// \throws FormatError when options.resume finds a report that cannot be gone on with
/// \throws OutputError when results cannot be written
/// \throws Cancelled when a stop was requested
void reproduce(const std::string& name, const ReproduceOptions& options);

}  // namespace firstframe
