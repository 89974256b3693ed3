// The paper's recurrent patch encoder: the parts of a patch are time steps of a ReLU recurrence,
//   z_t = relu(W_in y_t + W_rec z_(t-1) + b),   x_t = W_out z_t + c.
// Source: D. Pereg, "One-Shot Image Restoration", arXiv:2404.17426. Subtracting the patch's mean and predicting
// the change instead of the patch are our own choice (+1 dB in our measurements). The latent size is not stated
// in the paper.
//
// Time step. A patch is cut into equal blocks, which are scanned left to right, then top to bottom: whole rows, as in
// the paper's experiments; segments of rows; or smaller patches, so that the state passes between neighbours. How long
// a segment is and how neighbouring patches follow each other are our own definitions.
//
// Direction. The recurrence is causal: a step knows nothing of what is scanned after it. An upward scan takes the
// blocks in the opposite order. In both, a downward and an upward recurrence with weights of their own add their
// read-outs, so that every step knows the whole patch.
//
// Output. patch2patch reads out every step. patch2pixel reads out one pixel, the middle one of the last step, which has
// seen the whole patch: with rows, the middle column of the last row (of the first when scanned upwards). With both
// scans it is the middle of the middle step, where they meet: one has seen what is above, one what is below.

#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/restorers/network.h"

namespace firstframe {
namespace {

constexpr std::int64_t kPatch = 15;    // pixels
constexpr std::int64_t kLatent = 200;  // states

// Pixels along a segment or a small patch: as asked for, or the largest proper divisor of the patch.
std::int64_t step_size(std::int64_t asked, std::int64_t patch) {
  std::string divisors;
  std::int64_t largest = 1;
  for (std::int64_t size = 1; size <= patch; ++size) {
    if (patch % size != 0) continue;
    divisors += text(size > 1 ? ", " : "", size);
    if (size < patch) largest = size;
    if (size == asked) return size;
  }
  if (asked == 0) return largest;
  throw ArgumentError(text("rnn-step-size: ", asked, " does not divide the patch of ", patch, " pixels; use ", divisors));
}

// Says how a model scans in sizes alone, so that its file needs nothing else.
Shape shape_for(const TrainSettings& settings) {
  refuse_size(settings.restorer, "width", settings.width);
  refuse_size(settings.restorer, "depth", settings.depth);
  const auto& rnn = settings.rnn;
  const auto patch = settings.patch > 0 ? settings.patch : kPatch;
  if (rnn.step == RnnStep::row && rnn.step_size != 0)
    throw ArgumentError(text("rnn-step-size: ", rnn.step_size, " has no meaning with rnn-step row; leave it at 0, or use segment or patch"));
  const auto size = rnn.step == RnnStep::row ? patch : step_size(rnn.step_size, patch);
  return {{"patch", patch},
          {"latent", rnn.latent > 0 ? rnn.latent : kLatent},
          {"step_rows", rnn.step == RnnStep::patch ? size : 1},
          {"step_cols", size},
          {"down", rnn.direction != RnnDirection::up},
          {"up", rnn.direction != RnnDirection::down},
          {"pixel", rnn.output == RnnOutput::pixel}};
}

Shape gan_shape_for(const TrainSettings& settings) {
  if (settings.rnn.output == RnnOutput::pixel)
    throw ArgumentError("rnn-output: pixel leaves rnn-gan's discriminator one pixel to judge; use patch, or restorer rnn");
  return shape_for(settings);
}

class RnnNetwork final : public Network {
 public:
  RnnNetwork(const Shape& shape, std::int64_t channels)
      : channels_(channels),
        patch_(size_in(shape, "patch", 2, 64)),
        block_{size_or(1, shape, "step_rows", 1, patch_), size_or(patch_, shape, "step_cols", 1, patch_)},
        steps_(patch_ / block_.rows * (patch_ / block_.cols)),
        makes_one_pixel_(size_or(0, shape, "pixel", 0, 1) == 1) {
    const bool is_down = size_or(1, shape, "down", 0, 1) == 1, is_up = size_or(0, shape, "up", 0, 1) == 1;
    if (patch_ % block_.rows != 0 || patch_ % block_.cols != 0)
      throw FormatError(text("model: time steps of ", name_of(block_), " pixels do not fill a patch of ", patch_));
    if (!is_down && !is_up) throw FormatError("model: it scans neither down nor up");
    last_step_ = !is_up ? steps_ - 1 : is_down ? steps_ / 2 : 0;
    const auto latent = size_in(shape, "latent", 1, 8192);
    const auto read_out = makes_one_pixel_ ? channels : channels * block_.area();
    if (is_down) scans_.push_back(make_scan("", channels * block_.area(), latent, read_out, false));
    if (is_up) scans_.push_back(make_scan("_up", channels * block_.area(), latent, read_out, true));
    bias_out_ = register_parameter("bias_out", torch::zeros({read_out}));
  }

  torch::Tensor forward(const torch::Tensor& degraded) override {
    const auto channels = degraded.size(1);
    const auto mean = degraded.mean({1, 2, 3}, /*keepdim=*/true);
    const auto steps = steps_of(degraded - mean).to(compute_type());
    auto change = bias_out_.to(compute_type());
    for (const auto& scan : scans_) change = change + read_out(scan, steps);
    change = change.to(torch::kFloat32);
    if (!makes_one_pixel_) return degraded + patches_of(change, channels);
    const auto part = restored_part({patch_, patch_});
    return degraded.narrow(2, part.row, 1).narrow(3, part.col, 1) + change.reshape({-1, channels, 1, 1});
  }

