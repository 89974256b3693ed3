#!/usr/bin/env bash
# Builds core and its GPU tests against a LibTorch with CUDA, runs them and prints a table of frame rates: tests/gpu/run.sh
# Says "skipped" and why, and ends well, where there is no NVIDIA GPU or no LibTorch with CUDA. Uses the LibTorch of $LIBTORCH, or that
# of python3's torch. Needs cmake 3.25, ninja, g++, GoogleTest and oneTBB (CMAKE_PREFIX_PATH says where, if not in the system's
# folders), and the CUDA toolkit that the LibTorch was made with (CUDA_HOME, if nvcc is not found).
set -euo pipefail
cd "$(dirname "$0")/../.."

skip() {
  echo "skipped: $*"
  exit 0
}

{ command -v nvidia-smi >/dev/null && nvidia-smi -L 2>/dev/null | grep -q '^GPU'; } || skip "no NVIDIA GPU (nvidia-smi lists none)"

if [ -n "${LIBTORCH:-}" ]; then
  [ -e "$LIBTORCH/lib/libtorch_cuda.so" ] || skip "LIBTORCH=$LIBTORCH is no LibTorch with CUDA (it has no lib/libtorch_cuda.so)"
  libtorch=$LIBTORCH
else
  command -v python3 >/dev/null || skip "no LibTorch with CUDA (LIBTORCH is not set, and there is no python3 whose torch brings one)"
  said=$(mktemp)
  trap 'rm -f "$said"' EXIT
  libtorch=$(python3 - 2>"$said" <<'PYTHON'
import sys
try:
    import torch
except ImportError:
    sys.exit("no LibTorch with CUDA (LIBTORCH is not set, and python3 has no torch)")
if not torch.cuda.is_available():
    sys.exit(f"python3's torch {torch.__version__} sees no CUDA GPU (a CPU build, or a driver too old for it)")
if not torch.compiled_with_cxx11_abi():
    sys.exit(f"python3's torch {torch.__version__} has C++'s old string ABI, GoogleTest and oneTBB have the new one; use torch 2.7 or "
             "later, or LIBTORCH=a cxx11 LibTorch")
print(torch.utils.cmake_prefix_path)
PYTHON
  ) || skip "$(tail -n 1 "$said")"
fi

for cuda in "${CUDA_HOME:-}" /usr/local/cuda; do
  if ! command -v nvcc >/dev/null && [ -x "$cuda/bin/nvcc" ]; then PATH=$PATH:$cuda/bin; fi
done

echo "LibTorch: $libtorch"
nvidia-smi -L
cmake --preset cuda "-DCMAKE_PREFIX_PATH=$libtorch" -DFIRSTFRAME_TESTS=ON
cmake --build --preset cuda --target gpu_test frame_rates

# A skip would now be a failure.
FIRSTFRAME_GPU=1 ctest --test-dir build/cuda --label-regex '^gpu$' --output-on-failure --no-tests=error
echo
build/cuda/tests/gpu/frame_rates --seconds "${SECONDS_PER_COLUMN:-3}"
