#include "core/tiling/restore_window.h"

#include <tbb/task_arena.h>

#include <utility>

#include "core/base/thread_budget.h"
#include "core/tiling/restore_tiled.h"
#include "core/tiling/upsampled_input.h"

namespace firstframe {
namespace {

// What the tiles over `request` show of the section they are cut from, which is already on the restored grid.
Region tiled_region(const Restorer& restorer, Extent section, const Region& request, const RestoreSettings& settings) {
  const auto plan = tiles_of(restorer, section, settings);
  const auto tiles = plan.tiles_over(request);  // row by row, so the first and the last span them all
  const auto& first = tiles.front();
  const auto& last = tiles.back();
  const Region extended{first.row - plan.halo, first.col - plan.halo, last.row + last.rows - first.row + 2 * plan.halo,
                        last.col + last.cols - first.col + 2 * plan.halo};
  return shown_by(extended, section, restorer.info().border);
}

}  // namespace

Region degraded_region(const Restorer& restorer, Extent degraded, const Region& request, const RestoreSettings& settings) {
  const auto& info = restorer.info();
  const auto shown = tiled_region(restorer, restored_extent(info, degraded), request, settings);
  return info.scale == 1 ? shown : upsampled_from(shown, upscale_of(info), degraded, info.border);
}

void restore_window(const Restorer& restorer, const SectionWindow& degraded, const Region& request,
                    const SectionSpan& restored, const RestoreSettings& settings, std::stop_token stop,
                    const std::function<void()>& after_tile) {
  const auto& info = restorer.info();
  if (info.scale == 1) return restore_tiled(restorer, degraded, request, restored, settings, std::move(stop), after_tile);

  const auto whole = restored_extent(info, degraded.section);
  const auto shown = tiled_region(restorer, whole, request, settings);
  Section large(SampleType::float32, degraded.pixels.layout.channels, shown.extent());
  large.set_range(degraded.pixels.layout.range);
  tbb::task_arena arena(thread_budget(settings.threads));
  arena.execute([&] { upsample(degraded, upscale_of(info), info.border, shown, large.span()); });
  restore_tiled(restorer, {large.view(), shown.row, shown.col, whole}, request, restored, settings, std::move(stop), after_tile);
}

}  // namespace firstframe
