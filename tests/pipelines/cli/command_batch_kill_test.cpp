// Workers are killed with SIGKILL at random moments; afterwards one run finishes the batch, and the output is the one that a
// single process gives: nothing lost, nothing twice.

#include <random>
#include <regex>

#include "tests/pipelines/cli/batch_fixture.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;

std::vector<pid_t> children_of(pid_t parent) {
  std::vector<pid_t> children;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const auto name = entry.path().filename().string();
    if (!std::isdigit(static_cast<unsigned char>(name[0]))) continue;
    std::ifstream file(entry.path() / "stat");
    std::string stat(std::istreambuf_iterator<char>(file), {});
    const auto after = stat.rfind(')');
    char state = 0;
    int ppid = 0;
    if (after != stat.npos && std::sscanf(stat.c_str() + after + 1, " %c %d", &state, &ppid) == 2 && ppid == parent &&
        state != 'Z')
      children.push_back(std::stoi(name));
  }
  return children;
}

// Not one that has ended and that nobody has asked after yet.
bool is_alive(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  const std::string stat(std::istreambuf_iterator<char>(file), {});
  const auto after = stat.rfind(')');
  return after != stat.npos && after + 2 < stat.size() && stat[after + 2] != 'Z';
}

pid_t start(std::vector<std::string> arguments, const std::string& log) {
  arguments.insert(arguments.begin(), std::string(FIRSTFRAME_BINARY_DIR) + "/bin/firstframe");
  const pid_t child = fork();
  if (child != 0) return child;
  if (!freopen(log.c_str(), "a", stdout) || !freopen(log.c_str(), "a", stderr)) _exit(126);
  std::vector<char*> argv;
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  execvp(argv[0], argv.data());
  _exit(127);
}

class BatchKill : public BatchTest {
 protected:
  // Random, and the same every time as far as scheduling allows.
  std::mt19937 random{20261128};
  int killed = 0;

  void pause(int most_ms) {
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % static_cast<unsigned>(most_ms + 1)));
  }
  std::size_t finished() {
    std::size_t count = 0;
    for (const auto& name : results())
      if (std::regex_match(name, std::regex("[0-9]+\\.json"))) ++count;
    return count;
  }
  bool has_draft() {
    for (const auto& name : results())
      if (name.find(".sections.part.") != name.npos) return true;
    return false;
  }

  // A run of all shards, killed soon after it has begun to work; what former runs left does not count as its beginning.
  void kill_runs(int times, int most_ms) {
    for (const int until = killed + times; killed < until;) {
      const auto before = results();
      const auto run = start(batch("run", {"--shard", "all", "--threads", "1"}), scratch / "log");
      wait_until([&] { return results() != before || !is_alive(run); });
      pause(most_ms);
      kill(run, SIGKILL);
      int status = 0;
      waitpid(run, &status, 0);
      ASSERT_TRUE(WIFSIGNALED(status)) << "the batch was finished after " << killed << " kills; make it larger";
      ++killed;
    }
  }

  // Workers of one run, killed while it starts new ones; at last the run itself is killed.
  void kill_workers(int times, int most_ms) {
    const auto run = start(batch("run", {"--shard", "all", "--workers", "2", "--retries", "100"}), scratch / "log");
    for (const int until = killed + times - 1; killed < until;) {
      const auto before = results();
      wait_until([&] { return results() != before || !is_alive(run); });
      ASSERT_TRUE(is_alive(run)) << bytes_of(scratch / "log");
      pause(most_ms);
      const auto workers = children_of(run);
      if (workers.empty()) continue;
      if (kill(workers[random() % workers.size()], SIGKILL) == 0) ++killed;
    }
    const auto workers = children_of(run);
    kill(run, SIGKILL);
    ++killed;
    int status = 0;
    waitpid(run, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the batch was finished after " << killed << " kills; make it larger";
    for (const auto worker : workers) wait_until([&] { return !is_alive(worker); });  // they end by themselves
  }

  void expect_whole(std::int64_t shards) {
    const auto left = finished();
    EXPECT_LT(static_cast<std::int64_t>(left), shards) << "nothing was left to do after the kills";
    ok(batch("run", {"--shard", "all"}));
    EXPECT_EQ(static_cast<std::int64_t>(finished()), shards);
    EXPECT_FALSE(has_draft());
    EXPECT_EQ(firstframe_command(batch("status", {"--verify"})).code, 0);
    ok(batch("merge"));
    expect_same("batch/volume.mha", "whole.mha");
    std::cout << killed << " kills; " << left << " of " << shards << " shards were finished before the last run\n";
  }
};

TEST_F(BatchKill, LeavesNothingLostAndNothingTwice) {
  make_volume(480);
  restore("volume.mha", "whole.mha");
  ASSERT_EQ(plan({"volume.mha"}, {"--shards", "40"}).code, 0);
  kill_runs(5, 30);
  kill_workers(3, 60);
  EXPECT_EQ(killed, 8);
  expect_whole(40);
}

// By the name that CTest gives it, since it takes a minute.
TEST_F(BatchKill, DISABLED_HundredShardsSurviveFiftyKills) {
  make_volume(9600);
  restore("volume.mha", "whole.mha");
  ASSERT_EQ(plan({"volume.mha"}, {"--shards", "100"}).code, 0);
  kill_runs(25, 60);
  kill_workers(25, 120);
  EXPECT_EQ(killed, 50);
  expect_whole(100);
}

}  // namespace
}  // namespace firstframe
