#include "core/training/trainer.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/thread_budget.h"
#include "core/base/torch_threads.h"
#include "core/base/version.h"
#include "core/restorers/device.h"
#include "core/restorers/make_restorer.h"
#include "core/restorers/network.h"
#include "core/settings/setting_table.h"
#include "core/training/best_weights.h"
#include "core/training/descent.h"
#include "core/training/held_out.h"
#include "core/training/held_out_stripe.h"
#include "core/training/linear_fit.h"
#include "core/training/losses/loss.h"
#include "core/training/make_patch_source.h"
#include "core/training/pair_hash.h"
#include "core/training/prepare_pair.h"
#include "core/training/schedule.h"
#include "core/training/weight_average.h"

namespace firstframe {
namespace {

constexpr int kHeldOutMeasurements = 10;
constexpr double kLargestFall = 3;  // dB, from the first stage to any moment of the second
constexpr double kSecondsBetweenReports = 0.2;

class Clock {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

TrainSettings with_small_sizes(TrainSettings settings, const TrainDefaults& defaults) {
  if (settings.width == 0) settings.width = defaults.renoised_width;
  if (settings.depth == 0) settings.depth = defaults.renoised_depth;
  return settings;
}

// One training from its checks to its restorer.
class Training {
 public:
  Training(const TrainingPair& pair, const TrainSettings& settings, const ProgressFunction& progress,
           std::stop_token stop)
      : given_(pair),
        prepared_(prepare_pair(pair, settings)),
        pair_(prepared_.aligned ? *prepared_.aligned : given_),
        settings_(with_scale(settings, prepared_)),
        progress_(progress),
        stop_(std::move(stop)),
        kind_(network_kind(settings.restorer)),
        device_(torch_device(settings.device)),
        compute_(compute_type(settings.precision, device_)),
        threads_(thread_budget(settings.threads)),
        torch_threads_(1),
        generator_(torch::make_generator<at::CPUGeneratorImpl>(settings.seed)) {
    check_settings();
    fill_sizes();
    split_ = split_held_out(pair_.clean.extent(), settings_.held_out, kind_.closed_form ? 8 : patch_);
    describe();
  }

  std::shared_ptr<const Restorer> run() {
    const HeldOutStripe held_out(pair_, split_.stripe);
    info_.held_out_degraded_psnr = held_out.psnr_degraded();
    if (kind_.closed_form)
      fit();
    else
      descend(held_out);
    // The pixels that are shuffled together see the same square, which is so much wider.
    info_.receptive_field = 2 * network_->halo() + network_->multiple();
    info_.train_seconds = clock_.seconds();
    if (!held_out.empty() && info_.note.empty()) measure_finished(held_out);
    if (kind_.adversarial && !is_second_stage_ && info_.note.empty())
      info_.note = "the time ended before the discriminator came in; give more seconds";
    return restorer_from(network_, info_, device_, compute_);
  }

 private:
  void check_settings() const {
    Settings all;
    all.train = settings_;
    for (const auto& setting : setting_table())
      if (setting.trains) apply_setting(all, setting, setting.get(all));  // refuses what is out of range
    if (settings_.noise_jitter > 0 && settings_.noise_jitter < 1)
      throw ArgumentError(text("noise-jitter: ", settings_.noise_jitter, " is not accepted; use 0, or 1..30"));
    if (kind_.closed_form && (settings_.augment == Augment::redegrade || settings_.augment == Augment::renoise))
      throw ArgumentError(text("augment: restorer ", kind_.name, " is fitted on the pair as it is; use auto or none"));
    if (!kind_.closed_form && settings_.seconds <= 0 && settings_.steps <= 0)
      throw ArgumentError(text("seconds: 0 trains nothing; give restorer '", kind_.name,
                               "' more than 0 seconds, or use restorer linear, which is fitted at once"));
  }

  void measure_finished(const HeldOutStripe& held_out) {
    // A copy: a restorer casts its network to what it computes in, and the model keeps float32.
    auto copy = new_network();
    WeightAverage(*network_).copy_to(*copy);
    const auto restorer = restorer_from(copy, info_, device_, compute_);
    if (kind_.closed_form) info_.held_out_psnr = held_out.psnr_restored(*restorer, threads_, 1, stop_);
    if (network_->makes_whole_patches())
      info_.ensemble_gain = *held_out.psnr_restored(*restorer, threads_, 8, stop_) - *info_.held_out_psnr;
  }

  void fill_sizes() {
    const auto& defaults = kind_.defaults;
    batch_ = settings_.batch > 0 ? settings_.batch : defaults.batch;
    rate_ = settings_.learning_rate > 0 ? settings_.learning_rate : defaults.learning_rate;
    const auto shortest = std::min(pair_.clean.extent().rows, pair_.clean.extent().cols);
    if (settings_.patch > shortest)
      throw ArgumentError(text("patch: ", settings_.patch, " does not fit a pair of ", name_of(pair_.clean.extent()),
                               "; use 1..", shortest, ", or 0 for what fits"));
    // Of an upsampled frame only every scale-th pixel was measured: as much is seen in a larger patch.
    const auto own = settings_.scale > 1 ? defaults.patch * settings_.scale * 2 / 3 : defaults.patch;
    patch_ = settings_.patch > 0 ? settings_.patch : std::min(own, shortest);
    info_.shape = kind_.default_shape(settings_);
    const auto probe = kind_.make(info_.shape, pair_.clean.channels());
    multiple_ = probe->multiple();
    patch_ = std::max(multiple_, patch_ / multiple_ * multiple_);
    if (probe->patch() > 0) patch_ = probe->patch();
  }

