// Operations are counted from sizes; here from the weights themselves.

#include "pipelines/bench/operations.h"

#include <gtest/gtest.h>

#include "core/restorers/restorer.h"
#include "core/training/trainer.h"
#include "pipelines/bench/bench_frame.h"
#include "pipelines/bench/bench_models.h"

namespace firstframe {
namespace {

Model model_of(const std::string& restorer, std::int64_t width = 0) {
  auto frame = bench_frame({64, 64}, bench_blur(), 3);
  TrainSettings settings;
  settings.restorer = restorer;
  settings.steps = 2;
  settings.width = width;
  settings.augment = Augment::none;
  settings.batch = 2;
  return train({std::move(frame.degraded), std::move(frame.clean)}, settings)->model();
}

// Every weight of a convolution is multiplied once for every pixel it is applied at.
double by_weights(const Model& model, double pixels_a_weight) {
  double sum = 0;
  for (const auto& weight : model.weights)
    if (weight.shape.size() == 4) sum += static_cast<double>(weight.values.size()) * (weight.name == "filters" ? 1 : pixels_a_weight);
  return 2 * sum;
}

TEST(Operations, OfConvolutionsAreTwoForEveryWeightAndPixel) {
  for (const auto* restorer : {"unet", "dncnn", "linear"}) {
    const auto model = model_of(restorer);
    EXPECT_DOUBLE_EQ(operations_per_pixel(model.info, {}), by_weights(model, 1)) << restorer;
  }
  const auto residual = model_of("residual", 12);
  EXPECT_DOUBLE_EQ(operations_per_pixel(residual.info, {}), by_weights(residual, 0.25));
}

TEST(Operations, OfFiltersCountAtEveryPixel) {
  auto model = model_of("residual", 12);
  const double without = operations_per_pixel(model.info, {});
  model.info.shape["filters"] = 2;
  model.info.shape["filter_size"] = 25;
  // The head sees three pictures instead of one: four times two channels more, at a quarter of the pixels.
  EXPECT_DOUBLE_EQ(operations_per_pixel(model.info, {}) - without, 2 * 2 * 625 + 2 * 9 * 8 * 12 / 4.0);
}

TEST(Operations, OfTheRecurrenceFollowTheStride) {
  const auto model = model_of("rnn");
  RestoreSettings dense, sparse;
  dense.stride = 1;
  sparse.stride = 5;
  // Fifteen rows of 15 values in and out, fourteen of 200 states; the first has none before it.
  EXPECT_DOUBLE_EQ(operations_per_pixel(model.info, dense), 2 * (15 * 200 * 30 + 14 * 200 * 200));
  EXPECT_DOUBLE_EQ(operations_per_pixel(model.info, sparse) * 25, operations_per_pixel(model.info, dense));
}

TEST(Operations, OfAnEnsembleAreEightTimesAsMany) {
  const auto model = model_of("unet");
  RestoreSettings eight;
  eight.ensemble = 8;
  EXPECT_DOUBLE_EQ(operations_per_pixel(model.info, eight), 8 * operations_per_pixel(model.info, {}));
}

}  // namespace
}  // namespace firstframe
