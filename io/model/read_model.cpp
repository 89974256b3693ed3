#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/model/info_json.h"
#include "io/model/model_file.h"
#include "io/model/safetensors_header.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

static_assert(std::endian::native == std::endian::little,
              "safetensors values are little-endian and read as they are");

constexpr auto kNoModel = "is no model file; a safetensors file that Firstframe wrote was expected";

std::ifstream opened(const fs::path& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) throw MissingFileError(text(path.string(), ": there is no such file"));
  if (!fs::is_regular_file(status))
    throw FormatError(text(path.string(), ": is no file; give the name of a model"));
  std::ifstream file(path, std::ios::binary);
  if (!file) throw MissingFileError(text(path.string(), ": cannot be read: ", std::strerror(errno)));
  return file;
}

void read_exactly(std::ifstream& file, void* to, std::uint64_t bytes) {
  file.read(static_cast<char*>(to), static_cast<std::streamsize>(bytes));
  if (!file) throw FormatError("ended while it was read; was it being written?");
}

// The header's text. The length is checked against the file before anything of that size is made.
std::string header_of(std::ifstream& file, std::uint64_t file_bytes) {
  if (file_bytes == 0) throw FormatError("the file is empty; a model was expected");
  if (file_bytes < 9) throw FormatError(kNoModel);
  std::uint64_t length = 0;
  char first = 0;
  read_exactly(file, &length, sizeof(length));
  read_exactly(file, &first, 1);
  if (first != '{' || length < 2 || length > kLongestHeader) throw FormatError(kNoModel);
  if (length > file_bytes - 8)
    throw FormatError(text("the model is cut: its header has ", length, " bytes, ", file_bytes - 8,
                           " are there; copy it again"));
  std::string header(length, first);
  read_exactly(file, header.data() + 1, length - 1);
  return header;
}

Model model_in(std::ifstream& file, std::uint64_t file_bytes) {
  const auto json = header_of(file, file_bytes);
  const auto header = parse_safetensors_header(json, file_bytes - 8 - json.size());
  Model model;
  model.info = info_of(header.description);
  for (const auto& tensor : header.tensors) {
    Weight weight{tensor.name, tensor.shape, std::vector<float>((tensor.end - tensor.begin) / sizeof(float))};
    read_exactly(file, weight.values.data(), tensor.end - tensor.begin);
    model.weights.push_back(std::move(weight));
  }
  return model;
}

}  // namespace

Model read_model(const fs::path& path) {
  auto file = opened(path);
  try {
    return model_in(file, fs::file_size(path));
  } catch (const FormatError& error) {
    throw FormatError(text(path.string(), ": ", error.what()));
  }
}

}  // namespace firstframe
