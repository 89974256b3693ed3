// Figure 9 of the paper: trained on drawings.

#include <memory>

#include "core/base/text.h"
#include "core/training/dead_leaves.h"
#include "io/picture/picture.h"
#include "pipelines/reproduce/experiment.h"
#include "pipelines/reproduce/scored_row.h"

namespace firstframe {
namespace {

constexpr double kSeconds = 60;
constexpr std::int64_t kSide = 256;      // pixels
constexpr std::int64_t kSquare = 16;     // of the chessboard
constexpr std::int64_t kStripe = 8;      // width of a stripe
constexpr float kDark = 0.1f, kBright = 0.9f;

template <typename IsBright>
Section drawing(const IsBright& is_bright) {
  Section section(SampleType::float32, 1, {kSide, kSide});
  float* pixel = section.samples<float>();
  for (std::int64_t row = 0; row < kSide; ++row)
    for (std::int64_t col = 0; col < kSide; ++col) *pixel++ = is_bright(row, col) ? kBright : kDark;
  return section;
}

// Evenly spaced greys: nothing natural is in the scene.
Section leaves() {
  std::vector<float> tones;
  for (int i = 0; i <= 32; ++i) tones.push_back(static_cast<float>(i) / 32);
  return dead_leaves(kSide, tones, /*seed=*/1);
}

std::vector<CleanPicture> drawings() {
  std::vector<CleanPicture> all;
  all.push_back({"chessboard", drawing([](auto row, auto col) { return (row / kSquare + col / kSquare) % 2 == 0; }), 1});
  all.push_back({"stripes", drawing([](auto, auto col) { return col / kStripe % 2 == 0; }), 1});
  all.push_back({"dead-leaves", leaves(), 1});
  return all;
}

struct Variant {
  std::string task, label;
  TrainSettings settings;
};

std::vector<Variant> variants() {
  auto plain = matched_settings("residual", kSeconds), whole = plain;
  plain.synthetic = 0;  // otherwise most patches would be dead leaves, whatever the picture
  return {{"linear", "linear", matched_settings("linear", 0)},
          {"rnn", "rnn", matched_settings("rnn", kSeconds)},
          {"residual-plain", "residual, no scenes of its own", plain},
          {"residual", "residual", whole}};
}

std::string file_of(const std::string& name) { return "fig9_" + name + ".png"; }

}  // namespace

Plan plan_fig9(Lab& lab) {
  const auto set = std::make_shared<const TestSet>(lab.set11_without("", deblurring()));
  Plan plan;
  plan.report.title = "Figure 9: trained on drawings";
  plan.report.text =
      "Trained on a drawing instead of a photograph, blur 1.6 and noise sqrt(2), and scored on all of Set11: a chessboard of "
      "16 x 16 pixels a square, stripes 8 pixels wide, and a dead leaves scene in 33 even greys. Where training can explain "
      "the pair it draws dead leaves of its own (`synthetic` 0.7); one line does without.";
  plan.tasks.push_back({"degraded", [set] { return std::vector{input_row("degraded", *set)}; }});
  for (const auto& picture : drawings()) {
    plan.tasks.push_back({"drawing@" + picture.name, [&lab, picture] {
                            write_picture(lab.options().out / "images" / file_of(picture.name),
                                          converted(picture.pixels.view(), SampleType::uint8).view());
                            ReportRow row;
                            row.table = "Set11";
                            row.label = "the " + picture.name;
                            row.picture = file_of(picture.name);
                            return std::vector{row};
                          }});
    const auto training = std::make_shared<const TestPicture>(test_picture(picture, deblurring()));
    for (const auto& variant : variants())
      plan.tasks.push_back({text(variant.task, "@", picture.name), [&lab, variant, training, set] {
                              const auto restorer = lab.train(pair_of(*training), variant.settings);
                              auto row = trained_row(*restorer, variant.settings, training->name);
                              row.label = text(variant.label, ", on the ", training->name);
                              row.settings += text(", augment came to ", restorer->info().augment);
                              return std::vector{scored_row(row, *restorer, *set, lab.options().stop)};
                            }});
  }
  return plan;
}

}  // namespace firstframe
