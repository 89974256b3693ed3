#include "core/training/batch_gradient.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>

#include "core/base/torch_threads.h"

namespace firstframe {
namespace {

constexpr std::int64_t kShards = 4;  // more serve more cores, fewer cost less overhead

BatchGradient shard_gradient(Network& network, const PatchSampler::Batch& batch, std::int64_t first, std::int64_t count,
                             std::int64_t margin, LossFunction loss_function) {
  const auto degraded = batch.degraded.narrow(0, first, count);
  const auto clean = batch.clean.narrow(0, first, count);
  const auto restored =
      network.forward(degraded).narrow(2, margin, clean.size(2)).narrow(3, margin, clean.size(3));
  const double part = static_cast<double>(count) / static_cast<double>(batch.clean.size(0));
  const auto loss = loss_function(restored, clean) * part;
  return {loss.item<double>(), torch::autograd::grad({loss}, network.parameters())};
}

}  // namespace

BatchGradient batch_gradient(Network& network, const PatchSampler::Batch& batch, std::int64_t margin, LossFunction loss,
                             int threads) {
  const auto patches = batch.clean.size(0);
  const auto shards = batch.clean.is_cuda() ? 1 : std::min(kShards, patches);
  std::vector<BatchGradient> parts(static_cast<std::size_t>(shards));
  tbb::task_arena arena(threads);
  arena.execute([&] {
    tbb::parallel_for(
        std::int64_t{0}, shards,
        [&](std::int64_t shard) {
          const TorchThreads one(1);
          const auto first = shard * patches / shards, last = (shard + 1) * patches / shards;
          parts[static_cast<std::size_t>(shard)] = shard_gradient(network, batch, first, last - first, margin, loss);
        },
        tbb::simple_partitioner());
  });

  torch::NoGradGuard no_grad;
  BatchGradient sum = std::move(parts.front());
  for (std::size_t shard = 1; shard < parts.size(); ++shard) {
    sum.loss += parts[shard].loss;
    for (std::size_t i = 0; i < sum.by_weight.size(); ++i) sum.by_weight[i].add_(parts[shard].by_weight[i]);
  }
  return sum;
}

}  // namespace firstframe
