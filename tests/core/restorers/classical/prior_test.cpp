#include "core/restorers/classical/prior.h"

#include "tests/core/restorers/classical/blurred.h"
#include "tests/core/support/trained.h"

namespace firstframe {
namespace {

// The whole plane in one pass gives what tiles give, and goes on as it is told whatever border the prior itself has.
TEST(Prior, IsTheRestorerOnAWholePlane) {
  const Extent extent{30, 42};  // smaller than any prior's tile, and a multiple of all
  const auto noisy = scene_pair(extent, SampleType::float32).degraded;
  const auto plane = torch::from_blob(const_cast<float*>(noisy.samples<float>()), {extent.rows, extent.cols});
  for (const std::string kind : {"residual", "linear"})
    for (const auto border : {Border::reflect, Border::circular, Border::replicate}) {
      auto model = trained(kind)->model();
      model.info.border = border;
      const auto expected = restore(*make_restorer(model), noisy.view());
      model.info.border = border == Border::reflect ? Border::circular : Border::reflect;
      const auto result = denoised(*make_restorer(model), plane, border, {});
      EXPECT_TRUE(torch::equal(result, torch::from_blob(const_cast<float*>(expected.samples<float>()),
                                                        {extent.rows, extent.cols})))
          << kind << " " << name_of(border);
    }
}

}  // namespace
}  // namespace firstframe
