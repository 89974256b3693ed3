#include "pipelines/cli/roi_flag.h"

#include <charconv>
#include <string_view>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

// Takes a number and the mark after it off the front.
bool take(std::string_view& rest, std::int64_t& number, std::string_view mark) {
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (error != std::errc() || number < 0) return false;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  if (!rest.starts_with(mark)) return false;
  rest.remove_prefix(mark.size());
  return true;
}

std::optional<Region> region_named(std::string_view rest) {
  Region region;
  if (take(rest, region.row, ",") && take(rest, region.col, ",") && take(rest, region.rows, "x") &&
      take(rest, region.cols, "") && rest.empty())
    return region;
  return std::nullopt;
}

}  // namespace

void add_roi_flag(CLI::App& command, std::vector<std::string>& rois) {
  command.add_option("--roi", rois,
                     "A region that OCT figures are taken in, background=ROW,COL,ROWSxCOLS once and layer=ROW,COL,ROWSxCOLS "
                     "once or more; without it they are found, and said")
      ->type_name("KIND=REGION")->allow_extra_args(false);
}

std::optional<OctRegions> oct_regions_from(const std::vector<std::string>& rois) {
  if (rois.empty()) return std::nullopt;
  OctRegions regions;
  int backgrounds = 0;
  for (const auto& roi : rois) {
    const auto equals = roi.find('=');
    const auto kind = roi.substr(0, equals);
    const auto region = equals == std::string::npos ? std::nullopt : region_named(std::string_view(roi).substr(equals + 1));
    if (!region || (kind != "background" && kind != "layer"))
      throw ArgumentError(text("measure: --roi ", roi, " is not accepted; write background=ROW,COL,ROWSxCOLS or "
                               "layer=ROW,COL,ROWSxCOLS, for example layer=120,300,12x60"));
    if (kind == "layer") {
      regions.layers.push_back(*region);
    } else {
      regions.background = *region;
      ++backgrounds;
    }
  }
  if (backgrounds != 1 || regions.layers.empty())
    throw ArgumentError(text("measure: --roi gives ", backgrounds, " backgrounds and ", regions.layers.size(),
                             " layers; one background and at least one layer are needed"));
  return regions;
}

}  // namespace firstframe
