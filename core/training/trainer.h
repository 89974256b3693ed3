#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "core/restorers/restorer.h"
#include "core/settings/settings.h"
#include "core/training/pair.h"

namespace firstframe {

/// How far a training is; given to the caller a few times a second.
struct TrainingProgress {
  std::int64_t step = 0;
  std::int64_t planned_steps = 0;   // 0 until the speed is known
  double seconds = 0;               // since the training began
  double seconds_left = 0;          // estimated
  double loss = 0;
  std::optional<double> held_out_psnr;  // dB, of the stripe kept out of training, when last measured
};

using ProgressFunction = std::function<void(const TrainingProgress&)>;

/// Trains a restorer on one pair.
///
///     auto restorer = train({read_picture("degraded.png"), read_picture("clean.png")}, settings);
///
/// \param pair      checked here; see check_pair for what is refused. A clean section 2 to 4 times larger than the degraded
///                  one trains super-resolution: the restorer's info().scale tells, restore() gives the larger section
/// \param settings  by time (`seconds`, the learning rate's schedule is planned after the first 40 steps) or by
///                  `steps`. The same seed, pair and steps give the same weights, bit for bit, on one machine, for any
///                  number of threads; a training by time is repeated with the `planned_steps` its model names, if it
///                  took them all.
/// \param progress  called on the calling thread; may be empty
/// \param stop      asked at every step
/// \return the weights of the best moment: a running mean of them is measured ten times on a stripe of the pair
///         that is kept out of training. Restorers trained against a discriminator: of its stage. When the loss runs away
///         after a good moment, or the discriminator costs more than 3 dB, training ends there and `info().note` says so
/// \throws FormatError for a pair that cannot be learned from, or when the loss is no longer finite before
///         anything good was measured
/// \throws ArgumentError for settings that do not fit together
/// \throws DeviceError when a GPU is asked for and there is none
/// \throws Cancelled when a stop was requested
///
/// Blocks for about `settings.seconds`. Safe to call from several threads at once.
std::shared_ptr<const Restorer> train(const TrainingPair& pair, const TrainSettings& settings,
                                      const ProgressFunction& progress = {}, std::stop_token stop = {});

}  // namespace firstframe
