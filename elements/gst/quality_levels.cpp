#include "elements/gst/quality_levels.h"

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

constexpr int kFull = 1000000;

// A stride in use shows in the grid, which is a multiple of it; restorers without one refuse it or do not care.
bool takes_stride(const Restorer& restorer, const RestoreSettings& settings) {
  try {
    const auto with = restorer.tile_needs(settings);
    auto other = settings;
    other.stride = settings.stride + 1;
    return with.multiple == settings.stride && restorer.tile_needs(other).multiple == other.stride;
  } catch (const ArgumentError&) {
    return false;
  }
}

}  // namespace

std::vector<QualityLevel> quality_levels(const Restorer& restorer, const RestoreSettings& asked, bool can_keep, bool all,
                                         const std::shared_ptr<const Restorer>& light) {
  std::vector<QualityLevel> levels{{"full", asked}};
  auto cheaper = asked;
  const auto add = [&](std::string name) { levels.push_back({std::move(name), cheaper}); };
  if (all && asked.ensemble > 1) {
    cheaper.ensemble = 1;
    add("no ensemble");
  }
  const auto stride = restorer.tile_needs(asked).multiple;
  if (all)
    for (const auto longer : {stride + (stride + 1) / 2, 2 * stride}) {
      if (longer == cheaper.stride) continue;
      auto tried = cheaper;
      tried.stride = longer;
      if (!takes_stride(restorer, tried)) break;
      cheaper = tried;
      add(text("stride ", longer));
    }
  if (all && can_keep) {
    add("unchanged tiles kept");
    levels.back().keeps_tiles = true;
  }
  if (all && light) {
    add("light network");
    levels.back().light = light;
  }
  add("passthrough");
  levels.back().passes = true;
  const auto steps = static_cast<int>(levels.size()) - 1;
  for (int i = 0; i <= steps; ++i) levels[static_cast<std::size_t>(i)].quality = kFull - kFull / steps * i;
  levels.back().quality = 0;
  return levels;
}

}  // namespace firstframe
