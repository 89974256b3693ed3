// How does a program of my own train on one pair and restore with it? Prints the PSNR before and after.
#include <cmath>
#include <cstdio>

#include "core/base/error.h"
#include "core/base/version.h"
#include "core/degradation/degrade.h"
#include "core/metrics/psnr.h"
#include "core/tiling/restore_tiled.h"
#include "core/training/trainer.h"

void save_model(const firstframe::Restorer& restorer);  // when firstframe::io is there

int main() try {
  using namespace firstframe;
  TrainingPair pair;
  pair.clean = Section(SampleType::float32, 1, {64, 96});
  for (int r = 0; r < 64; ++r)
    for (int c = 0; c < 96; ++c)
      pair.clean.samples<float>()[r * 96 + c] = std::sin(0.3f * r) * std::sin(0.2f * c) > 0 ? 0.8f : 0.2f;
  pair.degraded = degrade(pair.clean.view(), {.blur_sigma = 1, .noise_sigma = 10});

  TrainSettings settings;
  settings.restorer = "linear";
  const auto restorer = train(pair, settings);
  const auto restored = restore(*restorer, pair.degraded.view());
  const double before = psnr(pair.degraded.view(), pair.clean.view());
  const double after = psnr(restored.view(), pair.clean.view());
  std::printf("firstframe %s: %.2f dB before, %.2f dB after\n", kVersion, before, after);
  save_model(*restorer);
  return after > before ? 0 : 1;
} catch (const firstframe::Error& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
