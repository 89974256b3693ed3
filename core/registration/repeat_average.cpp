#include "core/registration/repeat_average.h"

#include <tbb/parallel_for.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <mutex>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/torch_threads.h"
#include "core/colour/luma.h"
#include "core/frame/normalised.h"
#include "core/registration/block_change.h"
#include "core/registration/measure_motion.h"
#include "core/registration/odd_repeats.h"

namespace firstframe {
namespace {

constexpr std::int64_t kSmallestSide = 24;  // pixels
constexpr int kRounds = 2;                  // on the mean of the others
constexpr double kFarthestPart = 0.25;      // of a side
constexpr double kMostUnlike = 4;
constexpr double kLeastAgreement = 0.2;

double rounded(double value) { return std::round(100 * value) / 100; }

torch::Tensor planes_of(const SectionView& section) {
  const auto extent = section.layout.extent;
  auto planes = torch::empty({section.layout.channels, extent.rows, extent.cols});
  load_normalised(section, {0, 0, extent.rows, extent.cols}, Border::replicate, planes.data_ptr<float>());
  return planes;
}

torch::Tensor luma_plane(const Section& section) { return planes_of(luma_or_grey(section.view()).view())[0]; }

// Of the reference's grid, block weights as weights of pixels; the rest of a division by the block goes on as the edge.
torch::Tensor pixel_weights(const torch::Tensor& blocks, Extent extent) {
  namespace F = torch::nn::functional;
  const auto rows = blocks.size(0) * kBlock, cols = blocks.size(1) * kBlock;
  const auto fine = F::interpolate(blocks.unsqueeze(0).unsqueeze(0), F::InterpolateFuncOptions()
                                                                         .size(std::vector<std::int64_t>{rows, cols})
                                                                         .mode(torch::kBilinear)
                                                                         .align_corners(false));
  return F::pad(fine, F::PadFuncOptions({0, extent.cols - cols, 0, extent.rows - rows}).mode(torch::kReplicate))[0][0];
}

// 1 where the repeat shows pixels of its own.
torch::Tensor coverage(Extent extent, const RepeatMotion& motion) {
  auto mask = torch::zeros({extent.rows, extent.cols});
  const auto own = covered_by(extent, motion);
  mask.narrow(0, own.row, own.rows).narrow(1, own.col, own.cols).fill_(1);
  return mask;
}

// One averaging: the reports, and what lies where so far.
class Work {
 public:
  Work(const std::vector<Section>& repeats, const std::vector<std::string>& names, const AverageSettings& settings,
       const std::function<void(std::int64_t, std::int64_t)>& report, std::stop_token stop)
      : repeats_(repeats), settings_(settings), report_(report), stop_(std::move(stop)), blocks_(repeats.size()) {
    for (const auto& name : names) reports_.push_back({name, true, "", {}, 1, 0});
  }

  AveragedRepeats run() {
    register_on_reference();
    leave_out_odd();
    for (int round = 0; round < kRounds; ++round) register_on_others();
    leave_out_odd();
    check_agreement();
    return weighted_mean();
  }

 private:
  std::size_t reference() const { return static_cast<std::size_t>(settings_.reference); }
  Extent extent() const { return repeats_.front().extent(); }

  std::vector<std::size_t> used() const {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < reports_.size(); ++i)
      if (reports_[i].is_used) all.push_back(i);
    return all;
  }

  void check_stop() const {
    if (stop_.stop_requested()) throw Cancelled("average: stopped");
  }

  torch::Tensor registered(std::size_t i) const { return moved_back(luma_plane(repeats_[i]), reports_[i].motion); }

  // Measures every used repeat but the reference, in parallel; each writes its own report only.
  template <typename Measure>
  void measure_all(const Measure& measure) {
    const auto all = used();
    tbb::parallel_for(std::size_t{0}, all.size(), [&](std::size_t k) {
      torch::NoGradGuard no_grad;
      const TorchThreads one(1);
      check_stop();
      const auto i = all[k];
      if (i != reference()) reports_[i].motion = measure(i);
      check_distance(reports_[i]);
      if (reports_[i].is_used) blocks_[i] = block_means(registered(i));
      count_one();
    });
  }

