#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/frame/section.h"

namespace firstframe {

/// One picture of a strip and the words below it.
struct StripPicture {
  std::string label;
  Section pixels;  // 1 or 3 channels of 8 bits
};

/// Draws pictures of one extent side by side, labelled, and below each the same detail four times as large; PNG.
/// The detail is the 64 x 64 square of the last picture, the clean one, with the strongest edges.
/// \throws OutputError when the file cannot be written
void draw_strip(const std::filesystem::path& png, const std::vector<StripPicture>& pictures);

}  // namespace firstframe
