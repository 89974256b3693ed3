#pragma once

#include <gst/gst.h>

#include <filesystem>
#include <optional>

#include "core/frame/resample.h"
#include "io/volume/volume_info.h"

namespace firstframe {

/// What a stream of sections says about the volume that they are cut from.
///
/// It travels in front of the sections as a custom sticky event named "firstframe-volume", which elements forward that do
/// not know it. Its fields are in docs/elements/firstframevolumesrc.md.
struct VolumeStream {
  VolumeInfo info;  // of the source; access is not carried
  Axis axis = Axis::z;
  std::filesystem::path source;
  std::optional<Upscale> upscale;  // where the sections were enlarged on the way, and it was told
};

/// \return a new event
GstEvent* event_of(const VolumeStream& stream);

/// What an event says; nothing when it is another one.
/// \throws FormatError when a field is missing or has another type
std::optional<VolumeStream> volume_stream_of(GstEvent* event);

/// Tells downstream that the sections which follow are enlarged so, when they are those of a volume and it is news.
/// \param pad  a source pad that the event went through; to be called by its streaming thread
void tell_upscale(GstPad* pad, const Upscale& upscale);

/// The volume's format and the entries of its header, as users see them: container-format, and an extended-comment
/// "key=value" for every entry. Entries that are no UTF-8 are in the event alone.
/// \return a new event
GstEvent* tags_of(const VolumeInfo& info);

}  // namespace firstframe
