#include "elements/gst/tile_reuse.h"

#include <algorithm>
#include <numeric>

#include "core/tiling/restore_tiled.h"

namespace firstframe {
namespace {

constexpr std::int64_t kTileSide = 128;  // pixels: what moves in a scene changes few of them, and their halos cost a seventh more
constexpr std::int64_t kBlock = 16;    // pixels
constexpr double kChanged = 1.6;       // times the noise: 256 pixels of noise alone stay below it but for one in a million
constexpr double kRounding = 0.5;      // squared steps of the sample type, below which nothing is a change
constexpr double kNoiseGrowth = 1.02;  // a frame: noise may grow slowly, a cut is no noise
constexpr int kOldest = 12;            // frames

template <typename Sample>
void compare_blocks(const SectionView& now, const SectionView& then, std::int64_t across, std::vector<double>& differences) {
  const auto [rows, cols] = now.layout.extent;
  std::fill(differences.begin(), differences.end(), 0.0);
  for (std::int64_t r = 0; r < rows; ++r) {
    const auto* a = reinterpret_cast<const Sample*>(now.at(0, r));
    const auto* b = reinterpret_cast<const Sample*>(then.at(0, r));
    double* line = differences.data() + r / kBlock * across;
    for (std::int64_t block = 0; block < across; ++block) {
      const auto last = std::min(cols, (block + 1) * kBlock);
      float sum = 0;
      for (auto c = block * kBlock; c < last; ++c) {
        const float difference = static_cast<float>(a[c]) - static_cast<float>(b[c]);
        sum += difference * difference;
      }
      line[block] += sum;
    }
  }
  for (std::size_t i = 0; i < differences.size(); ++i) {
    const auto row = static_cast<std::int64_t>(i) / across * kBlock, col = static_cast<std::int64_t>(i) % across * kBlock;
    differences[i] /= static_cast<double>(std::min(kBlock, rows - row) * std::min(kBlock, cols - col));
  }
}

// The mean square that rounding alone makes; float32 is as fine as 16 bits.
double rounding_of(const Section& section) {
  const double step = section.type() == SampleType::float32 ? section.range().span() / 65535 : 1;
  return kRounding * step * step;
}

}  // namespace

void TileReuse::restore(const std::shared_ptr<const Restorer>& restorer, const SectionView& degraded,
                        const SectionSpan& restored, const RestoreSettings& settings, std::stop_token stop) {
  const bool is_going_on = restorer_ == restorer && settings_ == settings && shown_.extent() == degraded.layout.extent &&
                           shown_.type() == degraded.layout.type && shown_.range() == degraded.layout.range;
  if (is_going_on) {
    compare(degraded);
    choose_changed();
  } else {
    begin(restorer, degraded, settings);
  }
  restorer_ = nullptr;  // until all went well
  restore_tiles(*restorer, degraded, plan_, changed_, last_.span(), settings, std::move(stop));
  const Region whole{0, 0, plan_.section.rows, plan_.section.cols};
  for (const auto& tile : changed_) {
    const auto inside = intersection(tile, whole);
    copy_pixels(degraded.crop(inside), shown_.span().crop(inside));
  }
  copy_pixels(last_.view(), restored);
  restorer_ = restorer;
}

void TileReuse::begin(const std::shared_ptr<const Restorer>& restorer, const SectionView& degraded,
                      const RestoreSettings& settings) {
  settings_ = settings;
  plan_ = tiles_of(*restorer, degraded.layout.extent, settings, kTileSide);
  tiles_ = plan_.tiles_over({0, 0, plan_.section.rows, plan_.section.cols});
  changed_ = tiles_;
  ages_.resize(tiles_.size());
  // One after the other, so that not all of them are due in the same frame.
  for (std::size_t i = 0; i < ages_.size(); ++i) ages_[i] = static_cast<int>(i % kOldest);
  shown_ = Section(degraded);
  last_ = shown_;
  blocks_across_ = (plan_.section.cols + kBlock - 1) / kBlock;
  differences_.resize(static_cast<std::size_t>(blocks_across_ * ((plan_.section.rows + kBlock - 1) / kBlock)));
  noise_ = -1;
}

void TileReuse::compare(const SectionView& degraded) {
  switch (degraded.layout.type) {
    case SampleType::uint8: compare_blocks<std::uint8_t>(degraded, shown_.view(), blocks_across_, differences_); break;
    case SampleType::uint16: compare_blocks<std::uint16_t>(degraded, shown_.view(), blocks_across_, differences_); break;
    case SampleType::float32: compare_blocks<float>(degraded, shown_.view(), blocks_across_, differences_); break;
  }
}

void TileReuse::choose_changed() {
  sorted_ = differences_;
  const auto quartile = sorted_.begin() + static_cast<std::ptrdiff_t>(sorted_.size() / 4);
  std::nth_element(sorted_.begin(), quartile, sorted_.end());
  const bool is_known = noise_ >= 0;
  noise_ = is_known ? std::min(*quartile, kNoiseGrowth * noise_ + rounding_of(shown_) / 100) : *quartile;

  changed_.clear();
  for (std::size_t i = 0; i < tiles_.size(); ++i) {
    if (is_known && ++ages_[i] < kOldest && !has_changed(tiles_[i])) continue;
    if (is_known) ages_[i] = 0;
    changed_.push_back(tiles_[i]);
  }
}

// Its halo is part of what it shows.
bool TileReuse::has_changed(const Region& tile) const {
  const auto first = [&](std::int64_t at) { return std::max<std::int64_t>(0, at - plan_.halo) / kBlock; };
  const auto last = [&](std::int64_t at, std::int64_t length, std::int64_t whole) {
    return (std::min(whole, at + length + plan_.halo) - 1) / kBlock;
  };
  const double most = kChanged * noise_ + rounding_of(shown_);
  for (auto row = first(tile.row); row <= last(tile.row, tile.rows, plan_.section.rows); ++row)
    for (auto col = first(tile.col); col <= last(tile.col, tile.cols, plan_.section.cols); ++col)
      if (differences_[static_cast<std::size_t>(row * blocks_across_ + col)] > most) return true;
  return false;
}

}  // namespace firstframe
