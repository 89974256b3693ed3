#include "io/volume/detached_data.h"

#include <span>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_bytes.h"
#include "io/files/file_draft.h"
#include "io/files/followed.h"
#include "io/stream/same_place.h"
#include "io/volume/block_sink.h"
#include "io/volume/volume_files.h"
#include "io/volume/volume_formats.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

void refuse_foreign(const fs::path& path, const fs::path& data) {
  if (!fs::exists(data)) return;
  const auto named = data_file_of(followed(path));
  if (!named || !is_same_place(*named, data))
    throw OutputError(text(path.string(), ": its samples go to ", data.string(),
                           ", which exists and may belong to something else; move it away or choose another name"));
}

}  // namespace

bool is_detached(const fs::path& path) {
  const auto ending = volume_ending(path);
  return ending == ".mhd" || ending == ".nhdr";
}

fs::path detached_data(const fs::path& path) { return followed(path).replace_extension(".raw"); }

std::unique_ptr<SectionSink> open_detached_sink(const fs::path& path, const VolumeInfo& info,
                                                const std::function<std::string(const std::string& data)>& header,
                                                const SinkOptions& options) {
  const auto data = detached_data(path);
  const auto name = data.filename().string();
  if (name.starts_with("LIST") || name.find('%') != name.npos)
    throw ArgumentError(text(path.string(), ": its header would name ", name, ", which readers take for several files; choose a "
                             "name that does not begin with LIST and has no %"));
  refuse_foreign(path, data);
  { const FileDraft probe(path); }  // the header's place, before hours of work
  BlockLayout layout;
  layout.block = packed_block(info.stored, info.geometry.size);
  layout.publish = [path, data, content = header(name)](VolumeDraft& draft) {
    refuse_foreign(path, data);
    FileDraft head(path);
    write_bytes(head.path(), std::as_bytes(std::span(content)), path);
    draft.publish();
    head.publish();
  };
  return open_block_sink(data, info, std::move(layout), options);
}

}  // namespace firstframe
