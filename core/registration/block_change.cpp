#include "core/registration/block_change.h"

#include <algorithm>

namespace firstframe {
namespace {

constexpr std::int64_t kBlocksAlike = 32;  // at least, to tell what is usual among them
constexpr std::int64_t kMostGroups = 16;
constexpr double kMedianOfGaussian = 0.6745;  // of its absolute value, in standard deviations

}  // namespace

torch::Tensor block_means(const torch::Tensor& plane) {
  return torch::avg_pool2d(plane.unsqueeze(0), kBlock)[0];
}

torch::Tensor usual_change(const torch::Tensor& change, const torch::Tensor& brightness) {
  const auto order = brightness.flatten().argsort();
  const auto groups = std::clamp<std::int64_t>(order.size(0) / kBlocksAlike, 1, kMostGroups);
  auto usual = torch::empty_like(change).flatten();
  for (const auto& group : order.tensor_split(groups))
    usual.index_fill_(0, group, change.flatten().index_select(0, group).median().item<double>() / kMedianOfGaussian);
  return usual.view_as(change);
}

}  // namespace firstframe
