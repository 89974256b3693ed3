#include "io/model/safetensors_header.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

using nlohmann::json;

constexpr auto kMetadata = "__metadata__";

std::string description_in(const json& header) {
  const auto metadata = header.find(kMetadata);
  if (metadata != header.end() && metadata->is_object()) {
    const auto ours = metadata->find("firstframe");
    if (ours != metadata->end() && ours->is_string()) return ours->get<std::string>();
  }
  throw FormatError("is a safetensors file of another program; use a model that Firstframe trained");
}

TensorPlace place_of(const std::string& name, const json& entry) {
  const auto type = entry.at("dtype").get<std::string>();
  if (type != "F32")
    throw FormatError(text("array \"", name, "\" is of type ", type, "; only F32 is accepted"));
  TensorPlace place;
  place.name = name;
  for (const auto& size : entry.at("shape")) {
    if (!size.is_number_unsigned() || size.get<std::uint64_t>() > INT64_MAX)
      throw FormatError(text("array \"", name, "\" has a side of ", size.dump()));
    place.shape.push_back(size.get<std::int64_t>());
  }
  const auto& offsets = entry.at("data_offsets");
  if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned() ||
      !offsets[1].is_number_unsigned())
    throw FormatError(text("array \"", name, "\" has the place ", offsets.dump()));
  place.begin = offsets[0].get<std::uint64_t>();
  place.end = offsets[1].get<std::uint64_t>();
  return place;
}

void check_cover(const std::vector<TensorPlace>& tensors, std::uint64_t data_bytes) {
  const auto promised = tensors.empty() ? 0 : tensors.back().end;
  if (data_bytes < promised)
    throw FormatError(text("the model is cut: ", data_bytes, " of ", promised,
                           " bytes of weights are there; copy it "
                           "again"));
  std::uint64_t at = 0;
  for (const auto& tensor : tensors) {
    if (tensor.begin != at || tensor.end < tensor.begin)
      throw FormatError(text("array \"", tensor.name, "\" lies at bytes ", tensor.begin, "..", tensor.end,
                             " of the weights, the one before it ends at ", at, "; the file is damaged"));
    const auto bytes = bytes_of_shape(tensor.shape);
    if (tensor.end - tensor.begin != bytes)
      throw FormatError(text("array \"", tensor.name, "\" has ", tensor.end - tensor.begin,
                             " bytes, its shape promises ", bytes, "; the file is damaged"));
    at = tensor.end;
  }
  if (data_bytes > promised)
    throw FormatError(
        text("has ", data_bytes - promised, " bytes more than its header promises; copy it again"));
}

}  // namespace

std::uint64_t bytes_of_shape(const std::vector<std::int64_t>& shape) {
  std::uint64_t bytes = sizeof(float);
  for (const auto side : shape) {
    const bool is_sound =
        side >= 0 && !__builtin_mul_overflow(bytes, static_cast<std::uint64_t>(side), &bytes);
    if (!is_sound || bytes > std::uint64_t{1} << 62) throw FormatError(text("an array has a side of ", side));
  }
  return bytes;
}

SafetensorsHeader parse_safetensors_header(const std::string& text_of_header, std::uint64_t data_bytes) {
  const auto object = json::parse(text_of_header, nullptr, /*allow_exceptions=*/false);
  if (!object.is_object())
    throw FormatError("is no model file; a safetensors file that Firstframe wrote was expected");
  SafetensorsHeader header;
  header.description = description_in(object);
  try {
    for (const auto& [name, entry] : object.items())
      if (name != kMetadata) header.tensors.push_back(place_of(name, entry));
  } catch (const json::exception& error) {
    throw FormatError(text("has a damaged header (", error.what(), "); copy it again"));
  }
  // By place, and by end as well: an empty array stands before the one that begins where it ends.
  std::sort(header.tensors.begin(), header.tensors.end(), [](const TensorPlace& a, const TensorPlace& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  check_cover(header.tensors, data_bytes);
  return header;
}

}  // namespace firstframe
