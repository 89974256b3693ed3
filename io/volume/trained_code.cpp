#include "io/volume/trained_code.h"

#include <algorithm>
#include <iterator>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {

std::string trained_type(const TrainedRange& trained) {
  if (trained.type == SampleType::float32) return name_of(trained.type);  // and not that of another type which is coded so
  const auto type = std::find_if(std::begin(kStoredTypes), std::end(kStoredTypes), [&](StoredType candidate) {
    const auto code = code_of(candidate);
    return code.type == trained.type && code.offset == trained.offset;
  });
  return type == std::end(kStoredTypes) ? name_of(trained.type) : name_of(*type);
}

ValueRange stored_range(const TrainedRange& trained) {
  return {trained.range.low - trained.offset, trained.range.high - trained.offset};
}

void require_trained_code(const ModelInfo& model, StoredType stored, const std::string& what, const std::string& remedy) {
  const auto& trained = model.trained_range;
  const auto code = code_of(stored);
  if (!trained || trained->type != code.type || trained->offset == code.offset) return;
  const auto range = stored_range(*trained);
  throw FormatError(text(what, ": holds ", name_of(stored), ", the model was trained on ", trained_type(*trained), " with black ",
                         range.low, " and white ", range.high, "; say what they are here with ", remedy,
                         ", or train on such samples"));
}

}  // namespace firstframe
