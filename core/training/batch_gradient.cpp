#include "core/training/batch_gradient.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>

#include "core/base/torch_threads.h"

namespace firstframe {
namespace {

constexpr std::int64_t kMostShards = 4;      // more serve more cores, fewer cost less overhead
constexpr std::int64_t kPatchesPerShard = 2;  // at least

// Well-mixed bits from consecutive numbers: the finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
std::uint64_t mixed(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15ull;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ull;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebull;
  return value ^ (value >> 31);
}

BatchGradient shard_gradient(Network& network, const PatchBatch& batch, LossFunction loss_function, double part) {
  const auto side = batch.clean.size(2);
  const auto margin = (batch.degraded.size(2) - side) / 2;
  const auto restored = network.forward(batch.degraded).narrow(2, margin, side).narrow(3, margin, side);
  const auto loss = loss_function(restored, batch.clean) * part;
  return {loss.item<double>(), torch::autograd::grad({loss}, network.parameters())};
}

}  // namespace

BatchGradient batch_gradient(Network& network, const PatchSource& source, std::int64_t count, std::uint64_t seed,
                             LossFunction loss, torch::Device device, int threads) {
  const auto shards = device.is_cuda() ? 1 : std::clamp<std::int64_t>(count / kPatchesPerShard, 1, kMostShards);
  std::vector<BatchGradient> parts(static_cast<std::size_t>(shards));
  const auto compute = [&](std::int64_t shard) {
    const TorchThreads one(1);
    auto generator = torch::make_generator<at::CPUGeneratorImpl>(mixed(seed * kMostShards + static_cast<std::uint64_t>(shard)));
    const auto patches = (shard + 1) * count / shards - shard * count / shards;
    auto batch = source.draw(patches, generator);
    batch = {batch.degraded.to(device), batch.clean.to(device)};
    const double part = static_cast<double>(patches) / static_cast<double>(count);
    parts[static_cast<std::size_t>(shard)] = shard_gradient(network, batch, loss, part);
  };
  tbb::task_arena arena(threads);
  arena.execute([&] { tbb::parallel_for(std::int64_t{0}, shards, compute, tbb::simple_partitioner()); });

  torch::NoGradGuard no_grad;
  BatchGradient sum = std::move(parts.front());
  for (std::size_t shard = 1; shard < parts.size(); ++shard) {
    sum.loss += parts[shard].loss;
    for (std::size_t i = 0; i < sum.by_weight.size(); ++i) sum.by_weight[i].add_(parts[shard].by_weight[i]);
  }
  return sum;
}

}  // namespace firstframe
