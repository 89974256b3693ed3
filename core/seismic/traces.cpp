#include "core/seismic/traces.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

void check_same(const char* what, const Traces& a, const Traces& b) {
  if (a.extent != b.extent)
    throw FormatError(text(what, ": one section is ", name_of(a.extent), ", the other ", name_of(b.extent),
                           " (samples x traces); both must show the same place"));
}

// Exactly: what is 0 in the file is 0.
template <typename Sample>
void read(const SectionView& section, double offset, Traces& traces) {
  const auto [rows, cols] = traces.extent;
  for (std::int64_t row = 0; row < rows; ++row) {
    const auto* at = section.at(0, row);
    for (std::int64_t col = 0; col < cols; ++col, at += section.layout.col_stride) {
      const auto value = static_cast<double>(*reinterpret_cast<const Sample*>(at));
      if (!std::isfinite(value))
        throw FormatError(text("section: the value at channel 0, row ", row, ", column ", col,
                               " is NaN or infinite; replace such values before restoring or training"));
      traces.at(row, col) = value - offset;
    }
  }
}

}  // namespace

Traces::Traces(Extent size) : extent(size) {
  if (size.rows < 1 || size.cols < 1)
    throw ArgumentError(text("section: ", name_of(size), " is not accepted; use at least one sample and one trace"));
  values.assign(static_cast<std::size_t>(size.area()), 0.0);
}

Traces traces_of(const SectionView& section, double offset) {
  const auto& layout = section.layout;
  if (layout.channels != 1)
    throw FormatError(text("seismic section: 1 channel is needed, this one has ", layout.channels));
  Traces traces(layout.extent);
  switch (layout.type) {
    case SampleType::uint8: read<std::uint8_t>(section, offset, traces); break;
    case SampleType::uint16: read<std::uint16_t>(section, offset, traces); break;
    case SampleType::float32: read<float>(section, offset, traces); break;
  }
  return traces;
}

Section section_of(const Traces& traces) {
  Section section(SampleType::float32, 1, traces.extent);
  for (std::size_t i = 0; i < traces.values.size(); ++i) section.samples<float>()[i] = static_cast<float>(traces.values[i]);
  return section;
}

Traces difference_of(const Traces& a, const Traces& b) {
  check_same("difference", a, b);
  Traces difference = a;
  for (std::size_t i = 0; i < b.values.size(); ++i) difference.values[i] -= b.values[i];
  return difference;
}

double energy_of(const Traces& traces) {
  double sum = 0;
  for (const double value : traces.values) sum += value * value;
  return sum;
}

double rms_of(const Traces& traces) { return std::sqrt(energy_of(traces) / static_cast<double>(traces.values.size())); }

double full_scale(const Traces& section) {
  constexpr double kRms = 3, kMostBeyond = 2.5;
  double largest = 0;
  for (const double value : section.values) largest = std::max(largest, std::abs(value));
  return std::max(kRms * rms_of(section), largest / kMostBeyond);
}

double snr_db(const Traces& clean, const Traces& other) {
  check_same("SNR", clean, other);
  const double signal = energy_of(clean), noise = energy_of(difference_of(clean, other));
  if (signal == 0) throw FormatError("SNR: the clean section is zero everywhere; it has no signal to compare with");
  return noise == 0 ? std::numeric_limits<double>::infinity() : 10 * std::log10(signal / noise);
}

double correlation_of(const Traces& a, const Traces& b) {
  check_same("correlation", a, b);
  const auto count = static_cast<double>(a.values.size());
  double mean_a = 0, mean_b = 0;
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    mean_a += a.values[i] / count;
    mean_b += b.values[i] / count;
  }
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    const double x = a.values[i] - mean_a, y = b.values[i] - mean_b;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  if (aa == 0 || bb == 0) throw FormatError("correlation: a section is constant; nothing can be said of its likeness");
  return ab / std::sqrt(aa * bb);
}

}  // namespace firstframe
