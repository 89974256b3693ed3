#pragma once

#include <filesystem>

#include "core/degradation/degrade.h"
#include "core/degradation/noise.h"
#include "io/picture/picture.h"
#include "tests/io/temp_folder.h"
#include "tests/support/scenes.h"

namespace firstframe {

/// A data folder with just enough small pictures for quick runs.
class SmallData {
 public:
  SmallData() {
    std::filesystem::create_directories(folder_ / "set11");
    std::filesystem::create_directories(folder_ / "bsd");
    unsigned seed = 0;
    for (const char* name : {"set11/butterfly.tif", "set11/parrots.tif", "set11/starfish.tif", "bsd/cbsd68_1.png",
                             "bsd/cbsd68_2.png", "bsd/bsds500_train_1.jpg"})
      write_picture(folder_ / name, scene({96, 96}, SampleType::uint8, ++seed).view());
  }
  /// The three eyes of a quick run: a bright layer across, dark above it, under noise.
  void add_eyes() const {
    for (const char* eye : {"01", "03", "05"}) {
      const auto folder = folder_ / "oct" / "duke2013" / eye;
      std::filesystem::create_directories(folder);
      Section clean(SampleType::float32, 1, {96, 128});
      for (std::int64_t r = 0; r < 96; ++r)
        for (std::int64_t c = 0; c < 128; ++c) clean.samples<float>()[r * 128 + c] = r < 50 ? 0.25f : r < 60 ? 0.75f : 0.4f;
      write_picture(folder / "average.tif", converted(clean.view(), SampleType::uint8).view());
      std::uint64_t seed = 0;
      for (const char* name : {"test.tif", "1.tif", "2.tif", "3.tif", "4.tif"}) {
        auto noisy = clean;
        add_gaussian_noise(noisy, 0.12, ++seed);
        write_picture(folder / name, converted(noisy.view(), SampleType::uint8).view());
      }
    }
  }

  std::filesystem::path path() const { return folder_.path(); }
  std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }

 private:
  TempFolder folder_;
};

}  // namespace firstframe