  void check_distance(RepeatReport& one) const {
    if (std::abs(one.motion.down) <= kFarthestPart * static_cast<double>(extent().rows) &&
        std::abs(one.motion.across) <= kFarthestPart * static_cast<double>(extent().cols))
      return;
    one.is_used = false;
    one.why_not = text("moved by ", rounded(one.motion.down), " pixels down and ", rounded(one.motion.across),
                       " across, more than a quarter of a side");
  }

  void count_one() {
    const std::lock_guard hold(lock_);
    if (report_) report_(++done_, static_cast<std::int64_t>(reports_.size()) * (1 + kRounds));
  }

  void register_on_reference() {
    const auto still = luma_plane(repeats_[reference()]);
    measure_all([&](std::size_t i) { return motion_between(still, luma_plane(repeats_[i])); });
  }

  void register_on_others() {
    auto sum = torch::zeros({extent().rows, extent().cols}, torch::kFloat64);
    const auto all = used();
    for (const auto i : all) sum += registered(i);
    measure_all([&](std::size_t i) {
      const auto plane = registered(i);
      const auto others = ((sum - plane) / static_cast<double>(all.size() - 1)).to(torch::kFloat32);
      const auto& before = reports_[i].motion;
      const auto more = motion_between(others, plane);
      return RepeatMotion{before.down + more.down, before.across + more.across};
    });
  }

  torch::Tensor blocks_of(const std::vector<std::size_t>& which) const {
    std::vector<torch::Tensor> all;
    for (const auto i : which) all.push_back(blocks_[i]);
    return torch::stack(all);
  }

  // The worst first, since it may be what makes others look odd.
  void leave_out_odd() {
    for (;;) {
      const auto all = used();
      check_majority(all.size());
      const auto how_unlike = unlikeness(blocks_of(all));
      for (std::size_t k = 0; k < all.size(); ++k) reports_[all[k]].unlikeness = how_unlike[k];
      const auto worst = static_cast<std::size_t>(std::max_element(how_unlike.begin(), how_unlike.end()) - how_unlike.begin());
      if (how_unlike[worst] <= kMostUnlike) return;
      auto& odd = reports_[all[worst]];
      odd.is_used = false;
      odd.why_not = text("differs from the others ", rounded(how_unlike[worst]),
                         " times as much as they usually do (mean square of ", kBlock, " x ", kBlock, " means; at most ",
                         kMostUnlike, ")");
      if (all[worst] == reference())
        throw FormatError(text("average: the reference, ", odd.name, ", ", odd.why_not,
                               "; choose another repeat as the reference"));
    }
  }

  void check_majority(std::size_t left) const {
    if (left >= 2 && 2 * left > reports_.size()) return;
    std::string which;
    for (const auto& one : reports_)
      if (!one.is_used && which.empty()) which = text("; ", one.name, " ", one.why_not);
    throw FormatError(text("average: of ", reports_.size(), " repeats only ", left,
                           " agree; more than half must show one scene", which));
  }

  void check_agreement() const {
    const auto all = used();
    const auto agreements = agreement(blocks_of(all));
    for (std::size_t k = 0; k < all.size(); ++k)
      if (agreements[k] < kLeastAgreement)
        throw FormatError(text("average: ", reports_[all[k]].name, " has nothing in common with the others: correlation ",
                               rounded(agreements[k]), " of ", kBlock, " x ", kBlock, " means, at least ", kLeastAgreement,
                               " is needed; give repeats of one scene that has contours"));
  }

