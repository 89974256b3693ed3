#include "io/volume/detached_data.h"

#include <span>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_bytes.h"
#include "io/files/file_draft.h"
#include "io/volume/block_sink.h"

namespace fs = std::filesystem;

namespace firstframe {

std::unique_ptr<SectionSink> open_detached_sink(const fs::path& path, const VolumeInfo& info,
                                                const std::function<std::string(const std::string& data)>& header,
                                                const SinkOptions& options) {
  const auto data = fs::path(path).replace_extension(".raw");
  if (fs::exists(data) && !fs::exists(path))
    throw OutputError(text(path.string(), ": its samples go to ", data.string(),
                           ", which exists and may belong to something else; move it away or choose another name"));
  BlockLayout layout;
  layout.block = packed_block(info.stored, info.geometry.size);
  layout.publish = [path, content = header(data.filename().string())](VolumeDraft& draft) {
    FileDraft head(path);
    write_bytes(head.path(), std::as_bytes(std::span(content)), path);
    // Beside the header's place, where links lead to: the header names its data by file name alone.
    draft.publish(fs::path(draft.place()).replace_filename(path.filename()).replace_extension(".raw"));
    head.publish();
  };
  return open_block_sink(path, info, std::move(layout), options);
}

}  // namespace firstframe
