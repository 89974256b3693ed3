// float32 on processors with avx512f.

#include "core/engine/floats_avx512.h"

namespace firstframe {

extern const RowKernels kRowKernelsAvx512;
const RowKernels kRowKernelsAvx512 = row_kernels_of<FloatsAvx512, FloatsAvx512>("avx512", false);

}  // namespace firstframe
