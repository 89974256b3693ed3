#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/engine/conv_graph.h"
#include "core/engine/recurrent_graph.h"
#include "core/frame/section.h"
#include "core/settings/settings.h"

namespace firstframe {

/// A network's own sizes by name: width, depth, patch. Stored in the model file.
using Shape = std::map<std::string, std::int64_t>;

/// A trainable map from degraded to restored pixels, [N, C, H, W] -> [N, C, H, W] float32, or to the part of them
/// that restored_part() names.
/// forward() changes nothing and may run on several threads at once.
///
/// Inside, networks compute in compute_type(): frames and weights are cast to it where they are multiplied, so that
/// training keeps float32 weights, and what a network adds to a frame is added in float32.
class Network : public torch::nn::Module {
 public:
  torch::ScalarType compute_type() const { return compute_type_; }
  void set_compute_type(torch::ScalarType type) { compute_type_ = type; }

  virtual torch::Tensor forward(const torch::Tensor& degraded) = 0;

  /// First weights, all drawn from `generator`.
  virtual void initialise(torch::Generator& generator) = 0;

  /// Fixed filters whose output the network sees beside a 1-channel frame, as its shape says; see wiener_filters.h.
  void set_filters(const torch::Tensor& filters);
  const torch::Tensor& filters() const { return filters_; }

  /// Pixels beyond each edge that a restored pixel depends on.
  virtual std::int64_t halo() const = 0;

  /// H and W must be multiples of this.
  virtual std::int64_t multiple() const { return 1; }

  /// The only H and W accepted; 0 when any size is.
  virtual std::int64_t patch() const { return 0; }

  /// The pixels of an input that forward() gives: all of them, unless a patch stands for one pixel only.
  virtual Region restored_part(Extent input) const { return {0, 0, input.rows, input.cols}; }

  bool makes_whole_patches() const { return restored_part({patch(), patch()}).extent() == Extent{patch(), patch()}; }

  /// Whether bf16 would show: true for a network that does not add its output to the frame.
  virtual bool needs_float32() const { return false; }

  /// What forward() computes, with today's weights, for the engine that runs it on the CPU without LibTorch; nothing where
  /// the network is no such graph.
  virtual std::optional<ConvGraph> conv_graph() const { return std::nullopt; }
  virtual std::optional<RecurrentGraph> recurrent_graph() const { return std::nullopt; }

 protected:
  /// Makes room for `count` filters of size x size, to be given by set_filters or a model file.
  void reserve_filters(std::int64_t count, std::int64_t size);

  /// The frame, then what each filter changes of it: [N, 1 + filters, H, W]. Frames that come with it stay as they are.
  torch::Tensor with_filtered(const torch::Tensor& degraded) const;
  std::int64_t filter_reach() const { return filters_.defined() ? filters_.size(2) / 2 : 0; }

  /// A layer's convolution in the compute type.
  torch::Tensor convolve(const torch::nn::Conv2dImpl& layer, const torch::Tensor& input) const;

  /// A graph that sees a frame of so many channels, with the filters if it has them, and no layer yet.
  ConvGraph graph_without_layers(std::int64_t channels, std::int64_t unshuffle) const;

 private:
  torch::ScalarType compute_type_ = torch::kFloat32;
  torch::Tensor filters_;  // [filters, 1, size, size]; not trained
};

/// What training uses where the user sets 0.
struct TrainDefaults {
  std::int64_t patch = 0;       // side of the target, pixels
  std::int64_t margin = 0;      // extra input around the target whose output is not scored, pixels
  std::int64_t batch = 0;       // patches per step
  double learning_rate = 0;
  // Where a pair's noise is moved about: a small network learns less of the one frame by heart. 0 for what it has everywhere.
  std::int64_t renoised_width = 0;
  std::int64_t renoised_depth = 0;
  double renoised_learning_rate = 0;
};

/// One entry of the family of networks.
struct NetworkKind {
  std::string_view name;
  Shape (*default_shape)(const TrainSettings& settings) = nullptr;
  std::shared_ptr<Network> (*make)(const Shape& shape, std::int64_t channels) = nullptr;
  TrainDefaults defaults;
  bool closed_form = false;     // fitted by least squares instead of trained step by step
  bool adversarial = false;     // a discriminator joins in for the second stage of training
  bool sees_filters = false;    // its shape may hold "filters" and "filter_size"
};

/// \throws ArgumentError naming the kinds there are
const NetworkKind& network_kind(std::string_view name);

/// One size of a shape. \throws FormatError when it is missing or outside lowest..highest
std::int64_t size_in(const Shape& shape, const std::string& name, std::int64_t lowest, std::int64_t highest);

/// The same for a size that older models lack: then it is `otherwise`.
std::int64_t size_or(std::int64_t otherwise, const Shape& shape, const std::string& name, std::int64_t lowest,
                     std::int64_t highest);

/// A size that the user may set: what was asked for, or the restorer's own where that is 0.
/// \throws ArgumentError when it is asked for outside lowest..highest
std::int64_t chosen_size(std::string_view restorer, std::string_view setting, std::int64_t asked, std::int64_t own,
                         std::int64_t lowest, std::int64_t highest);

/// \throws ArgumentError when a size is asked for that the restorer does not have
void refuse_size(std::string_view restorer, std::string_view setting, std::int64_t asked);

/// A tensor's values, row-major.
std::vector<float> float_values(const torch::Tensor& tensor);

/// A layer of a graph from LibTorch's, whose kernel is 3 x 3.
ConvLayer graph_layer(const torch::nn::Conv2dImpl& layer, std::vector<std::int64_t> sources, bool is_rectified,
                      std::int64_t added = -1);

/// Normal weights of standard deviation sqrt(2 / fan_in) (He et al., "Delving Deep into Rectifiers", 2015),
/// scaled by `gain`; biases zero.
void he_normal(torch::nn::Conv2dImpl& layer, torch::Generator& generator, double gain = 1);

// The family; each is defined in its own file under networks/.
extern const NetworkKind kDncnnNetwork;
extern const NetworkKind kLinearNetwork;
extern const NetworkKind kResidualNetwork;
extern const NetworkKind kRnnNetwork;
extern const NetworkKind kRnnGanNetwork;  // the same network, trained against a discriminator
extern const NetworkKind kUnetNetwork;
extern const NetworkKind kUnetGanNetwork;

}  // namespace firstframe
