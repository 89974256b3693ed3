#include "pipelines/reproduce/scoring.h"

#include <algorithm>
#include <chrono>
#include <limits>

#include "core/base/thread_budget.h"
#include "core/metrics/matched_psnr.h"
#include "core/metrics/psnr.h"
#include "core/metrics/ssim.h"
#include "core/tiling/restore_tiled.h"
#include "pipelines/reproduce/at_once.h"

namespace firstframe {
namespace {

template <typename Value>
double mean(const std::vector<PictureScore>& scores, const Value& value) {
  double sum = 0;
  for (const auto& one : scores) sum += value(one);
  return scores.empty() ? std::numeric_limits<double>::quiet_NaN() : sum / static_cast<double>(scores.size());
}

}  // namespace

PictureScore score(const TestPicture& test, const Section& restored) {
  const auto a = restored.extent(), b = test.clean.extent(), c = test.input.extent();
  const Region common{0, 0, std::min({a.rows, b.rows, c.rows}), std::min({a.cols, b.cols, c.cols})};
  const auto clean = test.clean.view().crop(common), now = restored.view().crop(common);
  const auto figures = picture_psnr(now, clean);
  PictureScore result;
  result.picture = test.name;
  result.input_db = psnr(test.input.view().crop(common), clean);
  result.full_db = figures.luma_full;
  result.studio_db = figures.luma_studio;
  result.ssim = ssim(now, clean);
  if (test.has_own_brightness) result.matched_db = matched_psnr(now, clean);
  return result;
}

SetScore score_set(const Restorer& restorer, const std::vector<TestPicture>& set, const RestoreSettings& settings,
                   bool side_by_side, std::stop_token stop) {
  SetScore result;
  result.pictures.resize(set.size());
  std::vector<double> ms(set.size());
  auto one_thread = settings;
  side_by_side = side_by_side && restorer.is_parallel();
  if (side_by_side) one_thread.threads = 1;
  const auto restore_one = [&](std::size_t i) {
    const auto start = std::chrono::steady_clock::now();
    const auto restored = restore(restorer, set[i].degraded.view(), one_thread, stop);
    ms[i] = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    result.pictures[i] = score(set[i], restored);
  };
  at_once(set.size(), side_by_side ? thread_budget(0) : 1, restore_one);
  for (const double one : ms) result.restore_ms += one / static_cast<double>(set.size());
  return result;
}

SetScore score_inputs(const std::vector<TestPicture>& set) {
  SetScore result;
  for (const auto& test : set) result.pictures.push_back(score(test, test.input));
  return result;
}

double mean_full_db(const std::vector<PictureScore>& scores) {
  return mean(scores, [](const PictureScore& one) { return one.full_db; });
}

double mean_matched_db(const std::vector<PictureScore>& scores) {
  return mean(scores, [](const PictureScore& one) { return one.matched_db.value_or(one.full_db); });
}

double mean_studio_db(const std::vector<PictureScore>& scores) {
  return mean(scores, [](const PictureScore& one) { return one.studio_db; });
}

double mean_ssim(const std::vector<PictureScore>& scores) {
  return mean(scores, [](const PictureScore& one) { return one.ssim; });
}

double mean_gain_db(const std::vector<PictureScore>& scores) {
  return mean(scores, [](const PictureScore& one) { return one.gain_db(); });
}

double worst_gain_db(const std::vector<PictureScore>& scores) {
  double worst = std::numeric_limits<double>::infinity();
  for (const auto& one : scores) worst = std::min(worst, one.gain_db());
  return worst;
}

}  // namespace firstframe
