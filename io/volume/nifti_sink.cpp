#include <bit>
#include <cstdint>

#include "io/volume/block_sink.h"
#include "io/volume/gzip_file.h"
#include "io/volume/nifti_header.h"
#include "io/volume/volume_formats.h"

namespace fs = std::filesystem;

namespace firstframe {

std::unique_ptr<SectionSink> open_nifti_sink(const fs::path& path, const VolumeInfo& info, const SinkOptions& options) {
  auto layout = local_layout(info, nifti_header(info, path));
  layout.block.big_endian = std::endian::native == std::endian::big;  // as ITK wrote the header
  if (volume_ending(path) == ".nii.gz")
    layout.publish = [](VolumeDraft& draft) {
      gzip_file(draft.path(), draft.target());
      draft.discard();
    };
  return open_block_sink(path, info, std::move(layout), options);
}

}  // namespace firstframe
