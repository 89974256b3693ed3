// float32 on processors with avx512f.

#include "core/engine/floats_avx512.h"

namespace firstframe {

extern const RowKernels kRowKernelsAvx512;
const RowKernels kRowKernelsAvx512{"avx512", false, convolve_row<FloatsAvx512>, filter_rows<FloatsAvx512>,
                                   multiply_rounds<FloatsAvx512>};

}  // namespace firstframe
