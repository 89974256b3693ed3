#include "core/frame/intensity_domain.h"

namespace firstframe {

std::string_view name_of(IntensityDomain domain) { return domain == IntensityDomain::linear ? "linear" : "log"; }

std::optional<IntensityDomain> intensity_domain_named(std::string_view name) {
  for (const auto domain : {IntensityDomain::linear, IntensityDomain::log})
    if (name == name_of(domain)) return domain;
  return std::nullopt;
}

std::string_view name_of(std::optional<IntensityDomain> domain) { return domain ? name_of(*domain) : "unknown"; }

}  // namespace firstframe
