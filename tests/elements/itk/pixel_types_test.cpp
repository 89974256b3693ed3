// Every pixel type gives the bytes that core gives its section, and outputs of another type the same values.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "itkFirstframeRestoreImageFilter.h"
#include "itkImageRegionConstIterator.h"
#include "tests/elements/itk/itk_test.h"

namespace firstframe {
namespace {

using testing::HasSubstr;

template <typename TIn, typename TOut = TIn>
typename itk::Image<TOut, 2>::Pointer restored(const itk::Image<TIn, 2>* image, std::optional<ValueRange> range = {},
                                               itk::FirstframeModel::Pointer model = box_model()) {
  const auto filter = itk::FirstframeRestoreImageFilter<itk::Image<TIn, 2>, itk::Image<TOut, 2>>::New();
  filter->SetInput(image);
  filter->SetModel(model);
  if (range) filter->SetValueRange(range->low, range->high);
  filter->Update();
  return filter->GetOutput();
}

template <typename TPixel>
class PixelTypes : public testing::Test {};
using Types = testing::Types<std::uint8_t, std::int8_t, std::uint16_t, std::int16_t, std::uint32_t, std::int32_t, float, double>;
TYPED_TEST_SUITE(PixelTypes, Types);

TYPED_TEST(PixelTypes, GiveTheBytesThatCoreGivesTheirSection) {
  using Image = itk::Image<TypeParam, 2>;
  constexpr bool narrow = std::is_integral_v<TypeParam> && sizeof(TypeParam) < 4;
  const double low = narrow ? std::numeric_limits<TypeParam>::lowest() : 0, high = narrow ? std::numeric_limits<TypeParam>::max() : 1000;
  const auto image = scrambled<Image>({37, 21}, low, high);
  auto degraded = section_of(image.GetPointer());
  degraded.set_range(itk::FirstframeSampleCode<TypeParam>().coded({low, high}));
  auto expected = restore(BoxRestorer(3, 16), degraded.view());
  auto output = section_of(restored<TypeParam>(image.GetPointer(), ValueRange{low, high}).GetPointer());
  if (std::is_integral_v<TypeParam> && !narrow)  // stored as whole numbers
    for (std::int64_t i = 0; i < expected.extent().area(); ++i)
      expected.template samples<float>()[i] = std::floor(expected.template samples<float>()[i] + 0.5f);
  output.set_range(expected.range());
  EXPECT_TRUE(same_bytes(output, expected));
}

TEST(PixelTypes, MoveSigned16BitsUpByHalfTheirRange) {
  const auto image = scrambled<itk::Image<std::int16_t, 2>>({3, 2}, -1024, 3071);
  const auto section = section_of(image.GetPointer());
  EXPECT_EQ(section.type(), SampleType::uint16);
  EXPECT_EQ(section.samples<std::uint16_t>()[4], image->GetBufferPointer()[4] + 32768);
}

TEST(PixelTypes, KeepAConstantImageWhateverTheOutputIs) {
  const auto image = scrambled<itk::Image<std::int16_t, 2>>({20, 20}, -700, -700);
  EXPECT_EQ(restored<std::int16_t>(image.GetPointer())->GetPixel({{3, 4}}), -700);
  EXPECT_NEAR((restored<std::int16_t, float>(image.GetPointer())->GetPixel({{3, 4}})), -700, 0.01);
  EXPECT_NEAR((restored<std::int16_t, double>(image.GetPointer())->GetPixel({{3, 4}})), -700, 0.01);
  EXPECT_EQ((restored<std::int16_t, std::uint8_t>(image.GetPointer())->GetPixel({{3, 4}})), 0) << "limited";
  EXPECT_EQ((restored<std::int16_t, std::int8_t>(image.GetPointer())->GetPixel({{3, 4}})), -128) << "limited";
  EXPECT_EQ((restored<std::int16_t, std::int32_t>(image.GetPointer())->GetPixel({{3, 4}})), -700);
}

TEST(PixelTypes, OfAFloatOutputHoldTheValuesBeforeRounding) {
  const auto image = scrambled<itk::Image<std::uint8_t, 2>>({37, 21}, 0, 255);
  const auto whole = restored<std::uint8_t>(image.GetPointer());
  const auto real = restored<std::uint8_t, float>(image.GetPointer());
  bool fractions = false;
  for (std::size_t i = 0; i < 37 * 21; ++i) {
    const auto value = real->GetBufferPointer()[i];
    ASSERT_EQ(whole->GetBufferPointer()[i], static_cast<std::uint8_t>(value + 0.5f));
    fractions |= value != std::floor(value);
  }
  EXPECT_TRUE(fractions);
}

TEST(PixelTypes, AreRestoredInTheRangeTheModelWasTrainedIn) {
  // Turns black into white, so it shows what was taken for them.
  class Inverter final : public Restorer {
   public:
    Inverter() { info_.trained_range = TrainedRange{SampleType::uint16, {31744, 35839}, 32768}; }
    const ModelInfo& info() const override { return info_; }
    Model model() const override { return {info_, {}}; }
    TileNeeds tile_needs(const RestoreSettings&) const override { return {0, 1, 16}; }
    void restore_tile(const TileShape&, std::span<const float> degraded, std::span<float> restored,
                      const RestoreSettings&) const override {
      for (std::size_t i = 0; i < restored.size(); ++i) restored[i] = 1 - degraded[i];
    }

   private:
    ModelInfo info_;
  };
  const auto model = model_of(std::make_shared<Inverter>());
  const auto image = scrambled<itk::Image<std::int16_t, 2>>({4, 4}, 71, 71);
  EXPECT_EQ(restored<std::int16_t>(image.GetPointer(), {}, model)->GetPixel({{0, 0}}), 3071 - (71 + 1024));
  EXPECT_EQ(restored<std::int16_t>(image.GetPointer(), ValueRange{0, 1000}, model)->GetPixel({{0, 0}}), 929);
  EXPECT_THAT(refusal([&] { restored<std::uint16_t>(scrambled<itk::Image<std::uint16_t, 2>>({4, 4}, 71, 71).GetPointer(), {}, model); }),
              HasSubstr("holds uint16, the model was trained on int16 with black -1024 and white 3071"));
  const auto unsigned_image = scrambled<itk::Image<std::uint16_t, 2>>({4, 4}, 71, 71);
  EXPECT_EQ(restored<std::uint16_t>(unsigned_image.GetPointer(), ValueRange{0, 1000}, model)->GetPixel({{0, 0}}), 929);
}

TEST(PixelTypes, RoundHalvesAsVolumesAreStored) {
  Section values(SampleType::float32, 1, {1, 2});
  values.samples<float>()[0] = -2.5f;
  values.samples<float>()[1] = 2.5f;
  std::int16_t stored[2];
  itk::FirstframeStore<std::int16_t>(values, 0, {stored, {1, 2}, 2, 1});
  EXPECT_EQ(stored[0], -3);
  EXPECT_EQ(stored[1], 3);
}

}  // namespace
}  // namespace firstframe
