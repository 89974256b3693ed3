#include "pipelines/reproduce/lab.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/settings/setting_table.h"
#include "core/training/trainer.h"

namespace firstframe {
namespace {

constexpr std::int64_t kQuickSteps = 20;
constexpr double kPriorNoise = 5;    // 8-bit units
constexpr double kPriorSeconds = 60;
constexpr std::int64_t kMosaicSide = 320, kMosaicColumns = 5;

// The middles of pictures side by side, as one training picture.
CleanPicture mosaic_of(const std::vector<CleanPicture>& pictures) {
  std::int64_t side = kMosaicSide;
  for (const auto& picture : pictures)
    side = std::min({side, picture.pixels.extent().rows, picture.pixels.extent().cols});
  const auto count = static_cast<std::int64_t>(pictures.size());
  const std::int64_t across = std::min(count, kMosaicColumns), down = count / across;
  Section mosaic(pictures.front().pixels.type(), pictures.front().pixels.channels(), {down * side, across * side});
  for (std::int64_t i = 0; i < down * across; ++i) {
    const auto& pixels = pictures[static_cast<std::size_t>(i)].pixels;
    SectionSpan place = mosaic.span();
    place.data += i / across * side * place.layout.row_stride + i % across * side * place.layout.col_stride;
    place.layout.extent = {side, side};
    copy_pixels(pixels.view().crop({(pixels.extent().rows - side) / 2, (pixels.extent().cols - side) / 2, side, side}), place);
  }
  return {"mosaic", std::move(mosaic), 1};
}

}  // namespace

Lab::Lab(const ReproduceOptions& options) : options_(options), folder_(options.data, options.quick) {}

const std::vector<CleanPicture>& Lab::set11() {
  if (set11_.empty()) set11_ = folder_.set11();
  return set11_;
}

const std::vector<CleanPicture>& Lab::bsd() {
  if (bsd_.empty()) bsd_ = folder_.bsd();
  return bsd_;
}

const CleanPicture& Lab::set11(const std::string& name) {
  const auto& all = set11();
  const auto found = std::find_if(all.begin(), all.end(), [&](const CleanPicture& one) { return one.name == name; });
  if (found == all.end()) throw ArgumentError(text("reproduce: Set11 has no picture ", name));
  return *found;
}

TestSet Lab::set11_without(const std::string& name, const Degradation& degradation) {
  TestSet set{"Set11", {}};
  for (const auto& picture : set11())
    if (picture.name != name) set.pictures.push_back(test_picture(picture, degradation));
  return set;
}

TestSet Lab::bsd_set(const Degradation& degradation) {
  TestSet set{"BSD", {}};
  for (const auto& picture : bsd()) set.pictures.push_back(test_picture(picture, degradation));
  return set;
}

std::shared_ptr<const Restorer> Lab::train(const TrainingPair& pair, TrainSettings settings) const {
  settings.seconds *= options_.seconds_scale;
  if (options_.steps > 0) settings.steps = options_.steps;
  if (options_.quick) settings.steps = kQuickSteps;
  return firstframe::train(pair, settings, {}, options_.stop);
}

std::shared_ptr<const Restorer> Lab::trained_prior() {
  if (prior_) return prior_;
  options_.say("training the prior of red and pnp");
  Degradation noise;
  noise.noise_sigma = kPriorNoise;
  TrainSettings settings;
  settings.restorer = "dncnn";
  settings.width = 32;
  settings.depth = 10;
  settings.noise_jitter = 1;
  settings.border = Border::reflect;
  settings.seconds = kPriorSeconds;
  prior_ = train(pair_of(test_picture(mosaic_of(folder_.prior_pictures()), noise)), settings);
  return prior_;
}

std::string Lab::label(const std::string& restorer, double seconds) const {
  if (options_.steps > 0) return text(restorer, ", ", options_.steps, " steps");
  return text(restorer, ", ", seconds * options_.seconds_scale, " s");
}

std::string changed_settings(const TrainSettings& settings) {
  Settings all;
  all.train = settings;
  std::string changed;
  for (const auto& setting : setting_table()) {
    if (!setting.trains || setting.name == "restorer" || setting.name == "seconds" || setting.name == "steps" ||
        setting.name == "seed" || setting.get(all) == setting.default_value())
      continue;
    changed += text(changed.empty() ? "" : ", ", setting.name, " ", text_of(setting.get(all)));
  }
  return changed;
}

ReportRow trained_row(const Restorer& restorer, const TrainSettings& settings, const std::string& trained_on) {
  ReportRow row;
  row.series = settings.restorer;
  row.trained_on = trained_on;
  row.settings = changed_settings(settings);
  row.settings += text(row.settings.empty() ? "" : ", ", "border found: ", name_of(restorer.info().border));
  row.note = restorer.info().note;
  row.seed = static_cast<std::int64_t>(restorer.info().seed);
  row.steps = restorer.info().steps;
  row.train_seconds = restorer.info().train_seconds;
  return row;
}

}  // namespace firstframe
