#include "core/seismic/local_orthogonalization.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/seismic/local_similarity.h"
#include "tests/core/seismic/events.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

// Three events, of which a restorer kept a part that changes along the section.
struct Leak {
  Traces signal{{120, 80}}, restored, noise;

  Leak() {
    add_event(signal, 20, 0.1, 1);
    add_event(signal, 60, -0.1, 1);
    add_event(signal, 90, 0.15, 1);
    restored = signal;
    for (std::int64_t row = 0; row < 120; ++row)
      for (std::int64_t col = 0; col < 80; ++col) restored.at(row, col) *= 0.9 - 0.4 * static_cast<double>(col) / 79;
    noise = sum_of(Traces(signal.extent), white_noise(signal.extent, 3), 0.2);
  }
};

TEST(LocallyOrthogonal, GivesLeakedSignalBackAndLittleNoise) {
  const Leak leak;
  const auto degraded = sum_of(leak.signal, leak.noise);
  const auto whole = locally_orthogonal(leak.restored, degraded);
  EXPECT_GT(snr_db(leak.signal, leak.restored), 9);
  EXPECT_LT(snr_db(leak.signal, leak.restored), 11);
  EXPECT_GT(snr_db(leak.signal, whole), 18);
  const auto before = local_similarity(leak.restored, difference_of(degraded, leak.restored));
  const auto after = local_similarity(whole, difference_of(degraded, whole));
  EXPECT_LT(quantile_of(after, 0.95), quantile_of(before, 0.95) / 2);
}

TEST(LocallyOrthogonal, LeavesNoiseOut) {
  const Leak leak;
  const auto whole = locally_orthogonal(leak.signal, sum_of(leak.signal, leak.noise));  // nothing had leaked
  const auto given_back = difference_of(whole, leak.signal);
  EXPECT_LT(energy_of(given_back), 0.02 * energy_of(leak.noise));
}

TEST(LocallyOrthogonal, LeavesZerosAndPerfectRestorationsAlone) {
  const Leak leak;
  EXPECT_EQ(locally_orthogonal(leak.signal, leak.signal).values, leak.signal.values);
  EXPECT_EQ(locally_orthogonal(Traces(leak.signal.extent), leak.noise).values, Traces(leak.signal.extent).values);
}

TEST(LocallyOrthogonal, RefusesATriangleWithoutWidth) {
  EXPECT_EQ(message_of<ArgumentError>([] { locally_orthogonal(Traces({9, 9}), Traces({9, 9}), {.half_samples = 0}); }),
            "division: a triangle of 0 x 6 and 40 iterations are not accepted; use 1 or more of each");
}

}  // namespace
}  // namespace firstframe
