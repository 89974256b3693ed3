#pragma once

#include <filesystem>

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
  std::filesystem::path path() const { return folder_.path(); }
  std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }

 private:
  TempFolder folder_;
};

}  // namespace firstframe
