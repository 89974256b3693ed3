// The example, as a user runs it: a volume and a clean slice in, a restored volume out.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "core/degradation/degrade.h"
#include "core/metrics/psnr.h"
#include "itkImageFileReader.h"
#include "itkImageFileWriter.h"
#include "itkMetaImageIO.h"
#include "tests/elements/itk/itk_test.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

using Slice = itk::Image<std::uint16_t, 2>;
using Volume = itk::Image<std::uint16_t, 3>;

template <typename TImage>
void save(const TImage* image, const std::string& path) {
  const auto writer = itk::ImageFileWriter<TImage>::New();
  writer->SetImageIO(itk::MetaImageIO::New());
  writer->SetFileName(path);
  writer->SetInput(image);
  writer->Update();
}

TEST(ItkRestore, RestoresEverySliceOfAVolume) {
  constexpr std::int64_t rows = 64, cols = 80, slices = 4, annotated = 2;
  const auto volume = scrambled<Volume>({cols, rows, slices}, 0, 0);
  std::vector<Section> clean, degraded;
  for (std::int64_t z = 0; z < slices; ++z) {
    clean.push_back(scene({rows, cols}, SampleType::uint16, static_cast<unsigned>(z + 1)));
    Degradation noise;
    noise.noise_sigma = 20;
    noise.seed = static_cast<std::uint64_t>(z + 1);
    degraded.push_back(converted(degrade(clean.back().view(), noise).view(), SampleType::uint16));
    std::copy_n(degraded.back().samples<std::uint16_t>(), rows * cols, volume->GetBufferPointer() + z * rows * cols);
  }
  auto annotation = Slice::New();
  annotation->SetRegions(Slice::SizeType{cols, rows});
  annotation->Allocate();
  std::copy_n(clean[annotated].samples<std::uint16_t>(), rows * cols, annotation->GetBufferPointer());

  const auto in = testing::TempDir() + "example_in.mha", truth = testing::TempDir() + "example_clean.mha",
             out = testing::TempDir() + "example_out.mha";
  save(volume.GetPointer(), in);
  save(annotation.GetPointer(), truth);
  const std::string command =
      std::string(FIRSTFRAME_BINARY_DIR) + "/bin/itk_restore " + in + " 2 " + truth + " " + out + " 120";
  ASSERT_EQ(std::system(command.c_str()), 0) << command;

  const auto reader = itk::ImageFileReader<Volume>::New();
  reader->SetImageIO(itk::MetaImageIO::New());
  reader->SetFileName(out);
  reader->Update();
  for (std::int64_t z = 0; z < slices; ++z) {
    const auto restored = section_of(reader->GetOutput(), 2, z);
    EXPECT_GT(psnr(restored.view(), clean[z].view()), psnr(degraded[z].view(), clean[z].view()) + 2) << "slice " << z;
  }
  EXPECT_NE(std::system((std::string(FIRSTFRAME_BINARY_DIR) + "/bin/itk_restore nobody.mha 0 " + truth + " x.mha").c_str()), 0);
}

}  // namespace
}  // namespace firstframe
