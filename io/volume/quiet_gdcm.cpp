#include "io/volume/quiet_gdcm.h"

#include <gdcmTrace.h>

namespace firstframe {

void quiet_gdcm() {
  static const bool once = [] {
    gdcm::Trace::WarningOff();
    gdcm::Trace::ErrorOff();
    return true;
  }();
  static_cast<void>(once);
}

}  // namespace firstframe
