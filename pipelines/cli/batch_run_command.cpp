#include <iostream>
#include <memory>
#include <numeric>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/thread_budget.h"
#include "pipelines/cli/batch_commands.h"
#include "pipelines/cli/batch_log.h"
#include "pipelines/cli/batch_workers.h"
#include "pipelines/cli/interrupt.h"
#include "pipelines/shards/number_list.h"

namespace firstframe {
namespace {

struct Options {
  std::string folder, shard;
  RunOptions run;
  int workers = 1;
  ProgressStyle progress = ProgressStyle::automatic;
};

std::vector<std::int64_t> shards_of(const Options& options, const BatchPlan& plan) {
  const auto count = plan.shard_count();
  if (options.shard == "auto") return {number_from_scheduler(count)};
  if (options.shard != "all") return numbers_of(options.shard, count);
  std::vector<std::int64_t> all(static_cast<std::size_t>(count));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

[[noreturn]] void stopped(std::int64_t finished, std::size_t shards) {
  throw Cancelled(text("batch: stopped with ", finished, " of ", shards,
                       " shards finished; what is begun is kept, run again to go on"));
}

void run_here(const Options& options, const BatchPlan& plan, const std::vector<std::int64_t>& shards) {
  const auto sections = std::accumulate(shards.begin(), shards.end(), std::int64_t{0}, [&](auto sum, auto shard) {
    return sum + sections_of(plan.shards[static_cast<std::size_t>(shard)]);
  });
  std::int64_t finished = 0;
  std::size_t failed = 0;
  std::exception_ptr first;
  {
    BatchLog log(options.progress, shards.size(), sections);
    ShardRunner runner(
        plan, options.folder, options.run, [&](const RunEvent& event) { log.tell(event); }, interrupt_token());
    const auto note = [&] {
      ++failed;
      if (!first) first = std::current_exception();
    };
    for (const auto shard : shards) {
      if (interrupt_token().stop_requested()) stopped(finished, shards.size());
      try {
        if (!runner.run(shard)) stopped(finished, shards.size());
        ++finished;
      } catch (const FormatError&) {
        note();  // of this shard's input; the others go on
      } catch (const MissingFileError&) {
        note();
      }
    }
  }
  if (!first) return;
  if (shards.size() > 1)
    std::cerr << "firstframe: " << failed << " of " << shards.size() << " shards failed; the first because of:\n";
  std::rethrow_exception(first);
}

// The shards that are not finished, each in a process of its own.
void run_in_workers(const Options& options, const BatchPlan& plan, const std::vector<std::int64_t>& shards) {
  const ShardFolder folder(options.folder, plan);
  std::vector<std::int64_t> missing;
  for (const auto shard : shards)
    if (state_of(folder, plan, shard, /*verify=*/true).kind != ShardState::Kind::finished) missing.push_back(shard);
  const auto threads = options.run.threads > 0 ? options.run.threads : std::max(1, thread_budget(0) / options.workers);
  WorkerOptions workers{.workers = options.workers, .retries = options.run.retries, .arguments = {}};
  workers.arguments = {"--threads",  std::to_string(threads),
                       "--retries",  std::to_string(options.run.retries),
                       "--progress", options.progress == ProgressStyle::json ? "json" : "none"};
  const auto outcome = run_workers(options.folder, missing, workers, interrupt_token());
  const auto finished = static_cast<std::int64_t>(shards.size() - missing.size()) + outcome.finished;
  if (outcome.is_stopped) stopped(finished, shards.size());
  if (outcome.failed.empty()) return;
  throw_worst(outcome, text("batch: ", finished, " of ", shards.size(),
                            " shards are finished; these failed, as said above: ", list_of(outcome.failed)));
}

void run(const Options& options) {
  const auto plan = read_plan(options.folder);
  const auto shards = shards_of(options, plan);
  options.workers > 1 ? run_in_workers(options, plan, shards) : run_here(options, plan, shards);
}

}  // namespace

void add_batch_run(CLI::App& batch) {
  auto options = std::make_shared<Options>();
  auto* command = batch.add_subcommand(
      "run", "Restore shards; those that are finished are left, those that were stopped are gone on with");
  command->add_option("folder", options->folder, "The batch's folder, as plan was given it")
      ->required()
      ->type_name("FOLDER");
  command
      ->add_option("--shard", options->shard,
                   "Which: a number, a list such as 2,6,9-12, all, or auto, which takes it from "
                   "SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX (from 0), SGE_TASK_ID or PARALLEL_SEQ (from 1)")
      ->required()
      ->type_name("K");
  command
      ->add_option("--retries", options->run.retries,
                   "More tries of a shard after an error that may pass: a disk or network that "
                   "fails, a full disk, a missing file, a full GPU, a worker that was killed")
      ->check(CLI::Range(0, 100))
      ->capture_default_str()
      ->type_name("N");
  command->add_option("--workers", options->workers, "Run so many shards at a time, each in a process of its own")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str()
      ->type_name("N");
  command->add_option("--threads", options->run.threads, "Threads of each; 0 takes all, shared among workers")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str()
      ->type_name("N");
  add_progress_flag(*command, options->progress);
  command->callback([options] { run(*options); });
}

}  // namespace firstframe
