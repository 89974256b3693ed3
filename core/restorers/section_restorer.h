#pragma once

#include <functional>
#include <stop_token>

#include "core/frame/section_window.h"
#include "core/settings/settings.h"

namespace firstframe {

/// Restores a rectangle of a section as a whole instead of tile by tile: what a GPU wants, to which the way is long and which
/// is only busy with much at once. See docs/decisions/0010-a-gpu-restores-whole-frames.md.
class SectionRestorer {
 public:
  virtual ~SectionRestorer() = default;

  /// Called for every part that is done, of the section; from any thread, by several at once.
  using AfterPart = std::function<void(const Region& part)>;

  /// \param degraded    holds what the tiles over `request` and their halos show, as for restore_tiled()
  /// \param request     inside the section
  /// \param restored    request.extent(), as many channels; any type and value range; may not overlap `degraded`
  /// \param stop        asked between parts
  /// \param after_part  may be empty
  /// \throws as restore_tiled(), and DeviceError when the device fails or has too little memory
  ///
  /// Safe to call from any thread, also by several at once: their copies and computations then overlap.
  virtual void restore(const SectionWindow& degraded, const Region& request, const SectionSpan& restored,
                       const RestoreSettings& settings, const std::stop_token& stop, const AfterPart& after_part) const = 0;
};

}  // namespace firstframe
