#include "pipelines/reproduce/protocol.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/metrics/psnr.h"
#include "pipelines/reproduce/scoring.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

CleanPicture picture(Extent extent) { return {"scene", scene(extent), 3}; }

TEST(Protocol, DegradesWithThePapersNoise) {
  auto sharp = deblurring();
  sharp.blur_sigma = 0;
  const auto test = test_picture(picture({128, 128}), sharp);
  const double sigma = 255 * std::sqrt(mean_squared_error(test.degraded.view(), test.clean.view()));
  EXPECT_NEAR(sigma, std::sqrt(2.0), 0.03);
}

TEST(Protocol, SeedsTheNoiseWithThePicture) {
  auto other = picture({32, 32});
  other.seed = 4;
  const auto a = test_picture(picture({32, 32}), deblurring()), b = test_picture(other, deblurring());
  EXPECT_GT(mean_squared_error(a.degraded.view(), b.degraded.view()), 0);
  EXPECT_EQ(mean_squared_error(a.clean.view(), b.clean.view()), 0);
}

TEST(Protocol, AlignsTheBicubicInputOfSuperResolution) {
  const auto test = test_picture(picture({97, 131}), super_resolution());
  EXPECT_EQ(test.degraded.extent(), (Extent{33, 44}));
  EXPECT_EQ(test.input.extent(), (Extent{99, 132}));
  // A pixel off, as the paper has it, would be far worse than the aligned one.
  const Region common{0, 0, 96, 130}, shifted{1, 1, 96, 130};
  EXPECT_GT(psnr(test.input.view().crop(common), test.clean.view().crop(common)),
            1 + psnr(test.input.view().crop(shifted), test.clean.view().crop(common)));
}

TEST(Scoring, MeasuresThePartThatAllHave) {
  const auto test = test_picture(picture({97, 131}), super_resolution());
  const auto figures = score(test, test.input);
  EXPECT_EQ(figures.input_db, figures.full_db);
  EXPECT_NEAR(figures.studio_db - figures.full_db, 20 * std::log10(255.0 / 219.0), 1e-6);
  EXPECT_EQ(figures.gain_db(), 0);
}

TEST(Protocol, CutsTheMiddleOutOfAPicture) {
  const auto whole = picture({100, 80});
  const auto part = middle_of(whole, 64);
  EXPECT_EQ(part.pixels.extent(), (Extent{64, 64}));
  EXPECT_EQ(mean_squared_error(part.pixels.view(), whole.pixels.view().crop({18, 8, 64, 64})), 0);
  EXPECT_EQ(middle_of(whole, 90).pixels.extent(), (Extent{90, 80}));
}

}  // namespace
}  // namespace firstframe
