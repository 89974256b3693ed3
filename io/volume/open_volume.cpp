#include <algorithm>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/volume/section_source.h"
#include "io/volume/volume_formats.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

using Open = std::unique_ptr<SectionSource> (*)(const fs::path&, const VolumeOptions&);

#if FIRSTFRAME_WITH_ITK
#define FIRSTFRAME_ITK_FORMAT(open) open
#else
std::unique_ptr<SectionSource> refuse_without_itk(const fs::path& path, const VolumeOptions&) {
  throw DeviceError(text(path.string(), ": this format is read through ITK, which Firstframe was built without; install "
                         "libinsighttoolkit5-dev and build it again"));
}
#define FIRSTFRAME_ITK_FORMAT(open) refuse_without_itk
#endif

struct Format {
  std::vector<std::string> endings;
  Open open;
};

// A format that is known by its ending is one line here.
const std::vector<Format>& formats() {
  static const std::vector<Format> table = {
      {{".mha", ".mhd"}, FIRSTFRAME_ITK_FORMAT(open_meta_image)},
      {{".nrrd", ".nhdr"}, FIRSTFRAME_ITK_FORMAT(open_nrrd)},
      {{".nii", ".nii.gz"}, FIRSTFRAME_ITK_FORMAT(open_nifti)},
      {{".vol"}, open_heidelberg},
      {{".img"}, open_zeiss_img},
      {{".raw"}, open_raw},
  };
  return table;
}

const Format* format_of(const fs::path& path) {
  const auto ending = volume_ending(path);
  for (const auto& format : formats())
    if (std::find(format.endings.begin(), format.endings.end(), ending) != format.endings.end()) return &format;
  return nullptr;
}

}  // namespace

bool is_volume(const fs::path& path) { return format_of(path) != nullptr; }

std::unique_ptr<SectionSource> open_volume(const fs::path& path, const VolumeOptions& options) {
  if (const auto* format = format_of(path)) return format->open(path, options);
  if (options.raw) return open_raw(path, options);  // bare samples under any other name
  std::string known;
  for (const auto& format : formats())
    for (const auto& ending : format.endings) known += (known.empty() ? "" : " ") + ending;
  throw FormatError(text(path.string(), ": is no volume that is known; known are ", known));
}

}  // namespace firstframe