  AveragedRepeats weighted_mean() {
    const auto all = used();
    const auto weights = block_weights(blocks_of(all));
    auto sum = torch::zeros({repeats_.front().channels(), extent().rows, extent().cols}, torch::kFloat64);
    auto weight_sum = torch::zeros({extent().rows, extent().cols}, torch::kFloat64);
    AveragedRepeats result;
    result.valid = {0, 0, extent().rows, extent().cols};
    for (std::size_t k = 0; k < all.size(); ++k) {
      check_stop();
      auto& one = reports_[all[k]];
      one.part_weakened = (weights[static_cast<std::int64_t>(k)] < 1).to(torch::kFloat64).mean().item<double>();
      if (all[k] == reference() && !settings_.includes_reference) continue;
      const auto own = covered_by(extent(), one.motion);
      result.valid = intersection(result.valid, own);
      auto weight = coverage(extent(), one.motion);
      if (one.part_weakened > 0) weight = weight * pixel_weights(weights[static_cast<std::int64_t>(k)], extent());
      const auto planes = planes_of(repeats_[all[k]].view());
      for (std::int64_t channel = 0; channel < planes.size(0); ++channel)
        sum[channel] += (moved_back(planes[channel], one.motion) * weight).to(torch::kFloat64);
      weight_sum += weight;
      ++result.averaged;
    }
    result.mean = Section(SampleType::float32, sum.size(0), extent());
    result.uncovered = (weight_sum == 0).sum().item<std::int64_t>();
    const auto mean = sum / weight_sum.clamp_min(1e-12);
    torch::from_blob(result.mean.samples<float>(), {sum.size(0), extent().rows, extent().cols}).copy_(mean);
    result.repeats = std::move(reports_);
    return result;
  }

  const std::vector<Section>& repeats_;
  const AverageSettings& settings_;
  const std::function<void(std::int64_t, std::int64_t)>& report_;
  const std::stop_token stop_;
  std::vector<torch::Tensor> blocks_;  // means of the registered repeats
  std::vector<RepeatReport> reports_;
  std::mutex lock_;  // guards the next, and calls of report_
  std::int64_t done_ = 0;
};

}  // namespace

void RepeatAverage::add(const SectionView& section, std::string name) {
  const auto& layout = section.layout;
  const auto extent = layout.extent;
  if (std::min(extent.rows, extent.cols) < kSmallestSide)
    throw FormatError(text("average: ", name, " is ", name_of(extent), "; motion is measured on at least ", kSmallestSide,
                           " x ", kSmallestSide));
  if (layout.channels != 1 && layout.channels != 3)
    throw FormatError(text("average: ", name, " has ", layout.channels, " channels; 1 or 3 are accepted"));
  if (!repeats_.empty()) {
    const auto& first = repeats_.front();
    if (extent != first.extent() || layout.type != first.type() || layout.channels != first.channels())
      throw FormatError(text("average: ", name, " is ", name_of(extent), ", ", name_of(layout.type), ", ", layout.channels,
                             layout.channels == 1 ? " channel" : " channels", "; the first, ", names_.front(), ", is ",
                             name_of(first.extent()), ", ", name_of(first.type()), ", ", first.channels(),
                             "; repeats must be alike"));
  }
  planes_of(section);  // refuses NaN and infinity, naming the place
  repeats_.emplace_back(section);
  names_.push_back(std::move(name));
}

AveragedRepeats RepeatAverage::average(const AverageSettings& settings,
                                       const std::function<void(std::int64_t, std::int64_t)>& report,
                                       std::stop_token stop) const {
  if (count() < 2)
    throw FormatError(text("average: ", count() == 1 ? names_.front() + " is one frame" : "no frame came",
                           "; at least two repeats of one scene are needed"));
  if (settings.reference < 0 || settings.reference >= count())
    throw ArgumentError(text("average: there is no repeat ", settings.reference, " for a reference; use 0..", count() - 1));
  torch::NoGradGuard no_grad;
  const TorchThreads one(1);
  return Work(repeats_, names_, settings, report, std::move(stop)).run();
}

}  // namespace firstframe
