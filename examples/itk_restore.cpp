// How do I restore a volume with ITK after annotating one of its slices?
//   itk_restore VOLUME.mha SLICE CLEAN.mha RESTORED.mha [STEPS]
// CLEAN.mha is one 2-D image, the clean counterpart of slice SLICE along z. The volume is read, restored and written eight pieces
// one after the other. Prints how many slices were restored, and with what.

#include <iostream>
#include <string>

#include "itkExtractImageFilter.h"
#include "itkFirstframeRestoreImageFilter.h"
#include "itkFirstframeTrainFilter.h"
#include "itkImageFileReader.h"
#include "itkImageFileWriter.h"
#include "itkMetaImageIOFactory.h"

namespace {

void run(const std::string& degraded, int slice, const std::string& clean, const std::string& restored, int steps) {
  // [begin: itk-restore]
  using Volume = itk::Image<std::uint16_t, 3>;
  using Slice = itk::Image<std::uint16_t, 2>;

  // The annotated slice comes from a reader of its own: one reader would read it again for every piece.
  auto annotated = itk::ImageFileReader<Volume>::New();
  annotated->SetFileName(degraded);
  annotated->UpdateOutputInformation();
  auto region = annotated->GetOutput()->GetLargestPossibleRegion();
  region.SetIndex(2, slice);
  region.SetSize(2, 0);
  auto extract = itk::ExtractImageFilter<Volume, Slice>::New();
  extract->SetInput(annotated->GetOutput());
  extract->SetExtractionRegion(region);
  extract->SetDirectionCollapseToSubmatrix();
  auto cleanReader = itk::ImageFileReader<Slice>::New();
  cleanReader->SetFileName(clean);

  auto trainer = itk::FirstframeTrainFilter<Slice>::New();
  trainer->SetDegradedImage(extract->GetOutput());
  trainer->SetCleanImage(cleanReader->GetOutput());
  trainer->SetSteps(steps);  // 0: as many as SetSeconds() allows

  auto reader = itk::ImageFileReader<Volume>::New();
  reader->SetFileName(degraded);
  auto restore = itk::FirstframeRestoreImageFilter<Volume>::New();
  restore->SetInput(reader->GetOutput());
  restore->SetModel(trainer->GetModel());
  auto writer = itk::ImageFileWriter<Volume>::New();
  writer->SetInput(restore->GetOutput());
  writer->SetFileName(restored);
  writer->SetNumberOfStreamDivisions(8);
  writer->Update();  // trains once, then reads, restores and writes piece by piece
  // [end: itk-restore]
  const auto& info = trainer->GetModel()->GetTrained().info();
  std::cout << "restored " << restore->GetOutput()->GetLargestPossibleRegion().GetSize(2) << " slices with " << info.restorer
            << ", trained for " << info.steps << " steps\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    std::cerr << "usage: itk_restore VOLUME.mha SLICE CLEAN.mha RESTORED.mha [STEPS]\n";
    return 64;
  }
  try {
    itk::MetaImageIOFactory::RegisterOneFactory();  // programs that include ITK_USE_FILE need no such line
    run(argv[1], std::stoi(argv[2]), argv[3], argv[4], argc > 5 ? std::stoi(argv[5]) : 0);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "itk_restore: " << error.what() << "\n";
    return 1;
  }
}
