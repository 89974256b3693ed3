#pragma once

#include "core/degradation/identified.h"
#include "core/frame/border.h"
#include "core/training/pair.h"

namespace firstframe {

/// Reads the degradation off `part` of a 1-channel pair: kernel and offset by least squares, up to 31 x 31 taps, and
/// a study of what is left. docs/identification.md says how.
///
/// Kernel and noise come from pixels so far inside that no border is met; `border` serves `rest` and `predicted` at
/// the edge. Of large parts nine tiles, spread evenly, give the kernel.
/// Cost: about 0.2 s for 256 x 256 pixels on one core, and at most three times that for the kernel of any frame.
IdentifiedDegradation identify_degradation(const TrainingPair& pair, const Region& part, Border border);

/// The same for a whole pair, and how its border was treated.
IdentifiedDegradation identify_pair(const TrainingPair& pair);

/// The same for a 1-channel pair whose degraded section is smaller by 2, 3 or 4: ceil((n - phase) / factor) of n rows,
/// and so for the columns. Kernel and phases are in clean pixels; the phase puts the kernel's centroid within
/// half a pixel of its middle, as far as the sizes allow. The border is not looked for: border_met_by.
/// \throws FormatError when the sizes fit no factor, or can_identify() says no
/// Cost: about 0.5 s for any size on two cores.
IdentifiedDegradation identify_downscaled(const Section& degraded, const Section& clean);

/// Whether a degraded section is large enough to tell a downscaling: 16 x 16 pixels.
bool can_identify(Extent degraded);

/// The factor, 2, 3 or 4, by which `degraded` can have been downscaled from `clean`; 0 when there is none.
std::int64_t downscale_factor(Extent degraded, Extent clean);

}  // namespace firstframe