  void initialise(torch::Generator& generator) override {
    torch::NoGradGuard no_grad;
    for (auto& scan : scans_) {
      const auto latent = static_cast<double>(scan.weight_rec.size(0));
      scan.weight_in.normal_(0, std::sqrt(2.0 / static_cast<double>(scan.weight_in.size(1))), generator);
      // Near the identity: the state is carried from step to step before anything is learned, and cannot explode.
      scan.weight_rec.normal_(0, 0.1 / std::sqrt(latent), generator);
      scan.weight_rec.diagonal().add_(0.9);
      scan.weight_out.normal_(0, 0.1 / std::sqrt(latent), generator);
      scan.bias.zero_();
    }
    bias_out_.zero_();
  }

  std::int64_t patch() const override { return patch_; }

  Region restored_part(Extent input) const override {
    if (!makes_one_pixel_) return {0, 0, input.rows, input.cols};
    const auto across = patch_ / block_.cols;
    return {last_step_ / across * block_.rows + block_.rows / 2, last_step_ % across * block_.cols + block_.cols / 2,
            1, 1};
  }

  std::int64_t halo() const override {
    const auto part = restored_part({patch_, patch_});
    return makes_one_pixel_ ? std::max({part.row, part.col, patch_ - 1 - part.row, patch_ - 1 - part.col}) : patch_ - 1;
  }

  std::optional<RecurrentGraph> recurrent_graph() const override {
    RecurrentGraph graph{channels_, patch_, block_, scans_.front().weight_rec.size(0), makes_one_pixel_, {}, float_values(bias_out_)};
    for (const auto& scan : scans_)
      graph.scans.push_back({float_values(scan.weight_in), float_values(scan.weight_rec), float_values(scan.bias),
                             float_values(scan.weight_out), scan.is_upward, steps_taken(scan)});
    return graph;
  }

 private:
  // One recurrence with its part of the read-out.
  struct Scan {
    torch::Tensor weight_in, weight_rec, bias, weight_out;
    bool is_upward;
  };

  Scan make_scan(const std::string& suffix, std::int64_t in, std::int64_t latent, std::int64_t out, bool is_upward) {
    return {register_parameter("weight_in" + suffix, torch::zeros({latent, in})),
            register_parameter("weight_rec" + suffix, torch::zeros({latent, latent})),
            register_parameter("bias" + suffix, torch::zeros({latent})),
            register_parameter("weight_out" + suffix, torch::zeros({out, latent})), is_upward};
  }

  std::int64_t steps_taken(const Scan& scan) const {
    return !makes_one_pixel_ ? steps_ : scan.is_upward ? steps_ - last_step_ : last_step_ + 1;
  }

  // [N, C, P, P] -> [steps, N, values of a step]: time first.
  torch::Tensor steps_of(const torch::Tensor& patches) const {
    const auto count = patches.size(0), channels = patches.size(1);
    return patches.reshape({count, channels, patch_ / block_.rows, block_.rows, patch_ / block_.cols, block_.cols})
        .permute({2, 4, 0, 1, 3, 5})
        .reshape({steps_, count, channels * block_.area()});
  }

  // The way back.
  torch::Tensor patches_of(const torch::Tensor& steps, std::int64_t channels) const {
    const auto count = steps.size(1);
    return steps.reshape({patch_ / block_.rows, patch_ / block_.cols, count, channels, block_.rows, block_.cols})
        .permute({2, 3, 0, 4, 1, 5})
        .reshape({count, channels, patch_, patch_});
  }

  // What a scan adds to the patches, in reading order: [steps, N, values of a step], or [N, C] for the one pixel.
  // Every step is one matrix product over the whole batch of patches.
  torch::Tensor read_out(const Scan& scan, const torch::Tensor& steps) const {
    const auto type = compute_type();
    const auto count = steps_taken(scan);
    const auto seen = scan.is_upward ? steps.narrow(0, steps_ - count, count).flip(0) : steps.narrow(0, 0, count);
    const auto driven = torch::matmul(seen, scan.weight_in.to(type).t()) + scan.bias.to(type);
    const auto recur = scan.weight_rec.to(type).t();
    std::vector<torch::Tensor> states;
    states.reserve(static_cast<std::size_t>(count));
    for (std::int64_t t = 0; t < count; ++t)
      states.push_back(torch::relu(t == 0 ? driven[t] : torch::addmm(driven[t], states.back(), recur)));
    const auto out = scan.weight_out.to(type).t();
    if (makes_one_pixel_) return torch::matmul(states.back(), out);
    const auto all = torch::stack(states);
    return torch::matmul(scan.is_upward ? all.flip(0) : all, out);
  }

  std::int64_t channels_;
  std::int64_t patch_;
  Extent block_;  // pixels of a time step
  std::int64_t steps_;
  bool makes_one_pixel_;
  std::int64_t last_step_ = 0;  // whose middle is the one pixel, in reading order
  std::vector<Scan> scans_;
  torch::Tensor bias_out_;
};

std::shared_ptr<Network> make_rnn(const Shape& shape, std::int64_t channels) {
  return std::make_shared<RnnNetwork>(shape, channels);
}

constexpr TrainDefaults kDefaults{.patch = kPatch, .margin = 0, .batch = 256, .learning_rate = 1e-3};

}  // namespace

const NetworkKind kRnnNetwork{"rnn", shape_for, make_rnn, kDefaults};
const NetworkKind kRnnGanNetwork{"rnn-gan", gan_shape_for, make_rnn, kDefaults, /*closed_form=*/false,
                                 /*adversarial=*/true};

}  // namespace firstframe
