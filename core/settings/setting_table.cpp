#include "core/settings/setting_table.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

std::string choice(const SettingValue& value) { return std::get<std::string>(value); }
std::int64_t integer(const SettingValue& value) { return std::get<std::int64_t>(value); }
double number(const SettingValue& value) { return std::get<double>(value); }
std::string border_text(const std::optional<Border>& border) { return border ? std::string(name_of(*border)) : "auto"; }

using Kind = Setting::Kind;
constexpr double kLargestInteger = std::numeric_limits<std::int32_t>::max();

const std::array kTable = {
    Setting{"restorer", "restorer", "", "Network to train: residual is the best picture per second, unet and rnn are the paper's (with -gan trained against a discriminator as well), linear is an instant preview, dncnn a denoiser to compare with",
            Kind::choice, 0, 0, {"residual", "unet", "unet-gan", "rnn", "rnn-gan", "linear", "dncnn"}, true, false,
            [](const Settings& s) -> SettingValue { return s.train.restorer; },
            [](Settings& s, const SettingValue& v) { s.train.restorer = choice(v); }},
    Setting{"seconds", "train-seconds", "s", "Time to train; more gives a better picture, 0 gives the closed-form filter only (restorer linear)",
            Kind::number, 0, 86400, {}, true, false,
            [](const Settings& s) -> SettingValue { return s.train.seconds; },
            [](Settings& s, const SettingValue& v) { s.train.seconds = number(v); }},
    Setting{"steps", "train-steps", "", "Optimiser steps instead of a time, for a run that can be repeated bit for bit; 0 trains by time",
            Kind::integer, 0, 100000000, {}, true, false,
            [](const Settings& s) -> SettingValue { return s.train.steps; },
            [](Settings& s, const SettingValue& v) { s.train.steps = integer(v); }},
    Setting{"scale", "scale", "", "How many times larger the restored frame is, for super-resolution; 0 finds it from the sizes of the pair",
            Kind::integer, 0, 4, {}, true, false,
            [](const Settings& s) -> SettingValue { return s.train.scale; },
            [](Settings& s, const SettingValue& v) { s.train.scale = integer(v); }},
    Setting{"augment", "augment", "", "Patches to train on: redegrade blurs the clean frame and adds fresh noise as the pair shows it, renoise moves the pair's own noise over it, none takes the pair as it is, auto decides by how well the pair is explained",
            Kind::choice, 0, 0, {"auto", "none", "redegrade", "renoise"}, true, false,
            [](const Settings& s) -> SettingValue { return std::string(name_of(s.train.augment)); },
            [](Settings& s, const SettingValue& v) { s.train.augment = *augment_named(choice(v)); }},
    Setting{"synthetic", "synthetic", "", "Share of training patches cut from drawn scenes in the clean frame's tones, where fresh degradations are made; 0 trains on the frame alone",
            Kind::number, 0, 1, {}, true, false,
            [](const Settings& s) -> SettingValue { return s.train.synthetic; },
            [](Settings& s, const SettingValue& v) { s.train.synthetic = number(v); }},
    Setting{"noise-jitter", "noise-jitter", "", "Noise that training meets where fresh degradations are made: 1 is the pair's own, more serves frames with none to that many times it, 0 is the pair's own with a tenth of the patches noisier, so that no frame gets worse",
            Kind::number, 0, 30, {}, true, false,
            [](const Settings& s) -> SettingValue { return s.train.noise_jitter; },
            [](Settings& s, const SettingValue& v) { s.train.noise_jitter = number(v); }},
    Setting{"blur-jitter", "blur-jitter", "", "How much wider and narrower than the pair's the blur is that training meets, where fresh degradations are made: 0.2 serves blurs from 0.8 to 1.2 times as wide",
            Kind::number, 0, 0.5, {}, true, false,
            [](const Settings& s) -> SettingValue { return s.train.blur_jitter; },
            [](Settings& s, const SettingValue& v) { s.train.blur_jitter = number(v); }},
    Setting{"loss", "loss", "", "What training lowers: l2 gives the best PSNR, l1 forgives outliers",
            Kind::choice, 0, 0, {"l1", "l2"}, true, false,
            [](const Settings& s) -> SettingValue { return std::string(name_of(s.train.loss)); },
            [](Settings& s, const SettingValue& v) { s.train.loss = *loss_named(choice(v)); }},
    Setting{"patch", "patch", "pixels", "Side of the patches that training sees; for rnn also of those it restores; 0 takes the restorer's own",
            Kind::integer, 0, 512, {}, true, false,
            [](const Settings& s) -> SettingValue { return s.train.patch; },
            [](Settings& s, const SettingValue& v) { s.train.patch = integer(v); }},
    Setting{"batch", "batch", "patches", "Patches per training step; 0 takes the restorer's own",
            Kind::integer, 0, 65536, {}, true, false,
            [](const Settings& s) -> SettingValue { return s.train.batch; },
            [](Settings& s, const SettingValue& v) { s.train.batch = integer(v); }},
    Setting{"learning-rate", "learning-rate", "", "Largest step of the optimiser; 0 takes the restorer's own",
            Kind::number, 0, 1, {}, true, false,
            [](const Settings& s) -> SettingValue { return s.train.learning_rate; },
            [](Settings& s, const SettingValue& v) { s.train.learning_rate = number(v); }},
    Setting{"width", "network-width", "channels", "Channels inside the network (residual, dncnn; unet: of its first level); more restores better and slower, 0 takes the restorer's own",
            Kind::integer, 0, 1024, {}, true, false,
            [](const Settings& s) -> SettingValue { return s.train.width; },
            [](Settings& s, const SettingValue& v) { s.train.width = integer(v); }},
    Setting{"depth", "network-depth", "layers", "Convolution layers of the network (residual, dncnn); more restores better and slower, 0 takes the restorer's own",
            Kind::integer, 0, 64, {}, true, false,
            [](const Settings& s) -> SettingValue { return s.train.depth; },
            [](Settings& s, const SettingValue& v) { s.train.depth = integer(v); }},
    Setting{"rnn-step", "rnn-step", "", "Restorer rnn: part of a patch that is one time step: its rows, segments of them, or smaller patches",
            Kind::choice, 0, 0, {"row", "segment", "patch"}, true, false,
            [](const Settings& s) -> SettingValue { return std::string(name_of(s.train.rnn.step)); },
            [](Settings& s, const SettingValue& v) { s.train.rnn.step = *rnn_step_named(choice(v)); }},
    Setting{"rnn-step-size", "rnn-step-size", "pixels", "Restorer rnn: length of a segment or side of a smaller patch; 0 takes the largest that divides the patch",
            Kind::integer, 0, 64, {}, true, false,
            [](const Settings& s) -> SettingValue { return s.train.rnn.step_size; },
            [](Settings& s, const SettingValue& v) { s.train.rnn.step_size = integer(v); }},
    Setting{"rnn-direction", "rnn-direction", "", "Restorer rnn: which way time steps are scanned; both lets every pixel see the whole patch, at twice the cost",
            Kind::choice, 0, 0, {"down", "up", "both"}, true, false,
            [](const Settings& s) -> SettingValue { return std::string(name_of(s.train.rnn.direction)); },
            [](Settings& s, const SettingValue& v) { s.train.rnn.direction = *rnn_direction_named(choice(v)); }},
    Setting{"rnn-output", "rnn-output", "", "Restorer rnn: what a patch gives; patch averages overlapping patches, pixel takes one pixel of each, without averaging and slower",
            Kind::choice, 0, 0, {"patch", "pixel"}, true, false,
            [](const Settings& s) -> SettingValue { return std::string(name_of(s.train.rnn.output)); },
            [](Settings& s, const SettingValue& v) { s.train.rnn.output = *rnn_output_named(choice(v)); }},
    Setting{"rnn-latent", "rnn-latent", "", "Restorer rnn: states of the recurrence; more learn more and are slower, 0 takes the restorer's own",
            Kind::integer, 0, 8192, {}, true, false,
            [](const Settings& s) -> SettingValue { return s.train.rnn.latent; },
            [](Settings& s, const SettingValue& v) { s.train.rnn.latent = integer(v); }},
    Setting{"gan-lambda", "gan-lambda", "", "Restorers rnn-gan and unet-gan: weight of the discriminator's judgement beside the mean squared error; more looks sharper and lowers the PSNR",
            Kind::number, 0, 100, {}, true, false,
            [](const Settings& s) -> SettingValue { return s.train.gan_lambda; },
            [](Settings& s, const SettingValue& v) { s.train.gan_lambda = number(v); }},
    Setting{"border", "border", "", "What the degradation met beyond the frame's edge; auto finds it from the pair",
            Kind::choice, 0, 0, {"auto", "reflect", "circular", "replicate"}, true, false,
            [](const Settings& s) -> SettingValue { return border_text(s.train.border); },
            [](Settings& s, const SettingValue& v) { s.train.border = border_named(choice(v)); }},
    Setting{"held-out", "held-out", "", "Part of the pair kept out of training to measure the model on; 0 trains on everything and measures nothing",
            Kind::number, 0, 0.5, {}, true, false,
            [](const Settings& s) -> SettingValue { return s.train.held_out; },
            [](Settings& s, const SettingValue& v) { s.train.held_out = number(v); }},
    Setting{"seed", "seed", "", "Start of every random choice; the same seed, pair and steps give the same model",
            Kind::integer, 0, kLargestInteger, {}, true, false,
            [](const Settings& s) -> SettingValue { return static_cast<std::int64_t>(s.train.seed); },
            [](Settings& s, const SettingValue& v) { s.train.seed = static_cast<std::uint64_t>(integer(v)); }},
    Setting{"stride", "stride", "pixels", "Pixels between patch starts of a patch restorer (rnn); smaller is smoother and slower, 0 takes half of the patch",
            Kind::integer, 0, 512, {}, false, true,
            [](const Settings& s) -> SettingValue { return s.restore.stride; },
            [](Settings& s, const SettingValue& v) { s.restore.stride = integer(v); }},
    Setting{"window", "window", "", "Weights of a patch when overlapping patches are averaged",
            Kind::choice, 0, 0, {"constant", "hann", "gaussian"}, false, true,
            [](const Settings& s) -> SettingValue { return std::string(name_of(s.restore.window)); },
            [](Settings& s, const SettingValue& v) { s.restore.window = *window_named(choice(v)); }},
    Setting{"ensemble", "ensemble", "", "Averages this many restorations of the frame turned and mirrored: 8 is a little better and eight times slower",
            Kind::choice, 0, 0, {"1", "8"}, false, true,
            [](const Settings& s) -> SettingValue { return text(s.restore.ensemble); },
            [](Settings& s, const SettingValue& v) { s.restore.ensemble = choice(v) == "8" ? 8 : 1; }},
    Setting{"intensity", "intensity", "", "What the samples of OCT stand for, linear intensity or its logarithm (dB); the model keeps what was said of its pair, and restoring refuses frames that are said to be the other",
            Kind::choice, 0, 0, {"unknown", "linear", "log"}, true, true,
            [](const Settings& s) -> SettingValue { return std::string(name_of(s.train.intensity)); },
            [](Settings& s, const SettingValue& v) {
              s.train.intensity = s.restore.intensity = intensity_domain_named(choice(v));
            }},
    Setting{"device", "device", "", "Where networks run; auto takes a CUDA GPU when there is one",
            Kind::choice, 0, 0, {"auto", "cpu", "cuda"}, true, true,
            [](const Settings& s) -> SettingValue { return std::string(name_of(s.train.device)); },
            [](Settings& s, const SettingValue& v) {
              s.train.device = s.restore.device = *device_named(choice(v));
            }},
    Setting{"precision", "precision", "", "Numbers networks compute in; auto takes bf16 where the hardware multiplies it, several times faster than f32",
            Kind::choice, 0, 0, {"auto", "f32", "bf16"}, true, true,
            [](const Settings& s) -> SettingValue { return std::string(name_of(s.train.precision)); },
            [](Settings& s, const SettingValue& v) {
              s.train.precision = s.restore.precision = *precision_named(choice(v));
            }},
    Setting{"threads", "threads", "", "Processor threads to use; 0 takes all",
            Kind::integer, 0, 1024, {}, true, true,
            [](const Settings& s) -> SettingValue { return static_cast<std::int64_t>(s.train.threads); },
            [](Settings& s, const SettingValue& v) {
              s.train.threads = s.restore.threads = static_cast<int>(integer(v));
            }},
};

