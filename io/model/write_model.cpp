#include <cstring>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_bytes.h"
#include "io/files/file_draft.h"
#include "io/model/info_json.h"
#include "io/model/model_file.h"
#include "io/model/safetensors_header.h"

namespace firstframe {
namespace {

void refuse_unfit(const std::filesystem::path& path, const Weight& weight) {
  const auto promised = bytes_of_shape(weight.shape) / sizeof(float);
  if (promised != weight.values.size())
    throw ArgumentError(text(path.string(), ": weight \"", weight.name, "\" has ", weight.values.size(),
                             " values, its shape promises ", promised));
}

// The weights in their order, one after the other, and the description in front.
std::string header_for(const std::filesystem::path& path, const Model& model) {
  nlohmann::ordered_json header;
  header["__metadata__"]["firstframe"] = json_of(model.info);
  std::uint64_t at = 0;
  for (const auto& weight : model.weights) {
    refuse_unfit(path, weight);
    if (header.contains(weight.name))
      throw ArgumentError(text(path.string(), ": two weights are named \"", weight.name, "\""));
    const auto end = at + weight.values.size() * sizeof(float);
    header[weight.name] = {{"dtype", "F32"}, {"shape", weight.shape}, {"data_offsets", {at, end}}};
    at = end;
  }
  auto json = header.dump();
  // Blanks bring the weights to a multiple of 8 bytes, so that other programs can map the file into memory.
  json.resize((json.size() + 7) / 8 * 8, ' ');
  return json;
}

}  // namespace

void write_model(const std::filesystem::path& path, const Model& model) {
  std::string json;
  try {
    json = header_for(path, model);
  } catch (const nlohmann::json::exception& error) {
    throw ArgumentError(text(path.string(), ": the model's texts are no UTF-8: ", error.what()));
  }
  if (json.size() > kLongestHeader)
    throw ArgumentError(text(path.string(), ": the header would have ", json.size(), " bytes; at most ",
                             kLongestHeader, " are accepted"));

  std::vector<std::byte> file;
  const auto append = [&](const void* from, std::size_t bytes) {
    const auto* begin = static_cast<const std::byte*>(from);
    file.insert(file.end(), begin, begin + bytes);
  };
  const std::uint64_t length = json.size();
  append(&length, sizeof(length));
  append(json.data(), json.size());
  for (const auto& weight : model.weights) append(weight.values.data(), weight.values.size() * sizeof(float));

  FileDraft draft(path);
  write_bytes(draft.path(), file, path);
  draft.publish();
}

}  // namespace firstframe
