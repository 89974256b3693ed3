#pragma once

#include <torch/torch.h>

#include <optional>

#include "core/restorers/network.h"
#include "core/training/adversarial.h"
#include "core/training/batch_gradient.h"
#include "core/training/patch_source.h"

namespace firstframe {

/// Lowers a network's loss step by step with Adam (gradients clipped to twice their usual norm); after add_discriminator() also that of
/// a discriminator, which learns at half the rate from the same patches, clean and restored.
class Descent {
 public:
  struct Sizes {
    std::int64_t batch = 0;  // patches per step
    torch::Device device;
    int threads = 1;
  };

  /// \param network, source  must outlive the descent
  Descent(Network& network, const PatchSource& source, LossFunction loss, Sizes sizes);
  Descent(const Descent&) = delete;  // its objectives refer to it
  Descent& operator=(const Descent&) = delete;

  /// From now on the network's loss is the mean squared error plus `lambda` times the discriminator's suspicion.
  void add_discriminator(Discriminator discriminator, double lambda);

  /// Takes a step on the patches that `seed` stands for.
  /// \return the network's loss; when it is not finite, no weight was changed
  double step(std::uint64_t seed, double rate);

 private:
  Network& network_;
  const PatchSource& source_;
  const Sizes sizes_;
  std::optional<Discriminator> discriminator_;
  std::vector<Objective> objectives_;              // the network's and, in the second stage, the discriminator's
  std::vector<torch::optim::Adam> optimisers_;     // one for each
  std::vector<double> usual_norms_;                // running means of their gradients' norms
};

}  // namespace firstframe
