#include "io/volume/derived_slice.h"

#include <gdcmImage.h>
#include <gdcmImageHelper.h>
#include <gdcmImageReader.h>
#include <gdcmSequenceOfItems.h>
#include <gdcmWriter.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "core/base/error.h"
#include "core/base/fnv1a.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

using gdcm::DataSet;
using gdcm::Tag;
using gdcm::VR;

const Tag kImageType(0x0008, 0x0008), kSopClass(0x0008, 0x0016), kSopInstance(0x0008, 0x0018),
    kSeriesText(0x0008, 0x103e), kSourceClass(0x0008, 0x1150), kSourceInstance(0x0008, 0x1155),
    kDerivation(0x0008, 0x2111), kSourceImages(0x0008, 0x2112), kSeries(0x0020, 0x000e),
    kHighBit(0x0028, 0x0102), kSmallest(0x0028, 0x0106), kLargest(0x0028, 0x0107), kPixels(0x7fe0, 0x0010),
    kFileInstance(0x0002, 0x0003);

std::string value_of(const DataSet& header, const Tag& tag) {
  if (!header.FindDataElement(tag)) return "";
  const auto* bytes = header.GetDataElement(tag).GetByteValue();
  if (!bytes) return "";
  std::string value(bytes->GetPointer(), bytes->GetLength());
  while (!value.empty() && (value.back() == '\0' || value.back() == ' ')) value.pop_back();
  return value;
}

// UIDs are padded with a zero byte, texts with a blank.
template <typename Header>
void put(Header& header, const Tag& tag, VR::VRType vr, std::string value) {
  if (value.size() % 2 == 1) value.push_back(vr == VR::UI ? '\0' : ' ');
  gdcm::DataElement element(tag);
  element.SetVR(vr);
  element.SetByteValue(value.data(), static_cast<std::uint32_t>(value.size()));
  header.Replace(element);
}

// "2.25." and a UUID as one decimal number; the UUID is of version 8, made from a hash.
std::string uid_from(const std::string& source, const std::string& fingerprint) {
  const auto name = source + "\n" + fingerprint;
  Fnv1a64 hash;
  hash.add(name.data(), name.size());
  auto high = hash.value();
  hash.add(name.data(), name.size());
  auto low = hash.value();
  high = (high & ~0xf000ull) | 0x8000ull;
  low = (low & ~(3ull << 62)) | 2ull << 62;
  auto number = static_cast<unsigned __int128>(high) << 64 | low;
  std::string digits;
  for (; number != 0; number /= 10) digits.push_back(static_cast<char>('0' + static_cast<int>(number % 10)));
  std::reverse(digits.begin(), digits.end());
  return "2.25." + digits;
}

std::string derived_type(const std::string& type) {
  const auto rest = type.find('\\');
  return "DERIVED" + (rest == std::string::npos ? "\\SECONDARY" : type.substr(rest));
}

void name_source(DataSet& header) {
  gdcm::Item item;
  item.SetVLToUndefined();
  put(item.GetNestedDataSet(), kSourceClass, VR::UI, value_of(header, kSopClass));
  put(item.GetNestedDataSet(), kSourceInstance, VR::UI, value_of(header, kSopInstance));
  gdcm::SmartPointer<gdcm::SequenceOfItems> images = new gdcm::SequenceOfItems;
  images->SetLengthToUndefined();
  images->AddItem(item);
  gdcm::DataElement element(kSourceImages);
  element.SetVR(VR::SQ);
  element.SetValue(*images);
  element.SetVLToUndefined();
  header.Replace(element);
}

std::string pixels_of(const std::vector<double>& values, const gdcm::Image& image, std::int64_t& clipped) {
  const auto& format = image.GetPixelFormat();
  const double lowest = static_cast<double>(format.GetMin()), highest = static_cast<double>(format.GetMax());
  const auto bytes = format.GetBitsAllocated() / 8;
  std::string pixels;
  pixels.reserve(values.size() * bytes + 1);
  for (const auto value : values) {
    const double stored = std::round((value - image.GetIntercept()) / image.GetSlope());
    const double limited = std::isnan(stored) ? lowest : std::clamp(stored, lowest, highest);
    clipped += limited != stored;
    auto bits = static_cast<std::uint64_t>(static_cast<std::int64_t>(limited));
    for (int byte = 0; byte < bytes; ++byte, bits >>= 8) pixels.push_back(static_cast<char>(bits & 0xff));
  }
  if (pixels.size() % 2 == 1) pixels.push_back('\0');
  return pixels;
}

}  // namespace

DerivedSlice derived_slice(const std::filesystem::path& source, const std::vector<double>& values,
                           const std::string& fingerprint) {
  gdcm::ImageHelper::SetForceRescaleInterceptSlope(true);  // as itk::GDCMImageIO reads it
  gdcm::ImageReader reader;
  reader.SetFileName(source.c_str());
  if (!reader.Read())
    throw FormatError(text(source.string(), ": is damaged and cannot be read as DICOM; copy it again"));
  const auto& image = reader.GetImage();
  const auto& format = image.GetPixelFormat();
  const auto bits = format.GetBitsAllocated();
  if (values.size() != static_cast<std::size_t>(image.GetRows()) * image.GetColumns())
    throw FormatError(text(source.string(), ": is ", image.GetRows(), " x ", image.GetColumns(),
                           ", the section has ", values.size(), " pixels"));
  if ((bits != 8 && bits != 16 && bits != 32) || format.GetSamplesPerPixel() != 1 || image.GetSlope() == 0)
    throw FormatError(text(source.string(), ": stores ", bits, " bits a sample with rescale slope ",
                           image.GetSlope(),
                           "; 8, 16 and 32 whole bits are written to DICOM, write a .mha, .nii or .tif"));

  DerivedSlice slice;
  auto& file = reader.GetFile();
  auto& header = file.GetDataSet();
  name_source(header);
  const auto instance = uid_from(value_of(header, kSopInstance), fingerprint);
  put(header, kSopInstance, VR::UI, instance);
  put(file.GetHeader(), kFileInstance, VR::UI, instance);
  put(header, kSeries, VR::UI, uid_from(value_of(header, kSeries), fingerprint));
  put(header, kImageType, VR::CS, derived_type(value_of(header, kImageType)));
  put(header, kDerivation, VR::ST, "restored by Firstframe");
  put(header, kSeriesText, VR::LO, (value_of(header, kSeriesText).substr(0, 54) + " restored").substr(0, 64));
  header.Remove(kSmallest);
  header.Remove(kLargest);
  const auto high_bit = static_cast<std::uint16_t>(format.GetBitsStored() - 1);
  put(header, kHighBit, VR::US, {static_cast<char>(high_bit & 0xff), static_cast<char>(high_bit >> 8)});

  const auto pixels = pixels_of(values, image, slice.clipped);
  put(header, kPixels, bits == 8 ? VR::OB : VR::OW, pixels);
  const auto syntax = file.GetHeader().GetDataSetTransferSyntax();
  file.GetHeader().SetDataSetTransferSyntax(syntax == gdcm::TransferSyntax::ImplicitVRLittleEndian
                                                ? gdcm::TransferSyntax::ImplicitVRLittleEndian
                                                : gdcm::TransferSyntax::ExplicitVRLittleEndian);

  std::ostringstream out;
  gdcm::Writer writer;
  writer.SetFile(file);
  writer.SetStream(out);
  if (!writer.Write())
    throw FormatError(
        text(source.string(), ": GDCM cannot write a slice with its header; write a .mha, .nii or .tif"));
  slice.file = std::move(out).str();
  return slice;
}

}  // namespace firstframe
