#include "itkFirstframeTrainFilter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <sstream>

#include "core/training/trainer.h"
#include "tests/core/support/three_workers.h"
#include "tests/core/support/trained.h"
#include "tests/elements/itk/itk_test.h"
#include "tests/support/scenes.h"

namespace firstframe {
namespace {

using testing::HasSubstr;
using Bytes = itk::Image<std::uint8_t, 2>;
using TrainFilter = itk::FirstframeTrainFilter<Bytes>;

template <typename TImage>
typename TImage::Pointer image_of(const Section& section, double factor = 1, double offset = 0) {
  const auto [rows, cols] = section.extent();
  auto image = TImage::New();
  image->SetRegions(typename TImage::SizeType{static_cast<std::size_t>(cols), static_cast<std::size_t>(rows)});
  image->Allocate();
  for (std::int64_t i = 0; i < section.extent().area(); ++i)
    image->GetBufferPointer()[i] =
        static_cast<typename TImage::PixelType>(section.samples<std::uint8_t>()[i] * factor + offset);
  return image;
}

const TrainingPair& scene() {
  static const auto pair = scene_pair({40, 56}, SampleType::uint8, 1);
  return pair;
}

template <typename TFilter = TrainFilter>
typename TFilter::Pointer small_training(double factor = 1, double offset = 0) {
  auto filter = TFilter::New();
  filter->SetDegradedImage(image_of<typename TFilter::DegradedImageType>(scene().degraded, factor, offset));
  filter->SetCleanImage(image_of<typename TFilter::CleanImageType>(scene().clean, factor, offset));
  const auto settings = few_steps("residual");
  filter->SetRestorer("residual");
  filter->SetSteps(settings.steps);
  filter->SetBatch(settings.batch);
  filter->SetPatch(16);
  filter->SetAugment("none");
  return filter;
}

TEST(FirstframeTrainFilter, TrainsWhatCoreDoes) {
  const auto filter = small_training();
  filter->Update();
  auto settings = few_steps("residual");
  settings.patch = 16;
  EXPECT_TRUE(same_weights(filter->GetOutput()->GetTrained().model(), train(scene(), settings)->model()));
}

TEST(FirstframeTrainFilter, TrainsOnceUntilASettingOrAnInputChanges) {
  const auto filter = small_training();
  filter->Update();
  const auto first = filter->GetOutput()->GetRestorer();
  filter->Update();
  filter->SetSteps(3);
  filter->SetRestorer("residual");
  filter->Update();
  EXPECT_EQ(filter->GetOutput()->GetRestorer(), first) << "nothing changed";
  filter->SetSeed(7);
  filter->Update();
  const auto second = filter->GetOutput()->GetRestorer();
  EXPECT_NE(second, first);
  EXPECT_EQ(second->info().seed, 7u);
  auto* clean = const_cast<Bytes*>(filter->GetCleanImage());
  clean->Modified();
  filter->Update();
  EXPECT_EQ(filter->GetOutput()->GetRestorer(), second) << "the pixels are the same";
  clean->SetPixel({{3, 4}}, static_cast<std::uint8_t>(clean->GetPixel({{3, 4}}) ^ 1));
  clean->Modified();
  filter->Update();
  EXPECT_NE(filter->GetOutput()->GetRestorer(), second);
}

TEST(FirstframeTrainFilter, GivesTheSameModelForAnyNumberOfThreads) {
  const auto one = small_training(), two = small_training();
  one->SetNumberOfWorkUnits(1);
  two->SetThreads(3);
  one->Update();
  two->Update();
  EXPECT_TRUE(same_weights(one->GetOutput()->GetTrained().model(), two->GetOutput()->GetTrained().model()));
  EXPECT_EQ(one->GetOutput()->GetTrained().info().threads, 1);
  EXPECT_EQ(two->GetOutput()->GetTrained().info().threads, 3);
}

#define COUNT(method, name, type) ++setters
TEST(FirstframeTrainFilter, HasASetterForEverySettingOfTheTable) {
  const auto filter = TrainFilter::New();
  std::vector<std::string> table;
  for (const auto& setting : setting_table())
    if (setting.trains) {
      table.emplace_back(setting.name);
      EXPECT_EQ(filter->GetSetting(table.back()), text_of(setting.default_value())) << setting.name;
      filter->SetSetting(table.back(), text_of(setting.default_value()));
    }
  EXPECT_EQ(filter->GetSettingNames(), table) << "itkFirstframeTrainSettings lists other settings than the table";
  std::size_t setters = 0;
  itkFirstframeTrainSettings(COUNT);
  EXPECT_EQ(setters, table.size());
#define READ(method, name, type) EXPECT_EQ(std::get<type>(setting_named(name).default_value()), filter->Get##method())
  itkFirstframeTrainSettings(READ);
}

TEST(FirstframeTrainFilter, RefusesSettingsThatTheTableRefuses) {
  const auto filter = TrainFilter::New();
  const auto before = filter->GetMTime();
  EXPECT_THAT(refusal([&] { filter->SetSeconds(-1); }), HasSubstr("seconds: '-1' is not accepted; use 0..86400 s"));
  EXPECT_THAT(refusal([&] { filter->SetSetting("loss", "l3"); }), HasSubstr("loss: 'l3' is not accepted; use l1, l2"));
  EXPECT_THAT(refusal([&] { filter->SetSetting("stride", "3"); }), HasSubstr("setting 'stride' is not one of this filter's"));
  EXPECT_THAT(refusal([&] { filter->SetValueRange(5, 5); }), HasSubstr("value range: 5 to 5 is not accepted; use low < high"));
  EXPECT_EQ(filter->GetMTime(), before);
}

TEST(FirstframeTrainFilter, ReportsProgressThatOnlyRises) {
  const auto filter = small_training();
  filter->SetSteps(30);
  std::vector<float> shown;
  on<itk::ProgressEvent>(filter, [&] { shown.push_back(filter->GetProgress()); });
  filter->Update();
  ASSERT_GE(shown.size(), 2u);
  EXPECT_TRUE(std::is_sorted(shown.begin(), shown.end()));
  EXPECT_EQ(shown.back(), 1);
}

TEST(FirstframeTrainFilter, IsAbortedAndTrainsAgainAfter) {
  const auto filter = small_training();
  filter->SetSteps(100000);
  int aborted = 0;
  on<itk::ProgressEvent>(filter, [&] {
    if (filter->GetProgress() < 1) filter->AbortGenerateDataOn();
  });
  on<itk::AbortEvent>(filter, [&] { ++aborted; });
  EXPECT_THROW(filter->Update(), itk::ProcessAborted);
  EXPECT_EQ(aborted, 1);
  EXPECT_FALSE(filter->GetOutput()->GetRestorer());
  filter->RemoveAllObservers();
  filter->SetSteps(3);
  filter->Update();
  EXPECT_TRUE(filter->GetOutput()->GetRestorer());
}

TEST(FirstframeTrainFilter, SaysWhatIsWrongWithAPair) {
  const auto filter = TrainFilter::New();
  EXPECT_THAT(refusal([&] { filter->Update(); }), HasSubstr("Input CleanImage is required but not set"));
  filter->SetCleanImage(scrambled<Bytes>({40, 30}, 0, 255));
  EXPECT_THAT(refusal([&] { filter->Update(); }), HasSubstr("Input DegradedImage is required but not set"));
  filter->SetDegradedImage(scrambled<Bytes>({40, 30}, 0, 255));
  filter->SetCleanImage(scrambled<Bytes>({41, 30}, 0, 255));
  EXPECT_THAT(refusal([&] { filter->Update(); }), HasSubstr("30 x 41"));
  filter->SetCleanImage(filter->GetDegradedImage());
  EXPECT_THAT(refusal([&] { filter->Update(); }), HasSubstr("FirstframeTrainFilter"));
}

TEST(FirstframeTrainFilter, RefusesAPairOfTwoPlaces) {
  const auto filter = small_training();
  auto* clean = const_cast<Bytes*>(filter->GetCleanImage());
  Bytes::SpacingType spacing;
  spacing.Fill(0.5);
  clean->SetSpacing(spacing);
  EXPECT_THAT(refusal([&] { filter->Update(); }), HasSubstr("do not lie at the same place: spacing [1, 1] and [0.5, 0.5]"));
  filter->CheckPhysicalSpaceOff();
  EXPECT_NO_THROW(filter->Update());
  filter->CheckPhysicalSpaceOn();
  spacing.Fill(1);
  clean->SetSpacing(spacing);
  EXPECT_NO_THROW(filter->Update());
  Bytes::DirectionType direction;
  direction.Fill(0);
  direction[0][1] = direction[1][0] = 1;
  clean->SetDirection(direction);
  EXPECT_THAT(refusal([&] { filter->Update(); }), HasSubstr("other directions"));
}

TEST(FirstframeTrainFilter, RefusesNonFiniteValues) {
  using Filter = itk::FirstframeTrainFilter<itk::Image<float, 2>>;
  const auto filter = small_training<Filter>();
  const_cast<itk::Image<float, 2>*>(filter->GetDegradedImage())->GetBufferPointer()[57] =
      std::numeric_limits<float>::quiet_NaN();
  EXPECT_THAT(refusal([&] { filter->Update(); }), HasSubstr("NaN"));
}

TEST(FirstframeTrainFilter, FindsTheRangeOfAPairThatFillsAPartOfItsType) {
  using Filter = itk::FirstframeTrainFilter<itk::Image<std::int16_t, 2>>;
  const auto filter = small_training<Filter>(10, -1000);
  filter->Update();
  const auto found = filter->GetOutput()->GetTrained().info().trained_range;
  ASSERT_TRUE(found);
  EXPECT_EQ(found->type, SampleType::uint16);
  EXPECT_EQ(found->offset, 32768);
  EXPECT_GE(found->range.low, 31768);
  EXPECT_LE(found->range.high, 31768 + 2550);
  filter->SetValueRange(-1024, 3071);
  filter->Update();
  EXPECT_EQ(filter->GetOutput()->GetTrained().info().trained_range->range, (ValueRange{31744, 35839}));
  filter->SetValueRange(-32768, 32767);
  filter->Update();
  EXPECT_FALSE(filter->GetOutput()->GetTrained().info().trained_range) << "the whole type";
}

TEST(FirstframeTrainFilter, TakesACleanImageOfFloats) {
  using Filter = itk::FirstframeTrainFilter<Bytes, itk::Image<float, 2>>;
  const auto filter = small_training<Filter>();
  filter->Update();
  EXPECT_EQ(filter->GetOutput()->GetTrained().info().trained_range->type, SampleType::uint8);
}

TEST(FirstframeTrainFilter, PrintsItsSettings) {
  const auto filter = TrainFilter::New();
  EXPECT_STREQ(filter->GetNameOfClass(), "FirstframeTrainFilter");
  std::ostringstream text;
  filter->Print(text);
  EXPECT_THAT(text.str(), HasSubstr("Setting seconds: 15"));
  EXPECT_THAT(text.str(), HasSubstr("CheckPhysicalSpace: On"));
}

}  // namespace
}  // namespace firstframe
