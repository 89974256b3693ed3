#pragma once

#include <functional>
#include <stop_token>

#include "core/frame/section_window.h"
#include "core/restorers/restorer.h"
#include "core/settings/settings.h"

namespace firstframe {

/// The rectangle of a degraded section that restoring `request` reads: the tiles over it with their halos, cut at the
/// section's edge, and for a model of scale 2..4 the degraded pixels under them. A circular border reads whole sides at the edge.
///
/// \param degraded  extent of the whole degraded section
/// \param request   inside the restored section, restored_extent(degraded). \throws ArgumentError when it leaves it
Region degraded_region(const Restorer& restorer, Extent degraded, const Region& request, const RestoreSettings& settings);

/// Restores a rectangle of a section of which only a part is in memory, for streams that bring a volume or a large picture
/// piece by piece. The bytes are those that restore() gives the whole section.
///
/// \param degraded    holds degraded_region() at least; for a model of scale 2..4 not upsampled
/// \param request     of the restored section
/// \param restored    request.extent(), as many channels; any type and value range; may not overlap `degraded`
/// \param after_tile  called after every tile, from any thread, by several at once; may be empty
/// \throws FormatError when the channels differ or a float32 pixel is NaN or infinite
/// \throws ArgumentError when the request leaves the section, or the window lacks pixels
/// \throws Cancelled when a stop was requested; `restored` is then partly written
///
/// Cost and memory: restore_tiled's; a model of scale 2..4 also upsamples the tiles with their halos, in float32.
void restore_window(const Restorer& restorer, const SectionWindow& degraded, const Region& request,
                    const SectionSpan& restored, const RestoreSettings& settings, std::stop_token stop = {},
                    const std::function<void()>& after_tile = {});

}  // namespace firstframe