std::string joined(const std::vector<std::string_view>& names) {
  std::string all;
  for (const auto name : names) all += text(all.empty() ? "" : ", ", name);
  return all;
}

[[noreturn]] void refuse(const Setting& setting, const std::string& found) {
  throw ArgumentError(text(setting.name, ": '", found, "' is not accepted; use ", accepted_by(setting)));
}

void check_range(const Setting& setting, double value, const std::string& found) {
  if (!(value >= setting.lowest && value <= setting.highest)) refuse(setting, found);
}

// The whole text as a T, or nothing.
template <typename T>
bool parse(const std::string& from, T& value) {
  const auto [end, error] = std::from_chars(from.data(), from.data() + from.size(), value);
  return error == std::errc{} && end == from.data() + from.size();
}

}  // namespace

std::span<const Setting> setting_table() { return kTable; }

const Setting& setting_named(std::string_view name) {
  std::vector<std::string_view> names;
  for (const auto& setting : kTable) {
    if (setting.name == name) return setting;
    names.push_back(setting.name);
  }
  throw ArgumentError(text("setting '", name, "' does not exist; there are ", joined(names)));
}

void apply_setting(Settings& settings, const Setting& setting, const SettingValue& value) {
  const auto found = text_of(value);
  switch (setting.kind) {
    case Kind::choice: {
      const auto* chosen = std::get_if<std::string>(&value);
      if (!chosen) refuse(setting, found);
      for (const auto name : setting.choices)
        if (name == *chosen) return setting.put(settings, value);
      refuse(setting, found);
    }
    case Kind::integer: {
      const auto* whole = std::get_if<std::int64_t>(&value);
      if (!whole) refuse(setting, found);
      check_range(setting, static_cast<double>(*whole), found);
      return setting.put(settings, value);
    }
    case Kind::number: {
      const auto* whole = std::get_if<std::int64_t>(&value);
      const auto* real = std::get_if<double>(&value);
      if (!whole && !real) refuse(setting, found);
      const double number = whole ? static_cast<double>(*whole) : *real;
      check_range(setting, number, found);
      return setting.put(settings, number);
    }
  }
}

void apply_setting(Settings& settings, const Setting& setting, const std::string& value) {
  std::int64_t whole = 0;
  double real = 0;
  switch (setting.kind) {
    case Kind::choice: return apply_setting(settings, setting, SettingValue{value});
    case Kind::integer:
      if (!parse(value, whole)) refuse(setting, value);
      return apply_setting(settings, setting, SettingValue{whole});
    case Kind::number:
      if (!parse(value, real)) refuse(setting, value);
      return apply_setting(settings, setting, SettingValue{real});
  }
}

std::string text_of(const SettingValue& value) {
  const auto* number = std::get_if<double>(&value);
  if (!number) return std::visit([](const auto& v) { return text(v); }, value);
  std::array<char, 32> digits{};  // the shortest that reads back as the same number
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), *number).ptr};
}

std::string accepted_by(const Setting& setting) {
  if (setting.kind == Kind::choice) return joined(setting.choices);
  const auto bound = [&](double value) {
    return setting.kind == Kind::integer ? text(static_cast<std::int64_t>(value)) : text(value);
  };
  return text(bound(setting.lowest), "..", bound(setting.highest), setting.unit.empty() ? "" : " ", setting.unit);
}

}  // namespace firstframe
