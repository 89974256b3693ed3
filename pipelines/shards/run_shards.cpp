#include "pipelines/shards/run_shards.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <new>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/disk_full.h"
#include "pipelines/sections/section_pipeline.h"
#include "pipelines/shards/transient_error.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

constexpr double kLongestWait = 60;  // seconds

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// Errors that another try may not meet: a file system that hangs for a moment, a GPU whose memory is used up.
bool may_pass(const std::exception& error) {
  return dynamic_cast<const TransientError*>(&error) || dynamic_cast<const DiskFullError*>(&error) ||
         dynamic_cast<const MissingFileError*>(&error) || dynamic_cast<const DeviceError*>(&error) ||
         dynamic_cast<const std::bad_alloc*>(&error) || dynamic_cast<const fs::filesystem_error*>(&error);
}

void wait(double seconds, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait_for(lock, stop, std::chrono::duration<double>(seconds), [] { return false; });
}

// A section of a shard by its number in the shard.
struct Place {
  std::int64_t input, section;
};
Place place_of(const Shard& shard, std::int64_t number) {
  for (const auto& piece : shard) {
    if (number < piece.count) return {piece.input, piece.first + number};
    number -= piece.count;
  }
  return {-1, -1};
}

}  // namespace

std::string_view name_of(RunEvent::Kind kind) {
  static constexpr std::string_view names[] = {"began", "section", "finished", "was_finished",
                                               "retry", "failed",  "stopped"};
  return names[static_cast<int>(kind)];
}

ShardRunner::ShardRunner(const BatchPlan& plan, const fs::path& folder, const RunOptions& options,
                         std::function<void(const RunEvent&)> tell, std::stop_token stop)
    : plan_(plan),
      folder_(folder, plan),
      options_(options),
      tell_(std::move(tell)),
      stop_(stop),
      mark_(this_run()),
      batch_folder_(folder) {
  plan_.choices.settings.threads = options.threads;
}

const Restorer& ShardRunner::restorer() {
  if (!restorer_) {
    const auto& settings = plan_.choices.settings;
    restorer_ = make_restorer(planned_model(plan_), settings.device, settings.precision);
    inputs_.emplace(plan_, batch_folder_, restorer_->info());
  }
  return *restorer_;
}

void ShardRunner::tell(RunEvent::Kind kind, std::int64_t shard, int attempt, const std::string& why) const {
  RunEvent event;
  event.kind = kind;
  event.shard = shard;
  event.attempt = attempt;
  event.why = why;
  event.sections = sections_of(plan_.shards[static_cast<std::size_t>(shard)]);
  if (kind == RunEvent::Kind::was_finished) event.done = event.sections;
  tell_(event);
}

bool ShardRunner::run(std::int64_t shard) {
  auto pause = options_.first_wait_s;
  for (int attempt = 0;; ++attempt, pause = std::min(2 * pause, kLongestWait)) {
    bool concerns_all = false;  // and is not noted as this shard's failure
    try {
      if (state_of(folder_, plan_, shard, /*verify=*/true).kind == ShardState::Kind::finished) {
        tell(RunEvent::Kind::was_finished, shard, attempt);
        return true;
      }
      concerns_all = true;
      restorer();
      concerns_all = false;
      return run_once(shard, attempt);
    } catch (const std::exception& error) {
      if (!may_pass(error) || attempt == options_.retries || stop_.stop_requested()) {
        if (concerns_all) throw;
        note_failure(folder_, shard, mark_, error.what());
        tell(RunEvent::Kind::failed, shard, attempt, error.what());
        throw;
      }
      tell(RunEvent::Kind::retry, shard, attempt, error.what());
      if (inputs_) inputs_->close_all_but({});
      wait(pause, stop_);
    }
  }
}

bool ShardRunner::run_once(std::int64_t shard, int attempt) {
  const auto start = Clock::now();
  const auto& pieces = plan_.shards[static_cast<std::size_t>(shard)];
  RunEvent event;
  event.shard = shard;
  event.sections = sections_of(pieces);
  event.attempt = attempt;
  const auto say = [&](RunEvent::Kind kind) {
    event.kind = kind;
    event.seconds = seconds_since(start);
    tell_(event);
  };

  const bool with_residual = !plan_.inputs[static_cast<std::size_t>(pieces.front().input)].residual.empty();
  inputs_->close_all_but(pieces);
  for (const auto& piece : pieces) inputs_->at(piece.input);  // refuses a changed input before anything is written
  ShardWriter writer(folder_.results(shard), plan_.key(shard), mark_.tag());
  event.done = event.taken_over = writer.adopt(event.sections, with_residual ? 2 : 1);
  say(RunEvent::Kind::began);

  SectionSteps steps;
  steps.read = [&](std::int64_t number) {
    const auto place = place_of(pieces, number);
    return inputs_->at(place.input).read(place.section);
  };
  steps.work = [&](std::int64_t number, const Section& degraded) {
    const auto place = place_of(pieces, number);
    return inputs_->at(place.input).restored(*restorer_, place.section, degraded);
  };
  steps.write = [&](std::int64_t number, const std::vector<Section>& sections) {
    for (const auto& section : sections) writer.write(section);
    event.done = number + 1;
    say(RunEvent::Kind::section);
  };
  event.done = event.taken_over + run_steps(event.taken_over, event.sections, steps, stop_);
  if (event.done < event.sections) {
    say(RunEvent::Kind::stopped);
    return false;
  }
  inputs_->require_unchanged_since_opened(pieces);
  if (const auto sealed = writer.seal())
    write_manifest(folder_, shard,
                   {plan_.key(shard), event.sections, *sealed, mark_, arithmetic_here(!restorer_->is_parallel()),
                    seconds_since(start)});
  forget_failure(folder_, shard);
  say(RunEvent::Kind::finished);
  return true;
}

}  // namespace firstframe
