#include "pipelines/cli/batch_log.h"

#include <ctime>
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>

namespace firstframe {
namespace {

constexpr auto kTellEvery = std::chrono::seconds(1);

bool changes_a_shard(RunEvent::Kind kind) { return kind != RunEvent::Kind::began && kind != RunEvent::Kind::section; }

std::string line_of(const RunEvent& event) {
  std::ostringstream line;
  line << "shard " << event.shard << ": " << std::fixed << std::setprecision(1);
  switch (event.kind) {
    case RunEvent::Kind::finished:
      line << "finished, " << event.sections << (event.sections == 1 ? " section in " : " sections in ")
           << event.seconds << " s";
      if (event.taken_over > 0) line << ", " << event.taken_over << " of them taken over from a run that was stopped";
      break;
    case RunEvent::Kind::was_finished:
      line << "was finished";
      break;
    case RunEvent::Kind::stopped:
      line << "stopped after " << event.done << " of " << event.sections << " sections, which are kept";
      break;
    case RunEvent::Kind::retry:
      line << "try " << event.attempt + 1 << " failed, trying again: " << event.why;
      break;
    default:
      line << "failed: " << event.why;
  }
  return line.str();
}

}  // namespace

// A bar is the progress's own; lines of JSON are ours, since they say more than how many frames there are.
BatchLog::BatchLog(ProgressStyle style, std::size_t shards, std::int64_t sections)
    : style_(style),
      progress_(style == ProgressStyle::json ? ProgressStyle::none : style),
      shards_(shards),
      sections_(sections),
      mark_(this_run()) {}

void BatchLog::tell(const RunEvent& event) {
  done_[event.shard] = event.done;
  if (style_ == ProgressStyle::json) return tell_json(event);
  std::int64_t all = 0;
  for (const auto& [shard, done] : done_) all += done;
  progress_.frames(all, sections_);
  if (!changes_a_shard(event.kind) || (event.kind == RunEvent::Kind::failed && shards_ == 1)) return;
  const bool is_good = event.kind == RunEvent::Kind::finished || event.kind == RunEvent::Kind::was_finished;
  (is_good ? std::cout : std::cerr) << line_of(event) << std::endl;
}

void BatchLog::tell_json(const RunEvent& event) {
  const auto now = std::chrono::steady_clock::now();
  if (event.kind == RunEvent::Kind::section && now - told_ < kTellEvery) return;
  told_ = now;
  nlohmann::ordered_json line{{"event", std::string(name_of(event.kind))},
                              {"shard", event.shard},
                              {"done", event.done},
                              {"sections", event.sections},
                              {"taken_over", event.taken_over},
                              {"seconds", event.seconds},
                              {"attempt", event.attempt},
                              {"host", mark_.host},
                              {"pid", mark_.pid},
                              {"job", mark_.job},
                              {"restart", mark_.restart},
                              {"time", std::time(nullptr)}};
  if (!event.why.empty()) line["why"] = event.why;
  // In one write, so that lines of several workers do not mix.
  std::cerr << line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n" << std::flush;
}

}  // namespace firstframe
