#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/frame/border.h"
#include "core/frame/intensity_domain.h"
#include "core/tiling/blend_window.h"

namespace firstframe {

enum class Device { automatic, cpu, cuda };
std::string_view name_of(Device device);
std::optional<Device> device_named(std::string_view name);

/// What networks compute in. Weights are kept, and sums over a pixel made, in float32 either way.
enum class Precision {
  automatic,  // bf16 where the processor multiplies it in hardware or the GPU does, float32 elsewhere
  f32,
  bf16,       // 8 bits of mantissa: several times faster, at most a few hundredths of a dB lower
};
std::string_view name_of(Precision precision);
std::optional<Precision> precision_named(std::string_view name);

/// What training patches are made of.
enum class Augment {
  automatic,  // redegrade where the pair's degradation explains it, renoise where noise alone does, none elsewhere
  none,       // the pair as it is given, the paper's plain training
  redegrade,  // the clean frame, degraded afresh at every step as the pair shows it
  renoise,    // the clean frame, tilted and stretched, under the pair's own noise from elsewhere
};
std::string_view name_of(Augment augment);
std::optional<Augment> augment_named(std::string_view name);

enum class Loss { l1, l2 };
std::string_view name_of(Loss loss);
std::optional<Loss> loss_named(std::string_view name);

/// What the recurrent restorer takes as one time step, which way it scans them, and what a patch gives (rnn.cpp).
enum class RnnStep { row, segment, patch };
std::string_view name_of(RnnStep step);
std::optional<RnnStep> rnn_step_named(std::string_view name);

enum class RnnDirection { down, up, both };
std::string_view name_of(RnnDirection direction);
std::optional<RnnDirection> rnn_direction_named(std::string_view name);

enum class RnnOutput { patch, pixel };
std::string_view name_of(RnnOutput output);
std::optional<RnnOutput> rnn_output_named(std::string_view name);

/// The variants of the recurrent restorer.
struct RnnSettings {
  RnnStep step = RnnStep::row;
  std::int64_t step_size = 0;         // 0: the largest proper divisor of the patch
  RnnDirection direction = RnnDirection::down;
  RnnOutput output = RnnOutput::patch;
  std::int64_t latent = 0;            // 0: what the restorer works best with
};

/// How a restorer is trained. Ranges, units and what each does for the user: setting_table.h.
struct TrainSettings {
  std::string restorer = "residual";
  std::int64_t scale = 0;             // 0: found from the sizes of the pair
  double seconds = 15;
  std::int64_t steps = 0;             // 0: as many as `seconds` allow
  Augment augment = Augment::automatic;
  double synthetic = 0.7;             // share of drawn scenes where fresh degradations are made
  double noise_jitter = 0;            // 1: the pair's noise; more: none to that many times it; 0: mostly the pair's
  double blur_jitter = 0;             // kernels up to this much wider and narrower than the pair's
  Loss loss = Loss::l2;
  std::int64_t patch = 0;             // 0: what the restorer works best with
  std::int64_t batch = 0;             // 0: likewise
  double learning_rate = 0;           // 0: likewise
  std::int64_t width = 0;             // channels of the network's layers; 0: likewise
  std::int64_t depth = 0;             // layers; 0: likewise
  RnnSettings rnn;                    // restorers rnn and rnn-gan
  double gan_lambda = 1e-3;           // restorers rnn-gan and unet-gan
  std::optional<Border> border;       // nothing: found from the pair
  std::optional<IntensityDomain> intensity;  // of the pair; nothing: nobody says
  double held_out = 0.125;            // part of the pair kept for validation
  std::uint64_t seed = 1;
  Device device = Device::automatic;
  Precision precision = Precision::automatic;
  int threads = 0;                    // 0: all
};

/// How a trained restorer is run.
struct RestoreSettings {
  bool operator==(const RestoreSettings&) const = default;

  std::int64_t stride = 0;            // 0: half of the patch, rounded up
  Window window = Window::hann;
  std::int64_t ensemble = 1;          // 8: the mean over eight ways to show a frame
  std::optional<IntensityDomain> intensity;  // of the frames; nothing: nobody says
  Device device = Device::automatic;
  Precision precision = Precision::automatic;
  int threads = 0;                    // 0: all
};

/// Everything a user can set.
struct Settings {
  TrainSettings train;
  RestoreSettings restore;
};

}  // namespace firstframe
