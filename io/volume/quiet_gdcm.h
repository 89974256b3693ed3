#pragma once

namespace firstframe {

/// Keeps GDCM from writing its own warnings on standard error; what matters is told by our errors. Done once.
void quiet_gdcm();

}  // namespace firstframe
