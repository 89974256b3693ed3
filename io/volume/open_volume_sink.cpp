#include <algorithm>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/stream/same_place.h"
#include "io/volume/section_sink.h"
#include "io/volume/volume_formats.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

using Open = std::unique_ptr<SectionSink> (*)(const fs::path&, const VolumeInfo&, const SinkOptions&);

#if FIRSTFRAME_WITH_ITK
#define FIRSTFRAME_ITK_FORMAT(open) open
#else
std::unique_ptr<SectionSink> refuse_without_itk(const fs::path& path, const VolumeInfo&, const SinkOptions&) {
  throw DeviceError(text(path.string(), ": this format is written through ITK, which Firstframe was built without; install "
                         "libinsighttoolkit5-dev and build it again, or write .mha or .nrrd"));
}
#define FIRSTFRAME_ITK_FORMAT(open) refuse_without_itk
#endif

struct Format {
  std::vector<std::string> endings;
  Open open;
};

// A format that is chosen by its ending is one line here.
const std::vector<Format>& formats() {
  static const std::vector<Format> table = {
      {{".mha", ".mhd"}, open_meta_image_sink},
      {{".nrrd", ".nhdr"}, open_nrrd_sink},
      {{".nii", ".nii.gz"}, FIRSTFRAME_ITK_FORMAT(open_nifti_sink)},
      {{".raw"}, open_raw_sink},
  };
  return table;
}

}  // namespace

std::unique_ptr<SectionSink> open_volume_sink(const fs::path& path, const VolumeInfo& info, const SinkOptions& options,
                                              const fs::path& source) {
  if (!source.empty() && is_same_place(path, source))
    throw ArgumentError(text(path.string(), ": is the input itself, which is not overwritten; choose another name"));
  const auto ending = volume_ending(path);
  std::string known;
  for (const auto& format : formats()) {
    if (std::find(format.endings.begin(), format.endings.end(), ending) != format.endings.end())
      return format.open(path, info, options);
    for (const auto& name : format.endings) known += (known.empty() ? "" : " ") + name;
  }
  throw ArgumentError(text(path.string(), ": volumes are not written with the ending \"", ending, "\"; use ", known));
}

}  // namespace firstframe
