#include "pipelines/cli/measure_volume.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/frame/value_extremes.h"
#include "core/metrics/psnr.h"
#include "core/metrics/ssim.h"

namespace firstframe {
namespace {

struct Figures {
  double psnr = 0;
  double ssim = 0;
};

// JSON knows no infinity: equal sections give null.
nlohmann::json json_of(const Figures& figures) {
  return {{"psnr_db", std::isfinite(figures.psnr) ? nlohmann::json(figures.psnr) : nlohmann::json()}, {"ssim", figures.ssim}};
}

std::string line_of(const std::string& name, const Figures& figures) {
  std::ostringstream out;
  out << std::fixed << name << std::setprecision(2) << "  PSNR " << figures.psnr << " dB, SSIM " << std::setprecision(4)
      << figures.ssim << "\n";
  return out.str();
}

double offset_of(const SectionSource& source) { return code_of(source.info().stored).offset; }

// In stored values. One pass over the volume.
ValueRange range_of(SectionSource& source) {
  ValueRange all{std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest()};
  for (std::int64_t i = 0; i < source.count(); ++i) {
    const auto found = value_extremes(source.read(i));
    all.low = std::min(all.low, found.low - offset_of(source));
    all.high = std::max(all.high, found.high - offset_of(source));
  }
  if (!(all.low < all.high))
    throw FormatError(text(source.path().string(), ": every sample is ", all.low, "; PSNR needs a range, give --range LOW:HIGH"));
  return all;
}

Section read_in(const ValueRange& range, SectionSource& source, std::int64_t index) {
  auto section = source.read(index);
  section.set_range({range.low + offset_of(source), range.high + offset_of(source)});
  return section;
}

SectionView inside(const SectionView& section, std::int64_t border) {
  const auto extent = section.layout.extent;
  return section.crop({border, border, extent.rows - 2 * border, extent.cols - 2 * border});
}

Figures mean_of(const std::vector<Figures>& all) {
  Figures mean;
  for (const auto& one : all) {
    mean.psnr += one.psnr / static_cast<double>(all.size());
    mean.ssim += one.ssim / static_cast<double>(all.size());
  }
  return mean;
}

}  // namespace

void measure_volume(const VolumeMeasure& job) {
  const auto restored = open_volume(job.restored, volume_options(job.volume));
  const auto clean = open_volume(job.clean, volume_options(job.volume));
  if (restored->info().geometry.size != clean->info().geometry.size)
    throw FormatError(text("measure: ", job.restored, " has ", restored->count(), " sections of ", name_of(restored->extent()), ", ",
                           job.clean, " ", clean->count(), " of ", name_of(clean->extent()), "; both must be of one size"));
  if (job.except && *job.except >= clean->count())
    throw ArgumentError(text("except: there is no section ", *job.except, "; use 0..", clean->count() - 1));
  const auto range = job.range ? *job.range : range_of(*clean);

  std::vector<Figures> all;
  auto rows = nlohmann::json::array();
  for (std::int64_t i = 0; i < clean->count(); ++i) {
    if (i < job.skip || i == job.except) continue;
    const auto restored_section = read_in(range, *restored, i), clean_section = read_in(range, *clean, i);
    const auto a = inside(restored_section.view(), job.border), b = inside(clean_section.view(), job.border);
    all.push_back({psnr(a, b), ssim(a, b)});
    if (job.per_frame && !job.json) std::cout << line_of(text("section ", i), all.back());
    auto row = json_of(all.back());
    row["section"] = i;
    rows.push_back(std::move(row));
  }
  if (all.empty()) throw FormatError(text("measure: ", job.clean, " has no section but those that were left out"));
  const auto mean = mean_of(all);
  if (!job.json) {
    std::cout << line_of(text("mean of ", all.size(), " sections, black ", range.low, " and white ", range.high), mean);
    return;
  }
  nlohmann::json result{{"sections", all.size()}, {"low", range.low}, {"high", range.high}, {"mean", json_of(mean)}};
  if (job.per_frame) result["per_section"] = rows;
  std::cout << result.dump(2) << "\n";
}

}  // namespace firstframe
