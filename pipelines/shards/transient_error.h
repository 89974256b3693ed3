#pragma once

#include "core/base/error.h"

namespace firstframe {

/// A fault of a disk or a network that may be over in a moment, unlike a read-only folder: worth another try.
class TransientError : public OutputError {
  using OutputError::OutputError;
};

/// \throws TransientError, or OutputError for errors that waiting does not cure, both naming `what` and the system's reason
[[noreturn]] void throw_output_error(const std::string& what, int error);

}  // namespace firstframe
