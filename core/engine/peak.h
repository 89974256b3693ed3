#pragma once

#include "core/engine/row_kernels.h"

namespace firstframe {

/// The most that one thread of this processor multiplies and adds with these kernels' instructions, from registers alone, in
/// 10^9 operations a second (a product and its sum are two): what the engine's speed is a fraction of. Convolutions save a third of
/// their products, so counted by what their weights say they may come to 1.5 of it.
/// Measured now, the best of several runs, in about 20 ms; on a machine that does something else, less.
double peak_gflops(const RowKernels& kernels);

}  // namespace firstframe
