#include "pipelines/sections/frame_work.h"

#include "core/metrics/residual.h"
#include "core/tiling/upsampled_input.h"
#include "io/volume/trained_code.h"

namespace firstframe {
namespace {

// The samples of pictures and videos are stored as sections hold them.
StoredType stored_type_of(const Section& section) { return *stored_type_named(name_of(section.type())); }

}  // namespace

Section restored_frame(const Restorer& restorer, const Section& degraded, const FrameRestore& job, std::stop_token stop) {
  if (!job.range) require_trained_code(restorer.info(), stored_type_of(degraded), job.input, "--range LOW:HIGH");
  Section restored(degraded.type(), degraded.channels(), restored_extent(restorer.info(), degraded.extent()));
  restored.set_range(degraded.range());
  restore_picture(restorer, degraded.view(), restored.span(), job.channels, job.settings, stop);
  return restored;
}

Section removed_from_frame(const ModelInfo& model, const Section& degraded, const Section& restored) {
  if (model.scale == 1) return residual_of(degraded.view(), restored.view());
  Section input(restored.layout().type, restored.channels(), restored.extent());
  input.set_range(restored.range());
  upsample(degraded.view(), upscale_of(model), model.border, input.span());
  return residual_of(input.view(), restored.view());
}

}  // namespace firstframe
