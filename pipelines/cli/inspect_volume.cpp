#include "pipelines/cli/inspect_volume.h"

#include "core/base/text.h"
#include "core/frame/value_extremes.h"

namespace firstframe {

nlohmann::ordered_json describe_volume(const std::filesystem::path& path, const VolumeOptions& options) {
  const auto source = open_volume(path, options);
  const auto& info = source->info();
  const auto& geometry = info.geometry;
  const bool is_whole = info.access == VolumeInfo::Access::whole;
  nlohmann::ordered_json json{{"kind", "volume"},
                              {"format", info.format},
                              {"stored_type", name_of(info.stored)},
                              {"size", geometry.size},
                              {"spacing", geometry.spacing},
                              {"origin", geometry.origin},
                              {"direction", geometry.direction},
                              {"compressed", info.compressed},
                              {"access", is_whole ? "whole" : "by section"}};
  if (is_whole) {
    const auto bytes = geometry.size[0] * geometry.size[1] * geometry.size[2] * bytes_per_sample(info.stored);
    json["note"] = text("The whole volume is decoded into memory before the first section: ", bytes, " bytes.");
  }

  const auto middle = source->count() / 2;
  const auto values = value_extremes(source->read(middle));
  const auto offset = code_of(info.stored).offset;
  json["axis"] = name_of(source->axis());
  json["sections"] = source->count();
  json["rows"] = source->extent().rows;
  json["columns"] = source->extent().cols;
  json["middle_section"] = middle;
  if (values.low <= values.high) {
    json["lowest_value"] = values.low - offset;
    json["highest_value"] = values.high - offset;
  } else {
    json["lowest_value"] = json["highest_value"] = nullptr;  // no sample of it is a number
  }
  json["metadata"] = info.metadata;
  return json;
}

}  // namespace firstframe
