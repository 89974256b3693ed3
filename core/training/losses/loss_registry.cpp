#include "core/training/losses/loss.h"

namespace firstframe {

LossFunction loss_function(Loss loss) {
  switch (loss) {
    case Loss::l1: return l1_loss;
    case Loss::l2: break;
  }
  return l2_loss;
}

}  // namespace firstframe
