#include "pipelines/bench/operations.h"

#include "core/tiling/patch_plan.h"

namespace firstframe {
namespace {

double size(const ModelInfo& info, const char* name, double otherwise = 0) {
  const auto found = info.shape.find(name);
  return found == info.shape.end() ? otherwise : static_cast<double>(found->second);
}

double conv3x3(double in, double out) { return 2 * 9 * in * out; }

double residual(const ModelInfo& info) {
  const double side = size(info, "unshuffle"), width = size(info, "width"), blocks = size(info, "blocks");
  const double pixels = side * side, filters = size(info, "filters"), taps = size(info, "filter_size");
  const double inside = static_cast<double>(info.channels) * pixels;
  const double small = conv3x3(inside * (1 + filters), width) + 2 * blocks * conv3x3(width, width) + conv3x3(width, inside);
  return small / pixels + 2 * filters * taps * taps;
}

// Four levels at full resolution, up again with the level beside it; see core/restorers/networks/unet.cpp.
double unet(const ModelInfo& info) {
  const double width = size(info, "width"), channels = static_cast<double>(info.channels);
  double sum = conv3x3(channels, width) + conv3x3(width, channels);
  for (double level = 1; level <= 4; level *= 2) sum += conv3x3(level * width, 2 * level * width) + conv3x3(3 * level * width, level * width);
  return sum;
}

double dncnn(const ModelInfo& info) {
  const double width = size(info, "width"), channels = static_cast<double>(info.channels);
  return 2 * conv3x3(channels, width) + (size(info, "depth") - 2) * conv3x3(width, width);
}

double rnn(const ModelInfo& info, const RestoreSettings& settings) {
  const double patch = size(info, "patch"), latent = size(info, "latent");
  const double block_rows = size(info, "step_rows", 1), block_cols = size(info, "step_cols", patch);
  const double values = block_rows * block_cols * static_cast<double>(info.channels), steps = patch * patch / (block_rows * block_cols);
  const double scans = size(info, "down", 1) + size(info, "up");
  const double stride = settings.stride > 0 ? static_cast<double>(settings.stride) : static_cast<double>(usual_stride(static_cast<std::int64_t>(patch)));
  return scans * (2 * steps * latent * (2 * values + latent) - 2 * latent * latent) / (stride * stride);
}

}  // namespace

double operations_per_pixel(const ModelInfo& info, const RestoreSettings& settings) {
  const double passes = static_cast<double>(settings.ensemble);
  if (info.restorer == "residual") return passes * residual(info);
  if (info.restorer.starts_with("unet")) return passes * unet(info);
  if (info.restorer.starts_with("rnn")) return passes * rnn(info, settings);
  if (info.restorer == "dncnn") return passes * dncnn(info);
  if (info.restorer == "linear") return 2 * size(info, "size") * size(info, "size");
  return 0;
}

}  // namespace firstframe
