#include "pipelines/bench/peers.h"

#include <cmath>
#include <opencv2/imgproc.hpp>
#include <opencv2/photo.hpp>

#include "core/base/text.h"
#include "core/metrics/psnr.h"
#include "core/tiling/restore_tiled.h"
#include "io/picture/section_mat.h"
#include "pipelines/bench/bench_frame.h"
#include "pipelines/bench/bench_models.h"

namespace firstframe {
namespace {

struct Filter {
  const char* name;
  const char* strength;
  std::vector<double> strengths;
  void (*apply)(const cv::Mat& from, cv::Mat& to, double strength);
};

const std::vector<Filter>& filters() {
  static const std::vector<Filter> all{
      {"cv::fastNlMeansDenoising (7, 21)", "h", {15, 20, 25, 30},
       [](const cv::Mat& from, cv::Mat& to, double h) { cv::fastNlMeansDenoising(from, to, static_cast<float>(h), 7, 21); }},
      {"cv::bilateralFilter (9)", "sigma", {40, 60, 80, 110},
       [](const cv::Mat& from, cv::Mat& to, double sigma) { cv::bilateralFilter(from, to, 9, sigma, 3); }},
      {"cv::GaussianBlur", "sigma", {0.8, 1, 1.3, 1.6},
       [](const cv::Mat& from, cv::Mat& to, double sigma) { cv::GaussianBlur(from, to, {}, sigma, 0, cv::BORDER_REFLECT_101); }}};
  return all;
}

}  // namespace

std::vector<PeerRow> measure_denoisers(const BenchOptions& options) {
  const auto frame = bench_frame({450, 900}, bench_noise(), 1);
  const auto restorer = make_restorer(bench_model("residual", bench_noise(), options), options.device, Precision::automatic);
  RestoreSettings settings;
  settings.threads = options.threads;
  Section restored;
  const auto ours = timed(options.seconds, [&] { restored = restore(*restorer, frame.degraded.view(), settings, options.stop); }, options.stop);
  const double our_psnr = psnr(restored.view(), frame.clean.view());

  std::vector<PeerRow> rows;
  const auto noisy = mat_of(frame.degraded.view());
  for (const auto& filter : filters()) {
    PeerRow row;
    cv::Mat smooth;
    double best = 0;
    for (const double strength : filter.strengths) {
      filter.apply(noisy, smooth, strength);
      const double db = psnr(section_of(smooth).view(), frame.clean.view());
      if (best == 0 || db > row.psnr) {
        row.psnr = db;
        best = strength;
      }
    }
    row.task = "denoise 450 x 900, noise 25";
    row.peer = text(filter.name, ", ", filter.strength, " ", best);
    row.ours = "residual";
    row.timing = timed(options.seconds, [&] { filter.apply(noisy, smooth, best); }, options.stop);
    row.our_timing = ours;
    row.our_psnr = our_psnr;
    row.apart_db = std::abs(row.psnr - row.our_psnr);
    options.say(text(row.peer, ": ", row.timing.median_ms, " ms, ", row.psnr, " dB; ours ", ours.median_ms, " ms, ", our_psnr, " dB"));
    rows.push_back(row);
  }
  return rows;
}

}  // namespace firstframe
