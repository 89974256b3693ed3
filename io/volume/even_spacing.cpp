#include "io/volume/even_spacing.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

std::string between(const DicomSeries& series, std::size_t index) {
  const auto& a = series.slices[index];
  const auto& b = series.slices[index + 1];
  const auto* unit = series.has_positions ? " mm" : "";
  return text(a.file.string(), " at ", series.has_positions ? "" : "number ", a.position, unit, " and ",
              b.file.filename().string(), " at ", series.has_positions ? "" : "number ", b.position, unit);
}

}  // namespace

double even_spacing(const DicomSeries& series) {
  const auto& slices = series.slices;
  if (slices.size() < 2) return 1;
  std::vector<double> steps;
  for (std::size_t i = 0; i + 1 < slices.size(); ++i)
    steps.push_back(slices[i + 1].position - slices[i].position);
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (steps[i] <= 1e-4)
      throw FormatError(
          text(between(series, i),
               " lie at one place: the series holds several times or echoes; give one of them"));

  auto sorted = steps;
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>((sorted.size() - 1) / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  const double usual = *middle;

  for (std::size_t i = 0; i < steps.size(); ++i) {
    const double tolerance = std::max(0.01 * usual, 0.01);
    if (std::abs(steps[i] - usual) <= tolerance) continue;
    const double gaps = std::round(steps[i] / usual);
    if (gaps >= 2 && std::abs(steps[i] - gaps * usual) <= gaps * tolerance)
      throw FormatError(text(between(series, i), " lie ", gaps, " spacings of ", usual, " apart: ", gaps - 1,
                             gaps > 2 ? " slices are" : " slice is",
                             " missing between them; copy the series again"));
    throw FormatError(
        text(between(series, i), " lie ", steps[i], " apart, most of the others ", usual,
             ": unequally spaced slices are not accepted; resample the series first, or give a part of it"));
  }
  return (slices.back().position - slices.front().position) / static_cast<double>(steps.size());
}

}  // namespace firstframe
