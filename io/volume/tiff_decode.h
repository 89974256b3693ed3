#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "io/volume/tiff_pages.h"

namespace firstframe {

/// One page, decoded by libtiff: packed rows, native byte order.
/// \param to  as many bytes as the page has
/// \throws FormatError naming the page, with libtiff's reason
void decode_tiff_page(TiffFile& file, const TiffPages& stack, std::int64_t page, std::span<std::byte> to);

}  // namespace firstframe
