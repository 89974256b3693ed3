#include "elements/gst/volume_plan.h"

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

StoredType unsigned_type(SampleType type) { return type == SampleType::uint8 ? StoredType::uint8 : StoredType::uint16; }

VolumePlan plan_unknown(const GivenVolume& given, SampleType type, Extent extent) {
  if (given.sections == 0)
    throw ArgumentError("firstframevolumesink: the stream does not say how many sections it has, and a volume's header does; "
                        "set sections=N, or take the sections from firstframevolumesrc");
  VolumePlan plan;
  plan.info.stored = unsigned_type(type);
  plan.info.geometry.size = {extent.cols, extent.rows, given.sections};
  return plan;
}

Upscale upscale_between(const VolumeStream& stream, Extent source, Extent extent) {
  const auto factor = extent.rows / source.rows;
  if (factor < 1 || extent != Extent{factor * source.rows, factor * source.cols})
    throw FormatError(text("firstframevolumesink: sections of ", name_of(extent), " arrive, those of ", stream.source.string(),
                           " are ", name_of(source), "; a volume stays in its place when elements between leave the size as "
                           "it is, or enlarge it by a whole number"));
  return stream.upscale && stream.upscale->factor == factor ? *stream.upscale : centred_upscale(factor);
}

}  // namespace

VolumePlan plan_volume(const GivenVolume& given, const std::optional<VolumeStream>& stream, SampleType type, Extent extent) {
  auto plan = stream ? VolumePlan{stream->info, stream->axis} : plan_unknown(given, type, extent);
  auto& [info, axis, is_recoded] = plan;
  const auto source = section_extent(info.geometry, axis);
  if (source != extent) info.geometry = enlarged(info.geometry, axis, upscale_between(*stream, source, extent));
  if (code_of(info.stored).type != type) {
    info.stored = unsigned_type(type);
    is_recoded = true;
  }
  if (given.sections > 0) info.geometry.size[static_cast<std::size_t>(axis)] = given.sections;
  if (given.spacing) info.geometry.spacing = *given.spacing;
  return plan;
}

}  // namespace firstframe
