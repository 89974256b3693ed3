#include "core/tiling/restore_tiled.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <utility>

#include "core/base/error.h"
#include "core/base/scratch.h"
#include "core/base/text.h"
#include "core/base/thread_arena.h"
#include "core/base/thread_budget.h"
#include "core/frame/normalised.h"
#include "core/restorers/section_restorer.h"
#include "core/tiling/tile_grid.h"
#include "core/tiling/upsampled_input.h"

namespace firstframe {
namespace {

void check(const Restorer& restorer, const SectionView& degraded, const Region& request,
           const SectionSpan& restored) {
  const auto channels = restorer.info().channels;
  if (degraded.layout.channels != channels)
    throw FormatError(text("restore: the model was trained on ", channels, "-channel frames, this one has ",
                           degraded.layout.channels, "; convert it or retrain"));
  if (restored.layout.channels != channels || restored.layout.extent != request.extent())
    throw ArgumentError(text("restore: room for ", restored.layout.channels, " channels of ",
                             name_of(restored.layout.extent), ", needed: ", channels, " of ",
                             name_of(request.extent())));
}

// The part of the value range that the model was trained in, where the section does not name one of its own.
struct TrainedViews {
  SectionWindow degraded;
  SectionSpan restored;
};

TrainedViews as_trained(const ModelInfo& info, SectionWindow degraded, SectionSpan restored) {
  const auto all = degraded.pixels.layout.range;
  if (!info.trained_range || all != full_range(info.trained_range->type)) return {degraded, restored};
  const auto part = info.trained_range->range;
  auto& out = restored.layout.range;
  const auto moved = [&](double value) { return out.low + (value - all.low) / all.span() * out.span(); };
  out = {moved(part.low), moved(part.high)};
  degraded.pixels.layout.range = part;
  return {degraded, restored};
}

// The parts of `tiles`, which are some of the plan's, that lie inside `request`.
template <typename Tiles>
void restore_each(const Restorer& restorer, const SectionWindow& degraded, const TilePlan& plan, const Tiles& tiles,
                  const Region& request, const SectionSpan& restored, const RestoreSettings& settings,
                  const std::stop_token& stop, const std::function<void()>& after_tile) {
  const auto channels = degraded.pixels.layout.channels;
  const Extent extended{plan.tile.rows + 2 * plan.halo, plan.tile.cols + 2 * plan.halo};

  const auto restore_one = [&](const Region& tile) {
    if (stop.stop_requested()) throw Cancelled("restore: stopped");
    Scratch<float> input(static_cast<std::size_t>(channels * extended.area()));
    Scratch<float> output(static_cast<std::size_t>(channels * plan.tile.area()));
    load_normalised(degraded, {tile.row - plan.halo, tile.col - plan.halo, extended.rows, extended.cols},
                    restorer.info().border, input.data());
    restorer.restore_tile({plan.tile, plan.halo}, {input.data(), input.size()}, {output.data(), output.size()}, settings);

    const auto wanted = intersection(tile, request);
    const float* first = output.data() + (wanted.row - tile.row) * tile.cols + (wanted.col - tile.col);
    store_normalised(first, tile.rows * tile.cols, tile.cols,
                     restored.crop({wanted.row - request.row, wanted.col - request.col, wanted.rows, wanted.cols}));
    if (after_tile) after_tile();
  };

  // A restorer that works on a device wants its tiles one after the other, from one thread.
  const int threads = restorer.is_parallel() ? thread_budget(settings.threads) : 1;
  thread_arena(threads).execute([&] {
    tbb::parallel_for(std::size_t{0}, tiles.size(), [&](std::size_t i) { restore_one(tiles[i]); });
  });
}

// The same by a restorer that takes the request as a whole: `after_tile` is called as often, as the pixels that are done grow.
void restore_whole(const SectionRestorer& sections, const SectionWindow& degraded, std::size_t tiles, const Region& request,
                   const SectionSpan& restored, const RestoreSettings& settings, const std::stop_token& stop,
                   const std::function<void()>& after_tile) {
  std::atomic<std::int64_t> done = 0;
  const auto all = request.extent().area(), count = static_cast<std::int64_t>(tiles);
  const auto after_part = [&](const Region& part) {
    const auto area = part.extent().area();
    const auto before = done.fetch_add(area);
    for (auto tile = before * count / all; tile < (before + area) * count / all; ++tile) after_tile();
  };
  sections.restore(degraded, request, restored, settings, stop, after_tile ? after_part : SectionRestorer::AfterPart());
}

}  // namespace

void restore_tiled(const Restorer& restorer, const SectionView& degraded, const Region& request,
                   const SectionSpan& restored, const RestoreSettings& settings, std::stop_token stop) {
  restore_tiled(restorer, whole_window(degraded), request, restored, settings, std::move(stop));
}

void restore_tiled(const Restorer& restorer, const SectionWindow& degraded, const Region& request,
                   const SectionSpan& restored, const RestoreSettings& settings, std::stop_token stop,
                   const std::function<void()>& after_tile) {
  check(restorer, degraded.pixels, request, restored);
  const auto plan = tiles_of(restorer, degraded.section, settings);
  const auto seen = as_trained(restorer.info(), degraded, restored);
  const TileGrid tiles(plan, request);
  if (const auto* sections = restorer.whole_sections())
    return restore_whole(*sections, seen.degraded, tiles.size(), request, seen.restored, settings, stop, after_tile);
  restore_each(restorer, seen.degraded, plan, tiles, request, seen.restored, settings, stop, after_tile);
}

TilePlan tiles_of(const Restorer& restorer, Extent section, const RestoreSettings& settings, std::int64_t side) {
  auto needs = restorer.tile_needs(settings);
  if (side > 0) needs.preferred_side = std::min(needs.preferred_side, side);
  return plan_tiles(section, needs);
}

void restore_tiles(const Restorer& restorer, const SectionView& degraded, const TilePlan& plan, std::span<const Region> tiles,
                   const SectionSpan& restored, const RestoreSettings& settings, std::stop_token stop) {
  const Region whole{0, 0, degraded.layout.extent.rows, degraded.layout.extent.cols};
  check(restorer, degraded, whole, restored);
  const auto seen = as_trained(restorer.info(), whole_window(degraded), restored);
  if (const auto* sections = restorer.whole_sections()) {
    for (const auto& tile : tiles) {
      const auto wanted = intersection(tile, whole);
      sections->restore(seen.degraded, wanted, seen.restored.crop(wanted), settings, stop, {});
    }
    return;
  }
  restore_each(restorer, seen.degraded, plan, tiles, whole, seen.restored, settings, stop, {});
}

Section restore(const Restorer& restorer, const SectionView& degraded, const RestoreSettings& settings,
                std::stop_token stop) {
  const auto& layout = degraded.layout;
  const auto [rows, cols] = restored_extent(restorer.info(), layout.extent);
  auto restored = Section::unset(layout.type, layout.channels, {rows, cols});
  restored.set_range(layout.range);
  const auto from = [&](const SectionView& input) {
    restore_tiled(restorer, input, {0, 0, rows, cols}, restored.span(), settings, std::move(stop));
  };
  if (restorer.info().scale == 1)
    from(degraded);
  else
    from(upsampled_input(restorer.info(), degraded, settings.threads).view());
  return restored;
}

}  // namespace firstframe
