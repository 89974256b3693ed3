#include "elements/gst/light_settings.h"

#include <algorithm>

namespace firstframe {
namespace {

constexpr std::int64_t kNarrowest = 8;  // channels: a vector of the processor

// A model file may lack a size, which its network then does without.
std::int64_t size_of(const ModelInfo& info, const char* name) {
  const auto found = info.shape.find(name);
  return found == info.shape.end() ? 0 : found->second;
}

// Layers, where the restorer has a choice; 0 where it has none.
std::int64_t half_as_deep(const ModelInfo& full) {
  if (full.restorer == "residual") return 2 + 2 * (size_of(full, "blocks") / 2);
  if (full.restorer == "dncnn") return std::max<std::int64_t>(3, size_of(full, "depth") / 2);
  return 0;
}

}  // namespace

std::optional<TrainSettings> light_settings(const ModelInfo& full, const TrainSettings& asked) {
  if (full.restorer != "residual" && full.restorer != "unet" && full.restorer != "dncnn") return std::nullopt;
  const auto width = size_of(full, "width") / 2;
  if (width < kNarrowest) return std::nullopt;
  auto light = asked;
  light.width = width;
  light.depth = half_as_deep(full);
  light.seconds = std::max(1.0, asked.seconds / 3);
  return light;
}

}  // namespace firstframe
