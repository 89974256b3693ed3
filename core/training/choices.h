#pragma once

#include <torch/torch.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <random>

namespace firstframe {

/// The random choices of one batch, all of which follow from one number drawn from a generator.
class Choices {
 public:
  explicit Choices(torch::Generator& generator)
      : random_(static_cast<std::uint64_t>(
            torch::randint(std::numeric_limits<std::int64_t>::max(), {1}, generator, torch::kLong).item<std::int64_t>())) {}

  double uniform() { return std::uniform_real_distribution<double>()(random_); }
  /// Between -reach and reach.
  double around(double reach) { return reach * (2 * uniform() - 1); }
  bool chance(double probability) { return uniform() < probability; }
  std::int64_t below(std::int64_t count) { return std::min(count - 1, static_cast<std::int64_t>(uniform() * static_cast<double>(count))); }

 private:
  std::mt19937_64 random_;
};

}  // namespace firstframe
