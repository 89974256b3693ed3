#pragma once

#include <vector>

#include "pipelines/bench/bench.h"
#include "core/restorers/model.h"

namespace firstframe {

/// Denoising a frame of 450 x 900, against OpenCV's filters at the strength that scores best on that very frame: what they
/// can do at most. Ours is trained on another drawn scene.
std::vector<PeerRow> measure_denoisers(const BenchOptions& options);

/// The same weights in Python, eager PyTorch in float32, on a frame of 512 x 512: with its default threads, and with one.
/// Patch models at stride 1 there, at their default stride here. A row with a note where Python or PyTorch is missing.
std::vector<PeerRow> measure_python(const Model& model, const BenchOptions& options);

}  // namespace firstframe
