#include "pipelines/reproduce/data_folder.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/picture/picture.h"

namespace firstframe {
namespace {

constexpr const char* kLayout =
    "the data folder must hold set11/*.tif (the 11 colour pictures of RED), bsd/cbsd68_*.png and "
    "bsd/bsds500_train_*.jpg, and for robustness red_gray/*.tif";
constexpr std::size_t kQuickPictures = 2;
constexpr std::size_t kBsdPictures = 20;

CleanPicture picture_at(const std::filesystem::path& path, const std::string& name, std::uint64_t seed) {
  if (!std::filesystem::exists(path)) throw MissingFileError(text("reproduce: ", path.string(), " is missing; ", kLayout));
  return {name, read_picture(path), seed};
}

}  // namespace

const std::vector<std::string>& set11_names() {
  static const std::vector<std::string> names{"bike",  "butterfly", "flower", "girl",    "hat",     "leaves",
                                              "parrots", "parthenon", "plants", "raccoon", "starfish"};
  return names;
}

DataFolder::DataFolder(std::filesystem::path path, bool quick) : path_(std::move(path)), quick_(quick) {
  if (!std::filesystem::is_directory(path_))
    throw MissingFileError(text("reproduce: the data folder ", path_.string(), " is missing; ", kLayout));
}

std::vector<CleanPicture> DataFolder::set11() const {
  std::vector<CleanPicture> all;
  std::uint64_t seed = 0;
  for (const auto& name : set11_names()) {
    ++seed;
    if (quick_ && name != "butterfly" && name != "parrots" && name != "starfish") continue;
    all.push_back(picture_at(path_ / "set11" / (name + ".tif"), name, seed));
  }
  return all;
}

std::vector<CleanPicture> DataFolder::bsd() const { return matching("cbsd68_", ".png", kBsdPictures); }

std::vector<CleanPicture> DataFolder::prior_pictures() const { return matching("bsds500_train_", ".jpg", 1); }

CleanPicture DataFolder::grey(const std::string& name) const {
  return picture_at(path_ / "red_gray" / (name + ".tif"), name, 1);
}

std::vector<CleanPicture> DataFolder::matching(const std::string& prefix, const std::string& ending,
                                               std::size_t least) const {
  const auto folder = path_ / "bsd";
  if (!std::filesystem::is_directory(folder))
    throw MissingFileError(text("reproduce: the folder ", folder.string(), " is missing; ", kLayout));
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    if (name.starts_with(prefix) && name.ends_with(ending)) names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  if (quick_) least = 1;
  if (names.size() < least)
    throw MissingFileError(text("reproduce: ", folder.string(), " holds ", names.size(), " pictures ", prefix, "*",
                                ending, ", needed are ", least, "; ", kLayout));
  if (quick_ && names.size() > kQuickPictures) names.resize(kQuickPictures);
  std::vector<CleanPicture> all;
  for (const auto& name : names) all.push_back(picture_at(folder / (name + ending), name, all.size() + 1));
  return all;
}

}  // namespace firstframe
