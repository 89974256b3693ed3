#include "pipelines/cli/batch_workers.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <deque>
#include <iostream>
#include <map>
#include <stdexcept>
#include <thread>

#include "core/base/error.h"
#include "core/base/text.h"
#include "pipelines/cli/exit_code.h"

namespace firstframe {
namespace {

constexpr auto kLookEvery = std::chrono::milliseconds(20);

struct Job {
  std::int64_t shard = 0;
  int attempt = 0;
};

// What trying again cures is the least: a scheduler would do so for ever where one input is bad.
int worse(int a, int b) {
  constexpr std::array kFromTheLeast{kDone, kInterrupted, kBadData, kCannotWrite, kUnavailable, kUsage};
  const auto rank = [&](int code) { return std::find(kFromTheLeast.begin(), kFromTheLeast.end(), code); };
  return rank(b) > rank(a) ? b : a;  // kSoftware, and what is no code of ours, is at the end
}

pid_t start(const std::filesystem::path& folder, std::int64_t shard, const std::vector<std::string>& more) {
  static const auto self = std::filesystem::read_symlink("/proc/self/exe").string();
  std::vector<std::string> arguments{self, "batch", "run", folder.string(), "--shard", std::to_string(shard)};
  arguments.insert(arguments.end(), more.begin(), more.end());
  std::vector<char*> argv;
  for (auto& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child != 0) return child;
  // A group of its own: Ctrl-C at a terminal reaches us alone, who pass it on once. And no worker outlives us.
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(kInterrupted);
  execv(argv[0], argv.data());
  _exit(kUnavailable);
}

}  // namespace

WorkerOutcome run_workers(const std::filesystem::path& folder, std::vector<std::int64_t> shards,
                          const WorkerOptions& options, std::stop_token stop) {
  WorkerOutcome outcome;
  std::deque<Job> waiting;
  for (const auto shard : shards) waiting.push_back({shard, 0});
  std::map<pid_t, Job> working;
  bool may_start = true;

  while (!working.empty() || (may_start && !waiting.empty())) {
    while (may_start && !waiting.empty() && static_cast<int>(working.size()) < options.workers) {
      const auto child = start(folder, waiting.front().shard, options.arguments);
      if (child < 0) throw DeviceError(text("batch: no worker can be started: ", std::strerror(errno)));
      working[child] = waiting.front();
      waiting.pop_front();
    }
    if (stop.stop_requested() && !outcome.is_stopped) {
      outcome.is_stopped = true;
      may_start = false;
      for (const auto& [child, job] : working) kill(child, SIGTERM);
    }
    int status = 0;
    const auto child = waitpid(-1, &status, WNOHANG);
    if (child == 0) {
      std::this_thread::sleep_for(kLookEvery);
      continue;
    }
    const auto found = working.find(child);
    if (found == working.end()) continue;
    auto job = found->second;
    working.erase(found);
    const bool is_killed = WIFSIGNALED(status);
    const int code = is_killed ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    if (code == kDone) {
      ++outcome.finished;
    } else if (outcome.is_stopped) {
      continue;  // it kept what it had
    } else if ((is_killed || code == kInterrupted) && job.attempt < options.retries) {
      std::cerr << "firstframe: shard " << job.shard << ": its worker "
                << (is_killed ? text("was killed by signal ", code - 128) : "was stopped")
                << ", beginning again where it was\n";
      waiting.push_front({job.shard, job.attempt + 1});
    } else {
      outcome.failed.push_back(job.shard);
      outcome.worst = worse(outcome.worst, is_killed ? static_cast<int>(kInterrupted) : code);
      if (code == kCannotWrite || code == kUsage || code == kUnavailable)
        may_start = false;  // the others would meet the same
    }
  }
  return outcome;
}

void throw_worst(const WorkerOutcome& outcome, const std::string& message) {
  switch (outcome.worst) {
    case kUsage:
      throw ArgumentError(message);
    case kBadData:
      throw FormatError(message);
    case kUnavailable:
      throw DeviceError(message);
    case kCannotWrite:
      throw OutputError(message);
    case kInterrupted:
      throw Cancelled(message);
    default:
      throw std::runtime_error(message);
  }
}

}  // namespace firstframe
