#pragma once

#include <cstdint>
#include <filesystem>

#include "core/frame/section.h"
#include "io/volume/volume_info.h"

namespace firstframe {

/// A section in the type that code_of(stored) names, whatever it came as.
struct StoredSection {
  Section section;
  std::int64_t clipped = 0;  // samples beyond what the stored type holds
};

/// For sinks that hand whole sections to a library: float32 is rounded and limited as encode_samples does it.
/// \throws ArgumentError naming `target` when size, channels or type do not fit
StoredSection stored_section(StoredType stored, Extent extent, const SectionView& section,
                             const std::filesystem::path& target);

}  // namespace firstframe
