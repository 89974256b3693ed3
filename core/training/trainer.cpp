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
#include "core/training/aligned_patch_source.h"
#include "core/training/batch_gradient.h"
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
constexpr double kSecondsBetweenReports = 0.2;

class Clock {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

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
    network_ = kind_.make(info_.shape, info_.channels);
    if (kind_.closed_form)
      fit();
    else
      descend(held_out);
    // The pixels that are shuffled together see the same square, which is so much wider.
    info_.receptive_field = 2 * network_->halo() + network_->multiple();
    info_.train_seconds = clock_.seconds();
    auto restorer = restorer_from(network_, info_, device_, compute_);
    if (!kind_.closed_form || !split_.stripe) return restorer;
    info_.held_out_psnr = held_out.psnr_restored(*restorer, threads_);
    return restorer_from(network_, info_, device_, compute_);
  }

 private:
  void check_settings() const {
    Settings all;
    all.train = settings_;
    for (const auto& setting : setting_table())
      if (setting.trains) apply_setting(all, setting, setting.get(all));  // refuses what is out of range
    if (!kind_.closed_form && settings_.seconds <= 0 && settings_.steps <= 0)
      throw ArgumentError(text("seconds: 0 trains nothing; give restorer '", kind_.name,
                               "' more than 0 seconds, or use restorer linear, which is fitted at once"));
  }

  void fill_sizes() {
    const auto& defaults = kind_.defaults;
    batch_ = settings_.batch > 0 ? settings_.batch : defaults.batch;
    rate_ = settings_.learning_rate > 0 ? settings_.learning_rate : defaults.learning_rate;
    const auto shortest = std::min(pair_.clean.extent().rows, pair_.clean.extent().cols);
    if (settings_.patch > shortest)
      throw ArgumentError(text("patch: ", settings_.patch, " does not fit a pair of ", name_of(pair_.clean.extent()),
                               "; use 1..", shortest, ", or 0 for what fits"));
    patch_ = settings_.patch > 0 ? settings_.patch : std::min(defaults.patch, shortest);
    info_.shape = kind_.default_shape(settings_);
    const auto probe = kind_.make(info_.shape, pair_.clean.channels());
    const auto multiple = probe->multiple();
    patch_ = std::max(multiple, patch_ / multiple * multiple);
    if (probe->patch() > 0) patch_ = probe->patch();
  }

  void describe() {
    info_.restorer = settings_.restorer;
    info_.channels = pair_.clean.channels();
    info_.border = prepared_.border;
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
    const auto filter = fit_linear(pair_, split_.training, info_.shape.at("size") | 1, info_.border);
    network_->named_parameters()["filter.weight"].copy_(filter.weight);
    network_->named_parameters()["filter.bias"].copy_(filter.bias);
  }

  void descend(const HeldOutStripe& held_out) {
    network_->initialise(generator_);
    network_->to(device_);
    network_->set_compute_type(compute_);
    const PatchSizes sizes{patch_, kind_.defaults.margin};
    const auto [source, augment] =
        prepared_.aligned ? aligned_patch_source(pair_, split_.training, info_.border, sizes, network_->multiple())
                          : make_patch_source(pair_, split_.training, info_.border, sizes, settings_.augment);
    info_.augment = name_of(augment);
    const auto loss_function = firstframe::loss_function(settings_.loss);
    torch::optim::Adam optimiser(network_->parameters(), torch::optim::AdamOptions(rate_));
    WeightAverage average(*network_);
    WeightAverage best(*network_);

    info_.planned_steps = settings_.steps;
    double free_steps_began = 0;
    for (std::int64_t step = 0; info_.planned_steps == 0 || step < info_.planned_steps; ++step) {
      if (stop_.stop_requested()) throw Cancelled("training: stopped");
      if (settings_.steps == 0) {
        if (step == Schedule::kWarmUpSteps) free_steps_began = clock_.seconds();
        if (step == Schedule::kFreeSteps) plan(step, free_steps_began);
        if (step > 0 && clock_.seconds() > settings_.seconds) break;  // a machine slower than it was planned on
      }
      set_rate(optimiser, Schedule(rate_, info_.planned_steps).rate(step));
      loss_ = take_step(*source, step, loss_function, optimiser);
      average.update(*network_);
      info_.steps = step + 1;
      if (is_measured_after(step)) measure(held_out, average, best);
      report(step + 1);
    }
    if (info_.planned_steps == 0) info_.planned_steps = info_.steps;
    if (split_.stripe && !info_.held_out_psnr) measure(held_out, average, best);
    (split_.stripe ? best : average).copy_to(*network_);
  }

  // Fixes the number of steps from the speed of the free steps, whose learning rates do not depend on it.
  void plan(std::int64_t step, double began) {
    const double now = clock_.seconds();
    const double per_step = (now - began) / static_cast<double>(step - Schedule::kWarmUpSteps);
    info_.planned_steps = plan_steps(step, per_step * 1.02, settings_.seconds - now);
  }

  static void set_rate(torch::optim::Adam& optimiser, double rate) {
    for (auto& group : optimiser.param_groups()) static_cast<torch::optim::AdamOptions&>(group.options()).lr(rate);
  }

  double take_step(const PatchSource& source, std::int64_t step, LossFunction loss_function,
                   torch::optim::Adam& optimiser) {
    const auto seed = settings_.seed * 0x100000000ull + static_cast<std::uint64_t>(step);
    auto gradient = batch_gradient(*network_, source, batch_, seed, loss_function, device_, threads_);
    if (!std::isfinite(gradient.loss))
      throw FormatError(text("training: the loss is no longer finite at step ", info_.steps + 1,
                             "; lower learning-rate (now ", rate_, ")"));
    auto parameters = network_->parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i) parameters[i].mutable_grad() = gradient.by_weight[i];
    torch::nn::utils::clip_grad_norm_(parameters, 1.0);
    optimiser.step();
    return gradient.loss;
  }

  bool is_measured_after(std::int64_t step) const {
    if (!split_.stripe || info_.planned_steps == 0) return false;
    const auto every = std::max<std::int64_t>(1, info_.planned_steps / kHeldOutMeasurements);
    return (step + 1) % every == 0 || step + 1 == info_.planned_steps;
  }

  // Keeps the weights when they are the best so far on the stripe that training never sees.
  void measure(const HeldOutStripe& held_out, const WeightAverage& average, WeightAverage& best) {
    auto candidate = kind_.make(info_.shape, info_.channels);
    candidate->to(device_);
    average.copy_to(*candidate);
    last_held_out_ = held_out.psnr_restored(*restorer_from(candidate, info_, device_, compute_), threads_);
    if (info_.held_out_psnr && *info_.held_out_psnr >= *last_held_out_) return;
    info_.held_out_psnr = last_held_out_;
    best = average.copy();
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
  std::int64_t batch_ = 0;
  double rate_ = 0;
  HeldOutSplit split_;
  ModelInfo info_;
  std::shared_ptr<Network> network_;

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
