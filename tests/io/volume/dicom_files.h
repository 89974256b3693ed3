#pragma once

#include <itkGDCMImageIO.h>
#include <itkImage.h>
#include <itkImageFileWriter.h>
#include <itkMetaDataObject.h>

#include <filesystem>
#include <map>
#include <string>

namespace firstframe {

/// One slice of a made-up CT, 7 x 5: 12 bits, int16 after rescaling with 1 and -1024.
struct SliceStyle {
  double position = 0;  // mm along z
  std::string series = "1.2.3.4";
  std::string description = "thin";
  int number = 1;
  int seed = 1;
  std::map<std::string, std::string> more = {};  // "0010|0010" -> "Doe^Jane"
};

inline std::int16_t slice_value(int seed, int x, int y) {
  return static_cast<std::int16_t>(seed * 100 + 7 * y + x - 1024);
}

inline void write_slice(const std::filesystem::path& path, const SliceStyle& style, int cols = 7,
                        int rows = 5) {
  using Image = itk::Image<float, 2>;  // from which GDCM makes the 12 bits that are asked for below
  auto image = Image::New();
  image->SetRegions(Image::SizeType{{static_cast<unsigned>(cols), static_cast<unsigned>(rows)}});
  image->Allocate();
  for (int y = 0; y < rows; ++y)
    for (int x = 0; x < cols; ++x) image->SetPixel({{x, y}}, slice_value(style.seed, x, y));
  const double spacing[] = {0.5, 0.25};
  image->SetSpacing(spacing);

  auto io = itk::GDCMImageIO::New();
  io->KeepOriginalUIDOn();
  auto& header = io->GetMetaDataDictionary();
  const auto set = [&](const std::string& key, const std::string& value) {
    itk::EncapsulateMetaData<std::string>(header, key, value);
  };
  set("0008|0008", "ORIGINAL\\PRIMARY\\AXIAL");
  set("0008|0016", "1.2.840.10008.5.1.4.1.1.2");
  set("0008|0018", style.series + "." + std::to_string(style.number));
  set("0008|0060", "CT");
  set("0008|103e", style.description);
  set("0010|0010", "Doe^Jane");
  set("0020|000d", "1.2.3");
  set("0020|000e", style.series);
  set("0020|0013", std::to_string(style.number));
  set("0020|0032", "10\\20\\" + std::to_string(style.position));
  set("0020|0037", "1\\0\\0\\0\\1\\0");
  set("0028|0004", "MONOCHROME2");
  set("0028|0030", "0.25\\0.5");
  set("0028|0100", "16");
  set("0028|0101", "12");
  set("0028|0102", "11");
  set("0028|0103", "0");
  set("0028|1052", "-1024");
  set("0028|1053", "1");
  for (const auto& [key, value] : style.more) set(key, value);

  auto writer = itk::ImageFileWriter<Image>::New();
  writer->SetInput(image);
  writer->SetFileName(path.string());
  writer->SetImageIO(io);
  writer->UseInputMetaDataDictionaryOff();
  writer->Update();
}

}  // namespace firstframe