  void describe() {
    info_.restorer = settings_.restorer;
    info_.channels = pair_.clean.channels();
    info_.neighbours = given_.neighbours;
    info_.border = prepared_.border;
    info_.intensity = settings_.intensity;
    if (given_.degraded.range() != full_range(given_.degraded.type()))
      info_.trained_range = TrainedRange{given_.degraded.type(), given_.degraded.range(), given_.offset};
    info_.scale = prepared_.upscale.factor;
    info_.row_phase = prepared_.upscale.row_phase;
    info_.col_phase = prepared_.upscale.col_phase;
    info_.seed = settings_.seed;
    info_.threads = threads_;
    info_.pair_hash = pair_hash(given_);
    info_.versions = text("firstframe ", kVersion, ", libtorch ", TORCH_VERSION);
    Settings all;
    all.train = settings_;
    for (const auto& setting : setting_table())
      if (setting.trains)
        info_.settings += text(info_.settings.empty() ? "" : " ", setting.name, "=", text_of(setting.get(all)));
  }

  void fit() {
    torch::NoGradGuard no_grad;
    network_ = kind_.make(info_.shape, info_.channels);
    const auto filter = fit_linear(pair_, split_.training, info_.shape.at("size") | 1, info_.border);
    network_->named_parameters()["filter.weight"].copy_(filter.weight);
    network_->named_parameters()["filter.bias"].copy_(filter.bias);
  }

  void descend(const HeldOutStripe& held_out) {
    const auto [source, augment, filters] = make_patch_source(
        given_, prepared_, split_.training, {patch_, kind_.defaults.margin, multiple_, kind_.sees_filters}, settings_, stop_);
    info_.augment = name_of(augment);
    if (augment == Augment::renoise) {
      const auto& defaults = kind_.defaults;
      info_.shape = kind_.default_shape(with_small_sizes(settings_, defaults));
      if (settings_.learning_rate <= 0 && defaults.renoised_learning_rate > 0) rate_ = defaults.renoised_learning_rate;
    }
    if (filters.defined()) {
      info_.shape["filters"] = filters.size(0);
      info_.shape["filter_size"] = filters.size(2);
      filters_ = filters;
    }
    // First weights are drawn on the CPU, by its generator: the same for every device.
    network_ = new_network(torch::kCPU);
    network_->initialise(generator_);
    network_->to(device_);
    network_->set_compute_type(compute_);
    Descent descent(*network_, *source, loss_function(settings_.loss), {batch_, device_, threads_});
    WeightAverage average(*network_);
    BestWeights best(*network_);

    info_.planned_steps = settings_.steps;
    std::vector<double> free_steps;  // seconds that each took
    double step_began = clock_.seconds();
    for (std::int64_t step = 0; info_.planned_steps == 0 || step < info_.planned_steps; ++step) {
      if (stop_.stop_requested()) throw Cancelled("training: stopped");
      if (settings_.steps == 0) {
        if (step == Schedule::kFreeSteps) plan(step, free_steps);
        if (step > 0 && clock_.seconds() > settings_.seconds) break;  // a machine slower than it was planned on
      }
      if (begins_second_stage_at(step) && !begin_second_stage(descent, held_out, average, best)) break;
      const auto seed = settings_.seed * 0x100000000ull + static_cast<std::uint64_t>(step);
      loss_ = descent.step(seed, Schedule(rate_, info_.planned_steps).rate(step));
      if (!std::isfinite(loss_)) {
        give_up("the loss is", best);
        break;
      }
      average.update(*network_);
      info_.steps = step + 1;
      if (step >= Schedule::kFreeSteps / 2 && step < Schedule::kFreeSteps) free_steps.push_back(clock_.seconds() - step_began);
      step_began = clock_.seconds();
      if (is_measured_after(step) && !measure(held_out, average, best)) break;
      report(step + 1);
    }
    if (info_.planned_steps == 0) info_.planned_steps = info_.steps;
    if (split_.stripe && !best.is_of_this_stage() && info_.note.empty()) measure(held_out, average, best);
    (split_.stripe ? best.weights() : average).copy_to(*network_);
    info_.held_out_psnr = best.psnr();
  }

  // Once the number of steps is planned: the paper trains 25 epochs alone and 80 against the discriminator.
  bool begins_second_stage_at(std::int64_t step) const {
    return kind_.adversarial && !is_second_stage_ && info_.planned_steps > 0 && step >= info_.planned_steps * 25 / 105;
  }

