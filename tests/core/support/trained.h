#pragma once

#include <memory>
#include <string>

#include "core/training/trainer.h"
#include "tests/support/scenes.h"

namespace firstframe {

/// Every kind of restorer there is.
inline constexpr const char* kRestorers[] = {"linear", "residual", "unet", "unet-gan", "rnn", "rnn-gan", "dncnn"};

/// A training of a few small steps: not a good restorer, but a real one, in a fraction of a second.
inline TrainSettings few_steps(const std::string& restorer, std::int64_t steps = 3) {
  TrainSettings settings;
  settings.restorer = restorer;
  settings.steps = steps;
  settings.batch = 4;
  settings.patch = 15;
  settings.augment = Augment::none;
  if (restorer == "dncnn") settings.width = 8, settings.depth = 4;
  return settings;
}

/// The scene pair with as many channels; each shows another scene.
inline TrainingPair many_channel_pair(std::int64_t channels, Extent extent) {
  TrainingPair pair{Section(SampleType::uint8, channels, extent),
                    Section(SampleType::uint8, channels, extent)};
  for (std::int64_t channel = 0; channel < channels; ++channel) {
    const auto one = scene_pair(extent, SampleType::uint8, static_cast<unsigned>(channel + 1));
    const auto put = [&](const Section& from, Section& to) {
      SectionSpan target = to.span();
      target.data += channel * target.layout.channel_stride;
      target.layout.channels = 1;
      copy_pixels(from.view(), target);
    };
    put(one.degraded, pair.degraded);
    put(one.clean, pair.clean);
  }
  return pair;
}

inline std::shared_ptr<const Restorer> trained(const std::string& restorer, std::int64_t channels = 1) {
  return train(many_channel_pair(channels, {40, 56}), few_steps(restorer));
}

inline bool same_weights(const Model& a, const Model& b) {
  if (a.weights.size() != b.weights.size()) return false;
  for (std::size_t i = 0; i < a.weights.size(); ++i)
    if (a.weights[i].name != b.weights[i].name || a.weights[i].values != b.weights[i].values) return false;
  return true;
}

}  // namespace firstframe
