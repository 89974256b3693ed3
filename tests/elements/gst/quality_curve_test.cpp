// Frames per second against PSNR for each level of overload-policy=adapt: docs/results/streaming.md. FIRSTFRAME_CLIP names a
// clean video of a camera that stands still; its frames are degraded here.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "core/colour/luma.h"
#include "core/degradation/degrade.h"
#include "core/metrics/psnr.h"
#include "core/tiling/restore_tiled.h"
#include "core/training/trainer.h"
#include "elements/gst/light_settings.h"
#include "elements/gst/quality_levels.h"
#include "elements/gst/tile_reuse.h"
#include "io/stream/frame_source.h"

namespace firstframe {
namespace {

constexpr int kFrames = 60;

struct Clip {
  std::vector<Section> degraded, clean;  // luma of 8 bits; the first is trained on
};

Clip clip_of(const char* path) {
  Clip clip;
  const auto source = open_frames(path);
  for (std::uint64_t seed = 1; clip.clean.size() <= kFrames; ++seed) {
    const auto frame = source->next();
    if (!frame) break;
    auto luma = converted(luma_or_grey(frame->section.view()).view(), SampleType::uint8);
    Degradation degradation;
    degradation.blur_sigma = 1.2;
    degradation.noise_sigma = 10;
    degradation.seed = seed;
    clip.degraded.push_back(converted(degrade(luma.view(), degradation).view(), SampleType::uint8));
    clip.clean.push_back(std::move(luma));
  }
  return clip;
}

struct Point {
  double per_second = 0, psnr = 0;
};

Point measured(const std::shared_ptr<const Restorer>& full, const QualityLevel& level, const Clip& clip) {
  const auto& restorer = level.light ? level.light : full;
  TileReuse tiles;
  double seconds = 0, sum = 0;
  for (std::size_t i = 1; i < clip.clean.size(); ++i) {
    Section restored = clip.degraded[i];
    const auto began = std::chrono::steady_clock::now();
    if (level.keeps_tiles)
      tiles.restore(restorer, clip.degraded[i].view(), restored.span(), level.settings, {});
    else if (!level.passes)
      restored = restore(*restorer, clip.degraded[i].view(), level.settings);
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    sum += psnr(restored.view(), clip.clean[i].view());
  }
  const auto frames = static_cast<double>(clip.clean.size() - 1);
  return {frames / seconds, sum / frames};
}

TEST(QualityCurve, FallsInPictureAndRisesInSpeed) {
  const char* path = std::getenv("FIRSTFRAME_CLIP");
  if (!path) GTEST_SKIP() << "set FIRSTFRAME_CLIP to a clean video";
  const auto clip = clip_of(path);
  ASSERT_GT(clip.clean.size(), 10u);
  std::printf("| restorer | level | quality | frames/s | PSNR, dB |\n|---|---|---|---|---|\n");
  for (const auto* name : {"residual", "rnn"}) {
    TrainSettings settings;
    settings.restorer = name;
    settings.seconds = 15;
    const auto restorer = train({clip.degraded.front(), clip.clean.front()}, settings);
    RestoreSettings asked;
    if (!loses_by_ensemble(restorer->info())) asked.ensemble = 8;
    const auto light = light_settings(restorer->info(), settings);
    Point first, before{0, 1000};
    for (const auto& level :
         quality_levels(*restorer, asked, true, true, light ? train({clip.degraded.front(), clip.clean.front()}, *light) : nullptr)) {
      const auto now = measured(restorer, level, clip);
      std::printf("| %s | %s | %d | %.1f | %.2f |\n", name, level.name.c_str(), level.quality, now.per_second, now.psnr);
      std::fflush(stdout);
      if (level.name == "no ensemble" || first.per_second == 0) first = now;
      // A scene that moves costs less by the light network than where tiles are kept, one that stands still may not.
      if (level.light)
        EXPECT_GT(now.per_second, 2 * first.per_second) << "times a frame that is restored once, whole";
      else
        EXPECT_GT(now.per_second, 0.95 * before.per_second) << level.name;
      EXPECT_LT(now.psnr, before.psnr + 0.3) << level.name;
      before = now;
    }
  }
}

}  // namespace
}  // namespace firstframe
