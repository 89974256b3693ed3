#include "pipelines/cli/interrupt.h"

#include <csignal>
#include <thread>

#include <unistd.h>

#include "pipelines/cli/exit_code.h"

namespace firstframe {
namespace {

std::stop_source& source() {
  static std::stop_source instance;
  return instance;
}

sigset_t interrupts() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGUSR1);  // what schedulers send when a task's time is almost up
  return signals;
}

}  // namespace

void start_listening_for_interrupts() {
  source();
  const auto signals = interrupts();
  // Blocked here, and so in every thread started later: only the listener below meets them.
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::thread([signals] {
    int signal = 0;
    sigwait(&signals, &signal);
    source().request_stop();
    sigwait(&signals, &signal);
    _exit(kInterrupted);
  }).detach();
}

std::stop_token interrupt_token() { return source().get_token(); }

}  // namespace firstframe