  // Returns whether to go on; the model is then one of this stage, if all goes well.
  bool begin_second_stage(Descent& descent, const HeldOutStripe& held_out, const WeightAverage& average,
                          BestWeights& best) {
    if (split_.stripe && !measure(held_out, average, best)) return false;
    is_second_stage_ = true;
    stage_one_psnr_ = best.psnr();
    best.begin_stage();
    const auto values = info_.channels * patch_ * patch_;
    descent.add_discriminator(Discriminator(values, generator_, device_), settings_.gan_lambda);
    return true;
  }

  std::shared_ptr<Network> new_network() const { return new_network(device_); }

  std::shared_ptr<Network> new_network(torch::Device device) const {
    auto network = kind_.make(info_.shape, info_.channels);
    if (filters_.defined()) network->set_filters(filters_);
    network->to(device);
    return network;
  }

  // Fixes the number of steps from the speed of the free steps, whose learning rates do not depend on it. Their median:
  // a machine that was busy for a moment is not a slow one.
  void plan(std::int64_t step, std::vector<double> free_steps) {
    const auto middle = free_steps.begin() + static_cast<std::ptrdiff_t>(free_steps.size() / 2);
    std::nth_element(free_steps.begin(), middle, free_steps.end());
    const double reserve = kind_.adversarial ? 1.2 : 1.04;  // a discriminator's steps are still to come, and measuring
    info_.planned_steps = plan_steps(step, *middle * reserve, settings_.seconds - clock_.seconds());
  }

  bool is_measured_after(std::int64_t step) const {
    if (!split_.stripe || info_.planned_steps == 0) return false;
    const auto every = std::max<std::int64_t>(1, info_.planned_steps / kHeldOutMeasurements);
    return (step + 1) % every == 0 || step + 1 == info_.planned_steps;
  }

  // Keeps the averaged weights when they are the best so far on the stripe that training never sees.
  // Returns whether to go on: not when the second stage spoils what the first had reached.
  bool measure(const HeldOutStripe& held_out, const WeightAverage& average, BestWeights& best) {
    auto candidate = new_network();
    average.copy_to(*candidate);
    try {
      last_held_out_ = held_out.psnr_restored(*restorer_from(candidate, info_, device_, compute_), threads_);
    } catch (const FormatError&) {  // values that no PSNR can be made of
      give_up("what it restores is", best);
      return false;
    }
    const double fall = stage_one_psnr_ ? *stage_one_psnr_ - *last_held_out_ : 0;
    if (fall <= kLargestFall) best.offer(average, *last_held_out_, info_.steps);
    else
      info_.note = text("the PSNR fell ", std::lround(fall), " dB against the discriminator by step ", info_.steps, "; ",
                        kept(best), "; lower gan-lambda (now ", settings_.gan_lambda, ")");
    return fall <= kLargestFall;
  }

  // Ends a training whose numbers ran away: with the best weights so far if they are any good.
  void give_up(const std::string& what, const BestWeights& best) {
    const auto message = text(what, " no longer finite at step ", info_.steps + 1);
    const auto advice = text("lower learning-rate (now ", rate_, ")");
    if (!best.psnr() || *best.psnr() < *info_.held_out_degraded_psnr)
      throw FormatError(text("training: ", message, "; ", advice));
    info_.note = text(message, "; ", kept(best), "; ", advice);
  }

  static std::string kept(const BestWeights& best) {
    return text("the weights of step ", best.step(),
                best.is_of_this_stage() ? "" : ", before the discriminator,", " were kept");
  }

  void report(std::int64_t steps_taken) {
    const double now = clock_.seconds();
    const bool is_last = steps_taken == info_.planned_steps;
    if (!progress_ || (now - last_report_ < kSecondsBetweenReports && !is_last)) return;
    last_report_ = now;
    const double per_step = now / static_cast<double>(steps_taken);
    const double left = settings_.steps == 0
                            ? settings_.seconds - now
                            : per_step * static_cast<double>(info_.planned_steps - steps_taken);
    progress_({steps_taken, info_.planned_steps, now, std::max(0.0, left), loss_, last_held_out_});
  }

  const Clock clock_;
  const TrainingPair& given_;
  const PreparedPair prepared_;
  const TrainingPair& pair_;  // of equal extents
  const TrainSettings settings_;
  const ProgressFunction& progress_;
  const std::stop_token stop_;
  const NetworkKind& kind_;
  const torch::Device device_;
  const torch::ScalarType compute_;
  const int threads_;
  const TorchThreads torch_threads_;
  torch::Generator generator_;

  std::int64_t patch_ = 0;
  std::int64_t multiple_ = 1;
  std::int64_t batch_ = 0;
  double rate_ = 0;
  HeldOutSplit split_;
  ModelInfo info_;
  torch::Tensor filters_;
  std::shared_ptr<Network> network_;

  bool is_second_stage_ = false;
  std::optional<double> stage_one_psnr_;
  double loss_ = 0;
  double last_report_ = -kSecondsBetweenReports;
  std::optional<double> last_held_out_;
};

}  // namespace

std::shared_ptr<const Restorer> train(const TrainingPair& pair, const TrainSettings& settings,
                                      const ProgressFunction& progress, std::stop_token stop) {
  return Training(pair, settings, progress, std::move(stop)).run();
}

}  // namespace firstframe
