#include "elements/gst/volume_writer.h"

#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {

VolumeWriter::VolumeWriter(std::string location, const VolumePlan& plan, const std::filesystem::path& source,
                           const std::string& fingerprint, bool resume)
    : location_(std::move(location)),
      count_(sections_along(plan.info.geometry, plan.axis)),
      sink_(open_volume_sink(location_, plan.info, {plan.axis, fingerprint, resume}, source)) {}

bool VolumeWriter::write(std::int64_t index, const SectionView& section) {
  if (index < next()) return false;
  if (index >= count_)
    throw FormatError(text(location_, ": section ", index, " arrives, counted from 0, and the volume has ", count_,
                           "; set sections to what the stream has. Nothing was given the name"));
  if (index > next())
    throw FormatError(text(location_, ": section ", index, " arrives, section ", next(), " is next; sections were dropped on the "
                           "way, or sought past. What is done stays in the draft beside it"));
  sink_->write(index, section);
  return true;
}

void VolumeWriter::finish() {
  if (next() < count_)
    throw FormatError(text(location_, ": the stream ended after ", next(), " of ", count_, " sections; what is done stays in the "
                           "draft beside it, and resume=true goes on with it"));
  sink_->finish();
}

}  // namespace firstframe
