#pragma once

namespace firstframe {

/// What the command returns, after sysexits.h.
enum ExitCode {
  kDone = 0,
  kUsage = 64,        // a flag or argument is off
  kBadData = 65,      // an input is missing, cut, of the wrong kind, or a pair nothing can be learned from
  kUnavailable = 69,  // a device or library is missing
  kSoftware = 70,     // a fault of ours
  kCannotWrite = 73,  // the output could not be written
  kInterrupted = 75,  // stopped by a signal, or shards of a batch are missing; try again
};

}  // namespace firstframe
