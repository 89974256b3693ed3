#include "itkFirstframeModel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "io/model/model_file.h"
#include "itkFirstframeModelReader.h"
#include "tests/core/support/trained.h"
#include "tests/elements/itk/itk_test.h"

namespace firstframe {
namespace {

using testing::HasSubstr;

std::string model_file(const char* name, const std::string& restorer = "linear") {
  const auto path = testing::TempDir() + name;
  write_model(path, trained(restorer)->model());
  return path;
}

TEST(FirstframeModel, IsAnObjectOfItk) {
  const auto model = itk::FirstframeModel::New();
  EXPECT_STREQ(model->GetNameOfClass(), "FirstframeModel");
  EXPECT_TRUE(dynamic_cast<itk::FirstframeModel*>(model->CreateAnother().GetPointer()));
  std::ostringstream empty, filled;
  model->Print(empty);
  EXPECT_THAT(empty.str(), HasSubstr("Restorer: (none)"));
  model->SetRestorer(std::make_shared<BoxRestorer>(1, 8));
  model->Print(filled);
  EXPECT_THAT(filled.str(), HasSubstr("Restorer: box"));
}

TEST(FirstframeModel, IsModifiedByAnotherRestorerOnly) {
  const auto model = itk::FirstframeModel::New();
  const auto restorer = std::make_shared<BoxRestorer>(1, 8);
  const auto empty = model->GetMTime();
  model->SetRestorer(restorer);
  const auto filled = model->GetMTime();
  EXPECT_GT(filled, empty);
  model->SetRestorer(restorer);
  EXPECT_EQ(model->GetMTime(), filled);
}

TEST(FirstframeModel, IsGraftedAndEmptied) {
  const auto model = box_model(), other = itk::FirstframeModel::New();
  other->Graft(model);
  EXPECT_EQ(other->GetRestorer(), model->GetRestorer());
  other->Initialize();
  EXPECT_FALSE(other->GetRestorer());
  EXPECT_THAT(refusal([&] { other->Graft(itk::Image<float, 2>::New()); }), HasSubstr("only another FirstframeModel"));
}

TEST(FirstframeModel, SaysThatItIsEmpty) {
  const auto model = itk::FirstframeModel::New();
  const auto path = testing::TempDir() + "empty.safetensors";
  EXPECT_THAT(refusal([&] { model->GetTrained(); }), HasSubstr("the model is empty; update the filter that trains"));
  EXPECT_THAT(refusal([&] { model->WriteModel(path); }), HasSubstr("the model is empty"));
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(FirstframeModelReader, ReadsWhatAModelWrote) {
  const auto path = testing::TempDir() + "written.safetensors";
  const auto restorer = trained("linear");
  model_of(restorer)->WriteModel(path);
  const auto reader = itk::FirstframeModelReader::New();
  reader->SetFileName(path);
  reader->Update();
  EXPECT_TRUE(same_weights(reader->GetOutput()->GetTrained().model(), restorer->model()));
}

TEST(FirstframeModelReader, ReadsOnceUntilItsNameOrASettingChanges) {
  const auto reader = itk::FirstframeModelReader::New();
  const auto first = model_file("first.safetensors"), second = model_file("second.safetensors", "residual");
  reader->SetFileName(first);
  reader->Update();
  const auto read = reader->GetOutput()->GetRestorer();
  reader->SetFileName(first);
  reader->Update();
  EXPECT_EQ(reader->GetOutput()->GetRestorer(), read);
  reader->SetPrecision("f32");
  reader->Update();
  EXPECT_NE(reader->GetOutput()->GetRestorer(), read);
  reader->SetFileName(second);
  reader->Update();
  EXPECT_EQ(reader->GetOutput()->GetTrained().info().restorer, "residual");
}

TEST(FirstframeModelReader, RefusesAsItkDoes) {
  const auto reader = itk::FirstframeModelReader::New();
  EXPECT_THAT(refusal([&] { reader->Update(); }), HasSubstr("name a model file with SetFileName()"));
  reader->SetFileName(testing::TempDir() + "nobody.safetensors");
  EXPECT_THAT(refusal([&] { reader->Update(); }), HasSubstr("nobody.safetensors"));
  const auto broken = testing::TempDir() + "broken.safetensors";
  std::ofstream(broken) << "no model";
  reader->SetFileName(broken);
  EXPECT_THAT(refusal([&] { reader->Update(); }), HasSubstr("FirstframeModelReader"));
  EXPECT_THAT(refusal([&] { reader->SetDevice("toaster"); }), HasSubstr("'toaster' is not accepted; use auto, cpu, cuda"));
  std::ostringstream text;
  reader->Print(text);
  EXPECT_THAT(text.str(), HasSubstr("Setting device: auto"));
}

}  // namespace
}  // namespace firstframe
