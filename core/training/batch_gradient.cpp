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

torch::Tensor cut(const torch::Tensor& patches, const Region& region) {
  return patches.narrow(2, region.row, region.rows).narrow(3, region.col, region.cols);
}

std::vector<BatchGradient> shard_gradients(Network& network, const PatchBatch& batch,
                                           const std::vector<Objective>& objectives, double part) {
  // All in pixels of the degraded patches, the clean ones in their middle.
  const auto side = batch.clean.size(2), margin = (batch.degraded.size(2) - side) / 2;
  const auto given = network.restored_part({batch.degraded.size(2), batch.degraded.size(3)});
  const auto [row, col, rows, cols] = intersection(given, {margin, margin, side, side});
  const auto restored = cut(network.forward(batch.degraded), {row - given.row, col - given.col, rows, cols});
  const auto clean = cut(batch.clean, {row - margin, col - margin, rows, cols});

  std::vector<BatchGradient> gradients;
  for (const auto& [loss_function, weights] : objectives) {
    const auto loss = loss_function(restored, clean) * part;
    const bool is_last = gradients.size() + 1 == objectives.size();
    gradients.push_back({loss.item<double>(), torch::autograd::grad({loss}, weights, {}, /*retain_graph=*/!is_last)});
  }
  return gradients;
}

}  // namespace

std::vector<BatchGradient> batch_gradient(Network& network, const PatchSource& source, std::int64_t count,
                                          std::uint64_t seed, const std::vector<Objective>& objectives,
                                          torch::Device device, int threads) {
  const auto shards = device.is_cuda() ? 1 : std::clamp<std::int64_t>(count / kPatchesPerShard, 1, kMostShards);
  std::vector<std::vector<BatchGradient>> parts(static_cast<std::size_t>(shards));
  const auto compute = [&](std::int64_t shard) {
    const TorchThreads one(1);
    auto generator = torch::make_generator<at::CPUGeneratorImpl>(mixed(seed * kMostShards + static_cast<std::uint64_t>(shard)));
    const auto patches = (shard + 1) * count / shards - shard * count / shards;
    auto batch = source.draw(patches, generator);
    batch = {batch.degraded.to(device), batch.clean.to(device)};
    const double part = static_cast<double>(patches) / static_cast<double>(count);
    parts[static_cast<std::size_t>(shard)] = shard_gradients(network, batch, objectives, part);
  };
  tbb::task_arena arena(threads);
  arena.execute([&] { tbb::parallel_for(std::int64_t{0}, shards, compute, tbb::simple_partitioner()); });

  torch::NoGradGuard no_grad;
  auto sums = std::move(parts.front());
  for (std::size_t shard = 1; shard < parts.size(); ++shard)
    for (std::size_t i = 0; i < sums.size(); ++i) {
      sums[i].loss += parts[shard][i].loss;
      for (std::size_t w = 0; w < sums[i].by_weight.size(); ++w)
        sums[i].by_weight[w].add_(parts[shard][i].by_weight[w]);
    }
  return sums;
}

BatchGradient batch_gradient(Network& network, const PatchSource& source, std::int64_t count, std::uint64_t seed,
                             LossFunction loss, torch::Device device, int threads) {
  const std::vector<Objective> objectives{{std::move(loss), network.parameters()}};
  return std::move(batch_gradient(network, source, count, seed, objectives, device, threads).front());
}

}  // namespace firstframe
