// What frames before are worth, and those on both sides: docs/results/streaming.md. FIRSTFRAME_VOLUME names a clean volume whose
// sections stand for frames; noise of 20 is added here, new in every one.

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "core/degradation/degrade.h"
#include "core/metrics/psnr.h"
#include "core/registration/neighbour_mean.h"
#include "core/tiling/restore_tiled.h"
#include "core/training/trainer.h"
#include "io/volume/section_source.h"

namespace firstframe {
namespace {

struct Frames {
  std::vector<Section> degraded, clean;
  std::int64_t annotated = 0;
  std::vector<std::int64_t> scored;  // others, which have four frames on both sides
};

void add(Frames& frames, const Section& clean) {
  Degradation degradation;
  degradation.noise_sigma = 20;
  degradation.seed = frames.clean.size() + 1;
  frames.degraded.push_back(converted(degrade(clean.view(), degradation).view(), clean.type()));
  frames.clean.push_back(clean);
}

// A scene that is another one in every frame, as the sections of the volume are.
Frames moving(SectionSource& source) {
  Frames frames;
  frames.annotated = source.count() / 2;
  for (std::int64_t i = 0; i < source.count(); ++i) {
    add(frames, source.read(i));
    if (i >= 4 && i < source.count() - 4 && i != frames.annotated) frames.scored.push_back(i);
  }
  return frames;
}

// Nine frames of every third section, one after the other: a line that is scanned again and again, then another.
Frames still(SectionSource& source) {
  Frames frames;
  for (std::int64_t i = 1; i < source.count(); i += 3) {
    for (int repeat = 0; repeat < 9; ++repeat) add(frames, source.read(i));
    frames.scored.push_back(static_cast<std::int64_t>(frames.clean.size()) - 5);
  }
  const auto middle = frames.scored.begin() + static_cast<std::ptrdiff_t>(frames.scored.size() / 2);
  frames.annotated = *middle;
  frames.scored.erase(middle);
  return frames;
}

using Choice = std::vector<std::int64_t> (*)(std::int64_t index, std::int64_t count, std::int64_t neighbours);

std::vector<std::int64_t> before(std::int64_t index, std::int64_t, std::int64_t neighbours) {
  std::vector<std::int64_t> chosen;
  for (std::int64_t away = 1; away <= neighbours && away <= index; ++away) chosen.push_back(index - away);
  return chosen;
}

Section averaged(const Frames& frames, std::int64_t index, std::int64_t neighbours, Choice choose) {
  std::vector<SectionView> views;
  for (const auto other : choose(index, static_cast<std::int64_t>(frames.degraded.size()), neighbours))
    views.push_back(frames.degraded[static_cast<std::size_t>(other)].view());
  return section_with_neighbours(frames.degraded[static_cast<std::size_t>(index)].view(), views);
}

std::shared_ptr<const Restorer> trained(const Frames& frames, std::int64_t neighbours, Choice choose) {
  TrainSettings settings;
  settings.steps = 600;
  const auto& clean = frames.clean[static_cast<std::size_t>(frames.annotated)];
  return train({averaged(frames, frames.annotated, neighbours, choose), clean, neighbours}, settings);
}

double mean_psnr(const Restorer& restorer, const Frames& frames, std::int64_t neighbours, Choice choose) {
  double sum = 0;
  for (const auto i : frames.scored) {
    const auto restored = restore(restorer, averaged(frames, i, neighbours, choose).view());
    sum += psnr(restored.view(), frames.clean[static_cast<std::size_t>(i)].view());
  }
  return sum / static_cast<double>(frames.scored.size());
}

TEST(NeighboursCurve, OfFramesBeforeAndOnBothSides) {
  const char* path = std::getenv("FIRSTFRAME_VOLUME");
  if (!path) GTEST_SKIP() << "set FIRSTFRAME_VOLUME to a clean volume of 8 bits";
  const auto source = open_volume(path);
  std::printf("| frames | neighbours | both sides | trained on both sides, restored with those before | those before |\n|---|---|---|---|---|\n");
  for (const bool is_still : {true, false}) {
    const auto frames = is_still ? still(*source) : moving(*source);
    double alone = 0;
    for (const std::int64_t neighbours : {0, 2, 4}) {
      const auto both = trained(frames, neighbours, nearest_sections);
      const auto causal = neighbours > 0 ? trained(frames, neighbours, before) : both;
      const auto own = mean_psnr(*both, frames, neighbours, nearest_sections);
      const auto taken = mean_psnr(*both, frames, neighbours, before);
      const auto made = mean_psnr(*causal, frames, neighbours, before);
      std::printf("| %s | %d | %.2f | %.2f | %.2f |\n", is_still ? "still" : "moving", static_cast<int>(neighbours), own, taken, made);
      std::fflush(stdout);
      if (neighbours == 0) alone = made;
      if (is_still) {
        EXPECT_GE(made, alone) << "repeats of one scene were worth nothing";
      }
    }
  }
}

}  // namespace
}  // namespace firstframe
