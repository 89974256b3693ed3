#include "itkFirstframeRestoreImageFilter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <sstream>

#include "io/model/model_file.h"
#include "itkFirstframeTrainFilter.h"
#include "itkMetaDataObject.h"
#include "itkStreamingImageFilter.h"
#include "tests/core/support/three_workers.h"
#include "tests/core/support/trained.h"
#include "tests/elements/itk/itk_test.h"

namespace firstframe {
namespace {

using testing::HasSubstr;
using Image = itk::Image<std::uint16_t, 2>;
using Volume = itk::Image<std::uint16_t, 3>;
using Filter = itk::FirstframeRestoreImageFilter<Image>;

Filter::Pointer filter_of(const Image* image, itk::FirstframeModel* model) {
  const auto filter = Filter::New();
  filter->SetInput(image);
  filter->SetModel(model);
  return filter;
}

TEST(FirstframeRestoreImageFilter, RestoresAsCoreDoes) {
  const auto image = scrambled<Image>({83, 61}, 0, 65535);
  const auto filter = filter_of(image, box_model());
  filter->Update();
  EXPECT_TRUE(same_bytes(section_of(filter->GetOutput()), restore(BoxRestorer(3, 16), section_of(image.GetPointer()).view())));
}

TEST(FirstframeRestoreImageFilter, GivesTheSameBytesForAnyNumberOfThreads) {
  const auto image = scrambled<Volume>({33, 41, 5}, 0, 65535);
  const auto restored = [&](int threads) {
    const auto filter = itk::FirstframeRestoreImageFilter<Volume>::New();
    filter->SetInput(image);
    filter->SetModel(box_model());
    filter->SetThreads(threads);
    filter->Update();
    return Volume::Pointer(filter->GetOutput());
  };
  const auto one = restored(1);
  for (const int threads : {2, 3}) EXPECT_TRUE(same_pixels(restored(threads).GetPointer(), one.GetPointer())) << threads;
}

TEST(FirstframeRestoreImageFilter, RunsOnceUntilSomethingChanges) {
  const auto image = scrambled<Image>({40, 40}, 0, 65535);
  const auto model = box_model();
  const auto filter = filter_of(image, model);
  int runs = 0;
  on<itk::StartEvent>(filter, [&] { ++runs; });
  const auto runs_after = [&](const auto& change) {
    change();
    runs = 0;
    filter->Update();
    return runs;
  };
  EXPECT_EQ(runs_after([] {}), 1);
  EXPECT_EQ(runs_after([] {}), 0);
  EXPECT_EQ(runs_after([&] { filter->SetEnsemble("1"), filter->SetSliceAxis(2); }), 0) << "set to what they were";
  EXPECT_EQ(runs_after([&] { filter->SetStride(3); }), 1);
  EXPECT_EQ(runs_after([&] { filter->SetValueRange(0, 4095); }), 1);
  EXPECT_EQ(runs_after([&] { filter->SetValueRange(0, 4095); }), 0);
  EXPECT_EQ(runs_after([&] { filter->ClearValueRange(); }), 1);
  EXPECT_EQ(runs_after([&] { model->SetRestorer(std::make_shared<BoxRestorer>(1, 8)); }), 1);
  EXPECT_EQ(runs_after([&] { image->Modified(); }), 1);
}

TEST(FirstframeRestoreImageFilter, TrainsOnceInOnePipelineWithItsTrainer) {
  const auto pair = scene_pair({40, 56}, SampleType::uint8, 1);
  using Bytes = itk::Image<std::uint8_t, 2>;
  const auto image = [](const Section& section) {
    auto made = Bytes::New();
    made->SetRegions(Bytes::SizeType{56, 40});
    made->Allocate();
    std::copy_n(section.samples<std::uint8_t>(), 40 * 56, made->GetBufferPointer());
    return made;
  };
  const auto trainer = itk::FirstframeTrainFilter<Bytes>::New();
  trainer->SetDegradedImage(image(pair.degraded));
  trainer->SetCleanImage(image(pair.clean));
  trainer->SetRestorer("linear");
  int trainings = 0;
  on<itk::StartEvent>(trainer, [&] { ++trainings; });
  const auto filter = itk::FirstframeRestoreImageFilter<Bytes>::New();
  filter->SetInput(trainer->GetDegradedImage());
  filter->SetModel(trainer->GetModel());
  filter->Update();
  filter->Update();
  EXPECT_EQ(trainings, 1);
  TrainSettings settings;
  settings.restorer = "linear";
  EXPECT_TRUE(same_bytes(section_of(filter->GetOutput()), restore(*train(pair, settings), pair.degraded.view())));
  trainer->SetSeed(5);
  filter->Update();
  EXPECT_EQ(trainings, 2);
}

TEST(FirstframeRestoreImageFilter, ReadsItsModelFromAFile) {
  const auto path = testing::TempDir() + "restore_filter.safetensors";
  const auto restorer = trained("linear");
  write_model(path, restorer->model());
  const auto image = scrambled<Image>({40, 30}, 0, 65535);
  const auto filter = filter_of(image, nullptr);
  filter->SetModelFileName(path);
  EXPECT_EQ(filter->GetModelFileName(), path);
  filter->Update();
  EXPECT_TRUE(same_bytes(section_of(filter->GetOutput()), restore(*restorer, section_of(image.GetPointer()).view())));
  filter->SetModelFileName("");
  EXPECT_THAT(refusal([&] { filter->Update(); }), HasSubstr("there is no model; connect a trained one with SetModel()"));
  filter->SetModelFileName(testing::TempDir() + "nobody.safetensors");
  EXPECT_THAT(refusal([&] { filter->Update(); }), HasSubstr("nobody.safetensors"));
}

TEST(FirstframeRestoreImageFilter, KeepsGeometryAndMetadata) {
  const auto image = scrambled<Volume>({20, 16, 3}, 0, 65535, {7, -3, 2});
  Volume::SpacingType spacing;
  spacing[0] = 0.01, spacing[1] = 0.004, spacing[2] = 0.25;
  Volume::PointType origin;
  origin[0] = -12.5, origin[1] = 3, origin[2] = 100;
  Volume::DirectionType direction;  // turned about z by 30 degrees
  direction.SetIdentity();
  direction[0][0] = direction[1][1] = std::sqrt(0.75);
  direction[0][1] = -0.5, direction[1][0] = 0.5;
  image->SetSpacing(spacing);
  image->SetOrigin(origin);
  image->SetDirection(direction);
  itk::EncapsulateMetaData<std::string>(image->GetMetaDataDictionary(), "scanner", "of mine");

  const auto filter = itk::FirstframeRestoreImageFilter<Volume, itk::Image<float, 3>>::New();
  filter->SetInput(image);
  filter->SetModel(box_model());
  filter->Update();
  const auto* output = filter->GetOutput();
  EXPECT_EQ(output->GetLargestPossibleRegion(), image->GetLargestPossibleRegion());
  EXPECT_EQ(output->GetSpacing(), spacing);
  EXPECT_EQ(output->GetOrigin(), origin);
  EXPECT_EQ(output->GetDirection(), direction);
  std::string scanner;
  EXPECT_TRUE(itk::ExposeMetaData(output->GetMetaDataDictionary(), "scanner", scanner));
  EXPECT_EQ(scanner, "of mine");
}

TEST(FirstframeRestoreImageFilter, ReportsProgressThatOnlyRises) {
  const auto filter = filter_of(scrambled<Image>({64, 64}, 0, 65535), box_model());
  filter->SetThreads(1);
  std::vector<float> shown;
  on<itk::ProgressEvent>(filter, [&] { shown.push_back(filter->GetProgress()); });
  filter->Update();
  EXPECT_GE(shown.size(), 16u) << "one for each of the 16 tiles";
  EXPECT_TRUE(std::is_sorted(shown.begin(), shown.end()));
  EXPECT_EQ(shown.back(), 1);
}

TEST(FirstframeRestoreImageFilter, IsAbortedAndRunsAgainAfter) {
  const auto image = scrambled<Volume>({64, 64, 6}, 0, 65535);
  for (const int threads : {1, 3}) {
    const auto filter = itk::FirstframeRestoreImageFilter<Volume>::New();
    filter->SetInput(image);
    filter->SetModel(box_model());
    filter->SetThreads(threads);
    int aborted = 0;
    on<itk::ProgressEvent>(filter, [&] { filter->AbortGenerateDataOn(); });
    on<itk::AbortEvent>(filter, [&] { ++aborted; });
    EXPECT_THROW(filter->Update(), itk::ProcessAborted);
    EXPECT_EQ(aborted, 1);
    filter->RemoveAllObservers();
    filter->Update();
    EXPECT_TRUE(same_bytes(section_of(filter->GetOutput(), 2, 5),
                           restore(BoxRestorer(3, 16), section_of(image.GetPointer(), 2, 5).view())));
  }
}

TEST(FirstframeRestoreImageFilter, SaysWhatIsWrong) {
  const auto image = scrambled<Image>({40, 30}, 0, 65535);
  EXPECT_THAT(refusal([&] { filter_of(image, nullptr)->Update(); }), HasSubstr("there is no model"));
  EXPECT_THAT(refusal([&] { filter_of(image, itk::FirstframeModel::New())->Update(); }), HasSubstr("the model is empty"));
  EXPECT_THAT(refusal([&] { filter_of(nullptr, box_model())->Update(); }), HasSubstr("Primary"));
  const auto of_colour = model_of(std::make_shared<BoxRestorer>(1, 16, 1, /*channels=*/3));
  EXPECT_THAT(refusal([&] { filter_of(image, of_colour)->Update(); }),
              HasSubstr("restore: the model was trained on 3-channel frames, this one has 1"));
  const auto filter = filter_of(image, box_model());
  EXPECT_THAT(refusal([&] { filter->SetSetting("seconds", "3"); }), HasSubstr("setting 'seconds' is not one of this filter's"));
  EXPECT_THAT(refusal([&] { filter->SetEnsemble("3"); }), HasSubstr("ensemble: '3' is not accepted; use 1, 8"));
  EXPECT_THAT(refusal([&] { filter->SetValueRange(1, 0); }), HasSubstr("value range: 1 to 0"));
  filter->SetSliceAxis(3);
  EXPECT_THAT(refusal([&] { filter->Update(); }), HasSubstr("slice axis 3 is not accepted; use 0, 1 or 2"));
}

TEST(FirstframeRestoreImageFilter, RunsAfterARefusalWasMended) {
  const auto image = scrambled<Image>({40, 30}, 0, 65535);
  const auto clean = scrambled<Image>({40, 30}, 0, 30000);
  const auto trainer = itk::FirstframeTrainFilter<Image>::New();
  trainer->SetDegradedImage(image);
  trainer->SetRestorer("linear");
  const auto filter = filter_of(image, trainer->GetModel());
  EXPECT_THAT(refusal([&] { filter->Update(); }), HasSubstr("CleanImage"));
  filter->ResetPipeline();  // as ITK wants it after any exception
  const auto smaller = scrambled<Image>({8, 8}, 0, 30000);
  trainer->SetCleanImage(smaller);
  EXPECT_THAT(refusal([&] { filter->Update(); }), HasSubstr("8 x 8"));
  filter->ResetPipeline();
  trainer->SetCleanImage(clean);
  filter->Update();
  EXPECT_EQ(filter->GetOutput()->GetBufferedRegion(), image->GetLargestPossibleRegion());
}

TEST(FirstframeRestoreImageFilter, StreamsFromAReaderThatTheTrainerReadsAsWell) {
  const auto volume = scrambled<Volume>({20, 16, 6}, 0, 65535);
  const auto reader = source_of(volume.GetPointer());  // holds one region at a time
  const auto slice = itk::ExtractImageFilter<Volume, Image>::New();
  slice->SetInput(reader->GetOutput());
  slice->SetExtractionRegion({{0, 0, 3}, {20, 16, 0}});
  slice->SetDirectionCollapseToSubmatrix();
  const auto trainer = itk::FirstframeTrainFilter<Image>::New();
  trainer->SetDegradedImage(slice->GetOutput());
  trainer->SetCleanImage(scrambled<Image>({20, 16}, 0, 30000));
  trainer->SetRestorer("linear");
  trainer->SetHeldOut(0);
  const auto filter = itk::FirstframeRestoreImageFilter<Volume>::New();
  filter->SetInput(reader->GetOutput());
  filter->SetModel(trainer->GetModel());
  filter->UpdateOutputInformation();
  const auto first = trainer->GetModel()->GetRestorer();
  const auto streamer = itk::StreamingImageFilter<Volume, Volume>::New();
  streamer->SetInput(filter->GetOutput());
  streamer->SetNumberOfStreamDivisions(3);
  streamer->Update();
  EXPECT_EQ(trainer->GetModel()->GetRestorer(), first) << "trained again";
  for (const int at : {0, 2, 5})
    EXPECT_TRUE(same_bytes(section_of(streamer->GetOutput(), 2, at), restore(*first, section_of(volume.GetPointer(), 2, at).view())));
}

TEST(FirstframeRestoreImageFilter, NamesThePlaceOfANonFiniteValue) {
  using Floats = itk::Image<float, 3>;
  const auto image = scrambled<Floats>({20, 16, 3}, 0, 1);
  image->SetPixel({{4, 9, 2}}, std::numeric_limits<float>::infinity());
  const auto filter = itk::FirstframeRestoreImageFilter<Floats>::New();
  filter->SetInput(image);
  filter->SetModel(box_model());
  EXPECT_THAT(refusal([&] { filter->Update(); }),
              HasSubstr("slice 2: section: the value at channel 0, row 9, column 4 is NaN or infinite"));
}

TEST(FirstframeRestoreImageFilter, TakesAnInputOfAnotherSize) {
  const auto filter = filter_of(scrambled<Image>({40, 30}, 0, 65535), box_model());
  filter->Update();
  const auto larger = scrambled<Image>({77, 50}, 0, 65535);
  filter->SetInput(larger);
  filter->UpdateLargestPossibleRegion();
  EXPECT_TRUE(same_bytes(section_of(filter->GetOutput()), restore(BoxRestorer(3, 16), section_of(larger.GetPointer()).view())));
}

TEST(FirstframeRestoreImageFilter, HasTheSettingsThatOnlyRestoringReads) {
  const auto filter = Filter::New();
  std::vector<std::string> table;
  for (const auto& setting : setting_table())
    if (setting.restores && setting.name != "device" && setting.name != "precision") table.emplace_back(setting.name);
  EXPECT_EQ(filter->GetSettingNames(), table);
#define READ(method, name, type) EXPECT_EQ(std::get<type>(setting_named(name).default_value()), filter->Get##method())
  itkFirstframeRestoreSettings(READ);
}

TEST(FirstframeRestoreImageFilter, PrintsWhatItIsSetTo) {
  const auto filter = Filter::New();
  filter->SetValueRange(0, 4095);
  EXPECT_STREQ(filter->GetNameOfClass(), "FirstframeRestoreImageFilter");
  EXPECT_TRUE(dynamic_cast<Filter*>(filter->CreateAnother().GetPointer()));
  std::ostringstream text;
  filter->Print(text);
  EXPECT_THAT(text.str(), HasSubstr("SliceAxis: 2"));
  EXPECT_THAT(text.str(), HasSubstr("ValueRange: 0 4095"));
  EXPECT_THAT(text.str(), HasSubstr("Setting stride: 0"));
}

}  // namespace
}  // namespace firstframe
