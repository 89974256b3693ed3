#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pipelines/reproduce/protocol.h"

namespace firstframe {

/// Names of the 11 colour pictures of RED's demonstration, which the paper calls Set11, in the order of their seeds.
const std::vector<std::string>& set11_names();

/// The pictures of the experiments:
///
///     DATA/set11/NAME.tif             the 11 of set11_names()
///     DATA/bsd/cbsd68_*.png           20 or more of the BSD68 test pictures, colour
///     DATA/bsd/bsds500_train_*.jpg    training pictures of BSDS500, for the priors of red and pnp
///     DATA/red_gray/NAME.tif          peppers and boats, for the robustness over training pictures
class DataFolder {
 public:
  /// \param quick  the first two of a set's pictures do, of Set11 butterfly, parrots and starfish
  /// \throws MissingFileError when there is no such folder
  DataFolder(std::filesystem::path path, bool quick);

  // All throw MissingFileError naming the file or folder, and what the data folder must hold.
  std::vector<CleanPicture> set11() const;
  std::vector<CleanPicture> bsd() const;
  std::vector<CleanPicture> prior_pictures() const;
  CleanPicture grey(const std::string& name) const;

 private:
  std::vector<CleanPicture> matching(const std::string& prefix, const std::string& ending, std::size_t least) const;

  std::filesystem::path path_;
  bool quick_;
};

}  // namespace firstframe
