#include "elements/gst/stream_pair.h"

#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/colour/luma.h"
#include "core/degradation/degrade.h"
#include "core/frame/normalised.h"
#include "elements/gst/native_samples.h"

namespace firstframe {
namespace {

struct LumaWeights {
  gdouble red = 0.299;  // BT.601, for streams that are not YUV
  gdouble blue = 0.114;
};

LumaWeights luma_weights_of(const GstVideoInfo& info) {
  LumaWeights weights;
  gdouble red, blue;
  if (GST_VIDEO_INFO_IS_YUV(&info) && gst_video_color_matrix_get_Kr_Kb(info.colorimetry.matrix, &red, &blue))
    weights = {red, blue};
  return weights;
}

// [3, H, W] of any type to [1, H, W] float32, 0..1
Section luma_with(const LumaWeights& weights, const Section& rgb) {
  const auto extent = rgb.extent();
  const auto area = extent.area();
  std::vector<float> planes(static_cast<std::size_t>(3 * area));
  load_normalised(rgb.view(), {0, 0, extent.rows, extent.cols}, Border::replicate, planes.data());
  const auto red = static_cast<float>(weights.red);
  const auto blue = static_cast<float>(weights.blue);
  const auto green = 1 - red - blue;
  Section luma(SampleType::float32, 1, extent);
  for (std::int64_t i = 0; i < area; ++i)
    luma.samples<float>()[i] = red * planes[i] + green * planes[area + i] + blue * planes[2 * area + i];
  return luma;
}

}  // namespace

TrainingPair stream_pair(const Section& clean, const GstVideoFrame& degraded) {
  const auto depth = GST_VIDEO_INFO_COMP_DEPTH(&degraded.info, 0);
  // core refuses this for two grey sections; luma is float32, where the depth no longer shows.
  if (clean.type() == SampleType::uint8 && depth > 8)
    throw FormatError(
        text("training pair: the stream has ", depth,
             " bits, the clean picture 8; give a clean picture of 16 bits, or convert the stream to 8"));
  Section scratch;
  const auto seen = native_view(degraded, scratch);
  if (clean.channels() == 3) return {luma_or_grey(seen), luma_with(luma_weights_of(degraded.info), clean)};
  // More depth than the stream's is welcome; core takes integers of one depth only, and any depth as float32.
  const bool is_deeper = clean.type() == SampleType::uint16 && depth == 8;
  return {luma_or_grey(seen), is_deeper ? converted(clean.view(), SampleType::float32) : clean};
}

TrainingPair picture_pair(const Section& clean, const Section& degraded) {
  return {luma_or_grey(degraded.view()), luma_or_grey(clean.view())};
}

}  // namespace firstframe
