#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "io/volume/section_sink.h"
#include "io/volume/section_source.h"

namespace firstframe {

/// The endings that volumes have, in small letters: ".mha", ".nii.gz", "" for none.
std::string volume_ending(const std::filesystem::path& path);

/// One function a format, each in a file of its own name; open_volume.cpp and open_volume_sink.cpp choose among them.
/// Their errors are open_volume()'s.
std::unique_ptr<SectionSource> open_heidelberg(const std::filesystem::path& path, const VolumeOptions& options);
std::unique_ptr<SectionSource> open_meta_image(const std::filesystem::path& path, const VolumeOptions& options);
std::unique_ptr<SectionSource> open_nifti(const std::filesystem::path& path, const VolumeOptions& options);
std::unique_ptr<SectionSource> open_nrrd(const std::filesystem::path& path, const VolumeOptions& options);
std::unique_ptr<SectionSource> open_raw(const std::filesystem::path& path, const VolumeOptions& options);
std::unique_ptr<SectionSource> open_segy_volume(const std::filesystem::path& path, const VolumeOptions& options);
std::unique_ptr<SectionSource> open_zeiss_img(const std::filesystem::path& path, const VolumeOptions& options);

/// Their errors are open_volume_sink()'s.
std::unique_ptr<SectionSink> open_meta_image_sink(const std::filesystem::path& path, const VolumeInfo& info,
                                                  const SinkOptions& options);
std::unique_ptr<SectionSink> open_nifti_sink(const std::filesystem::path& path, const VolumeInfo& info,
                                             const SinkOptions& options);
std::unique_ptr<SectionSink> open_nrrd_sink(const std::filesystem::path& path, const VolumeInfo& info,
                                            const SinkOptions& options);
std::unique_ptr<SectionSink> open_raw_sink(const std::filesystem::path& path, const VolumeInfo& info,
                                           const SinkOptions& options);
std::unique_ptr<SectionSink> open_segy_sink(const std::filesystem::path& path, const VolumeInfo& info, const SinkOptions& options);

}  // namespace firstframe
