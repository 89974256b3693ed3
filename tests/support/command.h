#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

namespace firstframe {

/// What a program returned and said.
struct CommandResult {
  int code = -1;  // exit code; 128 + signal when it was killed
  std::string out, err;
};

/// A folder of its own for one test, deleted afterwards.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "firstframe-test-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder: " + pattern);
    path_ = pattern;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  const std::filesystem::path& path() const { return path_; }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) all.push_back(entry.path().filename().string());
    return all;
  }

 private:
  std::filesystem::path path_;
};

/// Runs a program to its end. With a signal, sends it when `wait` comes back.
inline CommandResult run_program(const std::vector<std::string>& arguments, int signal, const std::function<void()>& wait) {
  const ScratchFolder scratch;
  const auto out = scratch / "out", err = scratch / "err";
  const pid_t child = fork();
  if (child == 0) {
    if (!freopen(out.c_str(), "w", stdout) || !freopen(err.c_str(), "w", stderr)) _exit(126);
    std::vector<char*> argv;
    for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    execvp(argv[0], argv.data());
    _exit(127);
  }
  if (signal != 0) {
    wait();
    kill(child, signal);
  }
  int status = 0;
  waitpid(child, &status, 0);
  const auto content = [](const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), content(out), content(err)};
}

/// The same with a signal that many seconds after the start.
inline CommandResult run_program(const std::vector<std::string>& arguments, int signal = 0, double after_seconds = 0) {
  return run_program(arguments, signal, [&] { std::this_thread::sleep_for(std::chrono::duration<double>(after_seconds)); });
}

/// The command `firstframe` of this build. \param when  seconds, or a function that waits
template <typename When = double>
CommandResult firstframe_command(std::vector<std::string> arguments, int signal = 0, const When& when = {}) {
  arguments.insert(arguments.begin(), std::string(FIRSTFRAME_BINARY_DIR) + "/bin/firstframe");
  return run_program(arguments, signal, when);
}

/// Waits until something is so, for at most a minute.
template <typename Condition>
void wait_until(const Condition& is_so) {
  for (int tries = 0; tries < 6000 && !is_so(); ++tries) std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

}  // namespace firstframe
