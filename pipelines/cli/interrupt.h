#pragma once

#include <stop_token>

namespace firstframe {

/// Turns SIGINT, SIGTERM and SIGUSR1 into a stop request, so that work unwinds and drafts are deleted. A second signal ends the
/// process at once. Call it before any other thread is started.
void start_listening_for_interrupts();

/// Asked for a stop by the first signal.
std::stop_token interrupt_token();

}  // namespace firstframe
