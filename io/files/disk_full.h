#pragma once

#include "core/base/error.h"

namespace firstframe {

/// The disk that is written to is full, or a quota is used up.
class DiskFullError : public OutputError {
  using OutputError::OutputError;
};

}  // namespace firstframe
