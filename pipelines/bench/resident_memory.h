#pragma once

#include <cstdint>

namespace firstframe {

/// The most memory that this process held at once since the last forget_peak_memory(), MiB (VmHWM of /proc/self/status).
double peak_memory_mib();

/// Begins anew from what the process holds now. Where the kernel does not allow it, the peak stays that of the whole run.
void forget_peak_memory();

}  // namespace firstframe
