#include <algorithm>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/stream/same_place.h"
#include "io/volume/detached_data.h"
#include "io/volume/dicom_volume.h"
#include "io/volume/picture_stack.h"
#include "io/volume/section_sink.h"
#include "io/volume/tiff_stack.h"
#include "io/volume/volume_files.h"
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
      {{".tif", ".tiff"}, open_tiff_stack_sink},
      {{".sgy", ".segy", ".su"}, open_segy_sink},
  };
  return table;
}

// A name without an ending is a folder, and so is one that is there as a folder.
bool is_folder(const fs::path& path) {
  std::error_code error;
  return volume_ending(path).empty() || fs::is_directory(path, error);
}

std::unique_ptr<SectionSink> open_folder(const fs::path& path, const VolumeInfo& info, const SinkOptions& options,
                                         const fs::path& source) {
#if FIRSTFRAME_WITH_ITK
  if (info.format == "DICOM series") return open_dicom_series_sink(path, info, options, source);
#endif
  return open_picture_stack_sink(path, info, options, source);
}

// The input may be a header with a file of samples, and so may the output.
void refuse_input(const fs::path& path, const fs::path& source) {
  auto inputs = volume_files(source);
  inputs.push_back(source);
  std::vector<fs::path> outputs{path};
  if (is_detached(path)) outputs.push_back(detached_data(path));
  for (const auto& output : outputs)
    for (const auto& input : inputs)
      if (is_same_place(output, input))
        throw ArgumentError(text(output.string(), output == path ? ": is the input itself" : ": the samples' file is the input's",
                                 ", which is not overwritten; choose another name"));
}

}  // namespace

std::unique_ptr<SectionSink> open_volume_sink(const fs::path& path, const VolumeInfo& info, const SinkOptions& options,
                                              const fs::path& source) {
  if (!source.empty()) refuse_input(path, source);
  if (is_folder(path)) return open_folder(path, info, options, source);
  const auto ending = volume_ending(path);
  std::string known;
  for (const auto& format : formats()) {
    if (std::find(format.endings.begin(), format.endings.end(), ending) != format.endings.end())
      return format.open(path, info, options);
    for (const auto& name : format.endings) known += (known.empty() ? "" : " ") + name;
  }
  throw ArgumentError(text(path.string(), ": volumes are not written with the ending \"", ending, "\"; use ", known,
                           ", or the name of a folder"));
}

}  // namespace firstframe
