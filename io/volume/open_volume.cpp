#include <algorithm>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_reader.h"
#include "io/seismic/segy_file.h"
#include "io/volume/dicom_mark.h"
#include "io/volume/dicom_volume.h"
#include "io/volume/picture_stack.h"
#include "io/volume/section_source.h"
#include "io/volume/tiff_pages.h"
#include "io/volume/tiff_stack.h"
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
      {{".tif", ".tiff"}, open_tiff_stack},
      {{".sgy", ".segy", ".su"}, open_segy_volume},
      {{".dcm"}, FIRSTFRAME_ITK_FORMAT(open_dicom_frames)},
  };
  return table;
}

const Format* format_of(const fs::path& path) {
  const auto ending = volume_ending(path);
  for (const auto& format : formats())
    if (std::find(format.endings.begin(), format.endings.end(), ending) != format.endings.end()) return &format;
  return nullptr;
}

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

// A file that is no TIFF is refused by whoever opens it as a picture.
bool has_pages(const fs::path& path) {
  try {
    return is_tiff_stack(path);
  } catch (const Error&) {
    return false;
  }
}

// Words of a SEG-Y file say nothing of another one.
void refuse_segy_options(const fs::path& path, const VolumeOptions& options) {
  if (options.segy != SegyOptions{})
    throw ArgumentError(text(path.string(), ": is no SEG-Y and no SU; leave out --sections, --inline-byte, --crossline-byte, "
                             "--gather-byte, --sample-format, --samples and --byte-order"));
}

}  // namespace

bool is_seismic(const fs::path& path) {
  if (is_folder(path)) return false;
  const auto* format = format_of(path);
  return format ? format->open == open_segy_volume : is_segy_file(path);
}

bool is_volume(const fs::path& path) {
  if (is_folder(path)) return is_dicom_folder(path);
  const auto* format = format_of(path);
  return format ? format->open != open_tiff_stack || has_pages(path) : is_dicom_file(path) || is_segy_file(path);
}

std::unique_ptr<SectionSource> open_volume(const fs::path& path, const VolumeOptions& options) {
  if (!is_seismic(path)) refuse_segy_options(path, options);
  if (is_folder(path))
    return is_dicom_folder(path) ? FIRSTFRAME_ITK_FORMAT(open_dicom_series)(path, options) : open_picture_stack(path, options);
  if (const auto* format = format_of(path)) return format->open(path, options);
  if (options.raw) return open_raw(path, options);  // bare samples under any other name
  if (is_dicom_file(path)) return FIRSTFRAME_ITK_FORMAT(open_dicom_frames)(path, options);
  if (is_seismic(path)) return open_segy_volume(path, options);
  { const FileReader file(path); }  // refuses what is not there
  std::string known;
  for (const auto& format : formats())
    for (const auto& ending : format.endings) known += (known.empty() ? "" : " ") + ending;
  throw FormatError(text(path.string(), ": is no volume that is known; known are ", known, ", folders of pictures and of DICOM slices"));
}

}  // namespace firstframe
