#pragma once

#include <stdexcept>
#include <string>

namespace firstframe {

/// Base of everything Firstframe throws. `what()` is one sentence for the user: where, what was found,
/// what is accepted, what to do.
class Error : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A setting or a call is off: out of range, or two settings contradict each other.
class ArgumentError : public Error {
  using Error::Error;
};

/// The data is off: a pair of different sizes, a cut file, a model for another number of channels.
class FormatError : public Error {
  using Error::Error;
};

/// A device or library is missing or refuses: no GPU, out of GPU memory.
class DeviceError : public Error {
  using Error::Error;
};

/// Something could not be read because it is not there or may not be opened.
class MissingFileError : public Error {
  using Error::Error;
};

/// Something could not be written: read-only folder, full disk.
class OutputError : public Error {
  using Error::Error;
};

/// The caller asked to stop.
class Cancelled : public Error {
  using Error::Error;
};

}  // namespace firstframe
