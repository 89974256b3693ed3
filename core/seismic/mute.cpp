#include "core/seismic/mute.h"

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

constexpr std::int64_t kLeastFloats = 2, kLeastIntegers = 8;

// Zeros from the first row on, or from the last one up, of every column; row by row, as sections lie in memory.
template <typename Sample>
std::vector<std::int64_t> zeros(const SectionView& section, Sample zero, bool from_below) {
  const auto& layout = section.layout;
  const auto [rows, cols] = layout.extent;
  std::vector<std::int64_t> found(static_cast<std::size_t>(cols), 0);
  bool is_more = true;
  for (std::int64_t row = 0; row < rows && is_more; ++row) {
    is_more = false;
    const auto* at = section.at(0, from_below ? rows - 1 - row : row);
    for (std::int64_t col = 0; col < cols; ++col, at += layout.col_stride) {
      auto& count = found[static_cast<std::size_t>(col)];
      if (count != row || *reinterpret_cast<const Sample*>(at) != zero) continue;
      ++count;
      is_more = true;
    }
  }
  return found;
}

template <typename Sample>
std::vector<Mute> mutes(const SectionView& section, Sample zero, std::int64_t least) {
  const auto above = zeros(section, zero, false), below = zeros(section, zero, true);
  std::vector<Mute> result(above.size());
  for (std::size_t col = 0; col < result.size(); ++col) {
    if (above[col] >= least) result[col].above = above[col];
    if (below[col] >= least && above[col] < section.layout.extent.rows) result[col].below = below[col];
  }
  return result;
}

template <typename Sample>
void set(Section& section, const std::vector<Mute>& mutes, Sample zero) {
  const auto [rows, cols] = section.extent();
  auto* samples = section.samples<Sample>();
  for (std::int64_t col = 0; col < cols; ++col) {
    const auto& mute = mutes[static_cast<std::size_t>(col)];
    for (std::int64_t row = 0; row < mute.above; ++row) samples[row * cols + col] = zero;
    for (std::int64_t row = rows - mute.below; row < rows; ++row) samples[row * cols + col] = zero;
  }
}

}  // namespace

std::vector<Mute> mutes_of(const SectionView& section, double offset) {
  if (section.layout.channels != 1)
    throw ArgumentError(text("mute: a section of ", section.layout.channels, " channels was given; seismic sections have one"));
  switch (section.layout.type) {
    case SampleType::uint8: return mutes(section, static_cast<std::uint8_t>(offset), kLeastIntegers);
    case SampleType::uint16: return mutes(section, static_cast<std::uint16_t>(offset), kLeastIntegers);
    case SampleType::float32: break;
  }
  return mutes(section, static_cast<float>(offset), kLeastFloats);
}

void keep_mutes(const SectionView& degraded, double offset, Section& restored) {
  const auto found = mutes_of(degraded, offset);
  if (restored.extent() != degraded.layout.extent)
    throw ArgumentError(text("mute: the degraded section is ", name_of(degraded.layout.extent), ", the restored one ", name_of(restored.extent()),
                             "; use two of one size"));
  switch (restored.type()) {
    case SampleType::uint8: return set(restored, found, static_cast<std::uint8_t>(offset));
    case SampleType::uint16: return set(restored, found, static_cast<std::uint16_t>(offset));
    case SampleType::float32: return set(restored, found, static_cast<float>(offset));
  }
}

}  // namespace firstframe
