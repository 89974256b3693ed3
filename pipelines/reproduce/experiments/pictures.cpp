// What the restorers make of a few pictures, to look at.

#include <cmath>
#include <iomanip>
#include <memory>
#include <sstream>

#include "core/base/text.h"
#include "core/colour/restore_picture.h"
#include "pipelines/reproduce/experiment.h"
#include "pipelines/reproduce/scored_row.h"
#include "pipelines/reproduce/strip.h"

namespace firstframe {
namespace {

constexpr const char* kTrainingPicture = "butterfly";
constexpr const char* kBsdPicture = "cbsd68_148026";

struct Column {
  std::string name;
  TrainSettings settings;
  std::int64_t ensemble = 1;
};

std::vector<Column> columns() {
  auto best = matched_settings("residual", 300);
  best.width = 48;
  best.depth = 14;
  return {{"rnn", matched_settings("rnn", 120)},
          {"rnn-gan", matched_settings("rnn-gan", 300)},
          {"unet-gan", matched_settings("unet-gan", 300)},
          {"residual", best, 8}};
}

// Trained when the first strip is drawn.
struct Trained {
  std::vector<std::shared_ptr<const Restorer>> restorers;
};

Section as_8_bits(const Section& section) { return converted(section.view(), SampleType::uint8); }

std::string with_psnr(const std::string& name, double psnr_db) {
  std::ostringstream out;
  out << name << std::fixed << std::setprecision(2) << ' ' << psnr_db << " dB";
  return out.str();
}

std::vector<ReportRow> strip_rows(Lab& lab, Trained& trained, const CleanPicture& picture) {
  if (trained.restorers.empty()) {
    const auto pair = pair_of(test_picture(lab.set11(kTrainingPicture), deblurring()));
    for (const auto& column : columns()) trained.restorers.push_back(lab.train(pair, column.settings));
  }
  auto degradation = deblurring();
  degradation.seed = picture.seed;
  const auto degraded = degrade(picture.pixels.view(), degradation);
  const TestSet one{picture.name, {test_picture(picture, deblurring())}};

  std::vector<ReportRow> rows{input_row("degraded", one)};
  std::vector<StripPicture> strip{{with_psnr("degraded", rows[0].scores[0].full_db), as_8_bits(degraded)}};
  const auto all = columns();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& restorer = *trained.restorers[i];
    RestoreSettings settings;
    settings.ensemble = loses_by_ensemble(restorer.info()) ? 1 : all[i].ensemble;
    auto row = trained_row(restorer, all[i].settings, kTrainingPicture);
    row.label = lab.label(all[i].name, all[i].settings.seconds) + (settings.ensemble > 1 ? ", ensemble 8" : "");
    rows.push_back(scored_row(row, restorer, one, lab.options().stop, settings));
    Section restored(degraded.type(), degraded.channels(), degraded.extent());
    restored.set_range(degraded.range());
    restore_picture(restorer, degraded.view(), restored.span(), ChannelPolicy::luma, settings, lab.options().stop);
    strip.push_back({with_psnr(all[i].name, rows.back().scores[0].full_db), as_8_bits(restored)});
  }
  strip.push_back({"clean", as_8_bits(picture.pixels)});

  ReportRow shown;
  shown.table = picture.name;
  shown.label = picture.name + (picture.name == kTrainingPicture ? ", the training picture" : "");
  shown.picture = "pictures_" + picture.name + ".png";
  draw_strip(lab.options().out / "images" / shown.picture, strip);
  rows.push_back(shown);
  return rows;
}

}  // namespace

Plan plan_pictures(Lab& lab) {
  Plan plan;
  plan.report.title = "Pictures";
  plan.report.text =
      "Deblurring as in Table 1, trained on `butterfly`. The luma is restored, colour is carried over. Below each picture the "
      "detail in the yellow square, four times as large.";
  std::vector<CleanPicture> pictures{lab.set11("starfish"), lab.set11("parrots"), lab.set11(kTrainingPicture)};
  for (const auto& picture : lab.bsd())
    if (picture.name == kBsdPicture || (lab.options().quick && picture.seed == 1)) pictures.push_back(picture);
  const auto trained = std::make_shared<Trained>();
  for (const auto& picture : pictures)
    plan.tasks.push_back({picture.name, [&lab, trained, picture] { return strip_rows(lab, *trained, picture); }});
  return plan;
}

}  // namespace firstframe
