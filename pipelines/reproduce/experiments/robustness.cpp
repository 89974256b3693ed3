// How much the training picture matters.

#include <cstring>
#include <memory>

#include "core/base/text.h"
#include "pipelines/reproduce/experiment.h"
#include "pipelines/reproduce/scored_row.h"

namespace firstframe {
namespace {

constexpr double kSeconds = 60;
constexpr std::int64_t kCrop = 128;  // pixels

// Three of the five belong to Set11.
bool is_training_picture(const std::string& name) { return name == "butterfly" || name == "parrots" || name == "starfish"; }

// A grey picture as R, G and B, so that noise on each of them makes the noise on its luma that colour pictures have.
CleanPicture coloured(const CleanPicture& grey) {
  const auto extent = grey.pixels.extent();
  Section rgb(grey.pixels.type(), 3, extent);
  const auto plane = grey.pixels.size_in_bytes();
  for (std::int64_t channel = 0; channel < 3; ++channel)
    std::memcpy(rgb.span().at(channel, 0), grey.pixels.view().data, plane);
  rgb.set_range(grey.pixels.range());
  return {grey.name, rgb, grey.seed};
}

// The same scores without the training pictures; whole pictures share a line, which shows their spread.
ReportRow shared(ReportRow row, bool is_whole) {
  row.table = "Pictures that none is trained on";
  if (is_whole) row.label = "trained on any whole picture";
  row.settings = row.note = row.trained_on = "";
  std::erase_if(row.scores, [](const PictureScore& score) { return is_training_picture(score.picture); });
  return row;
}

Task trained_on(Lab& lab, const std::string& task, const std::string& name, const TestPicture& training) {
  return {task, [&lab, name, training] {
            const auto settings = matched_settings("residual", kSeconds);
            const auto restorer = lab.train(pair_of(training), settings);
            auto row = trained_row(*restorer, settings, name);
            row.label = "trained on " + name;
            const auto own = scored_row(row, *restorer, lab.set11_without(training.name, deblurring()), lab.options().stop);
            return std::vector{own, shared(own, training.name == name)};
          }};
}

}  // namespace

Plan plan_robustness(Lab& lab) {
  Plan plan;
  plan.report.title = "Robustness: other training pictures";
  plan.report.text =
      "The residual restorer, trained on each of five pictures (the grey ones as R = G = B, so that all have the same noise on luma) and on the 128 x 128 pixels in the middle of `butterfly`; "
      "blur 1.6, noise sqrt(2). Scored is Set11 without the training picture itself, so that the first table's means are over "
      "different pictures. The second table takes the five together, on the pictures of Set11 that none is trained on; there "
      "`±` is the standard deviation over the training pictures.";
  std::vector<CleanPicture> pictures{lab.set11("butterfly"), lab.set11("parrots")};
  if (!lab.options().quick) {
    pictures.push_back(lab.set11("starfish"));
    pictures.push_back(coloured(lab.grey("peppers")));
    pictures.push_back(coloured(lab.grey("boats")));
  }
  for (const auto& picture : pictures) {
    plan.tasks.push_back(trained_on(lab, picture.name, picture.name, test_picture(picture, deblurring())));
  }
  const auto middle = middle_of(lab.set11("butterfly"), kCrop);
  plan.tasks.push_back(trained_on(lab, "butterfly-128", "butterfly, middle 128 x 128", test_picture(middle, deblurring())));
  return plan;
}

}  // namespace firstframe
