#include "core/metrics/oct_figures.h"

#include <algorithm>

#include "core/metrics/signal_to_noise.h"
#include "core/metrics/speckle.h"

namespace firstframe {

OctFigures oct_figures(const SectionView& section, const OctRegions& regions, const Intensity& intensity) {
  const auto extent = section.layout.extent;
  check_oct_regions(regions, extent);
  const auto background = region_statistics(values_in(section, regions.background));
  const auto whole = values_in(section, {0, 0, extent.rows, extent.cols});
  OctFigures figures;
  const auto count = static_cast<double>(regions.layers.size());
  for (const auto& region : regions.layers) {
    const auto layer = region_statistics(values_in(section, region));
    const auto linear = region_statistics(intensities_in(section, region, intensity));
    figures.cnr += contrast_to_noise(layer, background) / count;
    figures.msr += mean_to_deviation(layer) / count;
    figures.enl += equivalent_looks(linear) / count;
    figures.speckle_contrast += speckle_contrast(linear) / count;
  }
  figures.enl_background = equivalent_looks(region_statistics(intensities_in(section, regions.background, intensity)));
  figures.snr_db = signal_to_noise_db(*std::max_element(whole.begin(), whole.end()), background);
  figures.edge_steepness = edge_steepness(section);
  return figures;
}

}  // namespace firstframe
