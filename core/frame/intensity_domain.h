#pragma once

#include <optional>
#include <string_view>

namespace firstframe {

/// What the values of an OCT picture stand for.
enum class IntensityDomain {
  linear,  // the intensity itself
  log,     // decibels of it, as nearly every displayed B-scan
};

std::string_view name_of(IntensityDomain domain);
/// \return nothing when no domain has that name
std::optional<IntensityDomain> intensity_domain_named(std::string_view name);

/// "unknown" where nobody has said.
std::string_view name_of(std::optional<IntensityDomain> domain);

}  // namespace firstframe
