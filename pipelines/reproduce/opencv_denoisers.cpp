#include "pipelines/reproduce/opencv_denoisers.h"

#include <opencv2/imgproc.hpp>
#include <opencv2/photo.hpp>

#include "core/base/text.h"
#include "io/picture/section_mat.h"

namespace firstframe {
namespace {

Section gaussian(const SectionView& noisy, double sigma) {
  cv::Mat smooth;
  cv::GaussianBlur(mat_of(noisy), smooth, {}, sigma, 0, cv::BORDER_REFLECT_101);
  return section_of(smooth);
}

// Eight times as wide as high: along layers, which lie across.
Section gaussian_across(const SectionView& noisy, double sigma) {
  cv::Mat smooth;
  cv::GaussianBlur(mat_of(noisy), smooth, {}, sigma, sigma / 8, cv::BORDER_REFLECT_101);
  return section_of(smooth);
}

Section median(const SectionView& noisy, double side) {
  cv::Mat smooth;
  cv::medianBlur(mat_of(noisy), smooth, static_cast<int>(side));
  return section_of(smooth);
}

Section bilateral(const SectionView& noisy, double sigma) {
  constexpr int kSide = 15;          // pixels
  constexpr double kSigmaSpace = 3;  // pixels
  cv::Mat smooth;
  cv::bilateralFilter(mat_of(noisy), smooth, kSide, sigma, kSigmaSpace);
  return section_of(smooth);
}

Section total_variation(const SectionView& noisy, double lambda) {
  constexpr int kIterations = 100;
  cv::Mat smooth;
  cv::denoise_TVL1({mat_of(noisy)}, smooth, lambda, kIterations);
  return section_of(smooth);
}

Section non_local_means(const SectionView& noisy, double strength) {
  cv::Mat smooth;
  cv::fastNlMeansDenoising(mat_of(noisy), smooth, static_cast<float>(strength));
  return section_of(smooth);
}

OpencvDenoiser with_strengths(const std::string& name, const std::string& label, const std::string& unit,
                              Section (*denoise)(const SectionView&, double), const std::vector<double>& values) {
  OpencvDenoiser all{name, label, {}};
  for (const double value : values) all.strengths.push_back({text(unit, " ", value), denoise, value});
  return all;
}

}  // namespace

std::vector<OpencvDenoiser> opencv_denoisers() {
  return {with_strengths("gaussian", "Gaussian", "sigma", gaussian, {1, 1.5, 2, 2.5, 3, 4}),
          with_strengths("gaussian-across", "Gaussian, 8 times as wide as high", "sigma", gaussian_across, {4, 8, 12, 16, 24}),
          with_strengths("median", "median", "side", median, {3, 5, 7, 9, 11}),
          with_strengths("bilateral", "bilateral", "sigma", bilateral, {60, 80, 100, 130, 160, 200}),
          with_strengths("tv", "total variation", "lambda", total_variation, {0.1, 0.2, 0.3, 0.4, 0.5, 0.7}),
          with_strengths("nlm", "cv::fastNlMeansDenoising", "h", non_local_means, {10, 15, 20, 25, 30, 35, 40, 45, 50})};
}

}  // namespace firstframe
