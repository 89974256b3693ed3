#include "pipelines/sections/restore_volume.h"

#include <gtest/gtest.h>

#include "core/restorers/classical/classical.h"
#include "tests/io/temp_folder.h"
#include "tests/io/volume/dicom_files.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;

// Slices of 12 bits from -1024 on, as the source's, could not hold all that is removed.
TEST(RestoreVolume, WritesTheResidualOfADicomSeriesAsFloats) {
  const TempFolder folder;
  fs::create_directory(folder / "in");
  for (int number = 1; number <= 3; ++number)
    write_slice(folder / ("in/" + std::to_string(number)), {.position = 1.5 * number, .number = number, .seed = number}, 24, 20);
  ClassicalSettings nlm;
  nlm.method = "nlm";
  nlm.noise_sigma = 0.02;
  VolumeRestore job;
  job.input = folder / "in";
  job.output = folder / "out";
  job.residual = folder / "removed";
  restore_volume(*make_classical(nlm), job);

  const auto restored = open_volume(folder / "out"), removed = open_volume(folder / "removed"), source = open_volume(folder / "in");
  EXPECT_EQ(restored->info().format, "DICOM series");
  ASSERT_EQ(removed->info().stored, StoredType::float32);
  const auto difference = removed->read(1), before = source->read(1), after = restored->read(1);
  for (std::int64_t i = 0; i < difference.extent().area(); ++i)
    EXPECT_NEAR(difference.samples<float>()[i], before.samples<std::uint16_t>()[i] - after.samples<std::uint16_t>()[i], 0.01) << i;
}

}  // namespace
}  // namespace firstframe
