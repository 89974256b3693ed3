#include "io/volume/stored_section.h"

#include <bit>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/volume/sample_codec.h"

namespace firstframe {

StoredSection stored_section(StoredType stored, Extent extent, const SectionView& section,
                             const std::filesystem::path& target) {
  const auto& layout = section.layout;
  const auto code = code_of(stored);
  if (layout.extent != extent || layout.channels != 1 ||
      (layout.type != code.type && layout.type != SampleType::float32))
    throw ArgumentError(text(target.string(), ": was given a section of ", name_of(layout.extent), ", ",
                             layout.channels, " channels, ", name_of(layout.type), "; ", name_of(extent),
                             ", 1 channel, ", name_of(code.type), " is accepted"));
  if (layout.type == code.type) return {Section(section), 0};
  StoredSection result{Section(code.type, 1, extent), 0};
  constexpr bool kBigEndian = std::endian::native == std::endian::big;
  const auto to = result.section.span();
  for (std::int64_t row = 0; row < extent.rows; ++row) {
    result.clipped += encode_samples(stored, kBigEndian, layout.type, section.at(0, row), layout.col_stride,
                                     extent.cols, to.at(0, row));
    decode_samples(stored, kBigEndian, to.at(0, row), bytes_per_sample(stored), extent.cols, to.at(0, row));
  }
  return result;
}

}  // namespace firstframe
