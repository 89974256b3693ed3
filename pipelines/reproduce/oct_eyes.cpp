#include "pipelines/reproduce/oct_eyes.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/picture/picture.h"

namespace firstframe {
namespace {

Section scan_at(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path))
    throw MissingFileError(text("reproduce: ", path.string(), " is missing; for OCT the data folder must hold "
                                "oct/duke2013/NN/{test,average,1,2,3,4}.tif of the odd eyes, 01 to 17"));
  const auto picture = read_picture(path);
  Section scan(picture.view().channel(0));  // some are grey pictures stored as colour ones
  scan.set_range(picture.range());
  return scan;
}

}  // namespace

std::vector<OctEye> read_oct_eyes(const std::filesystem::path& data, bool quick) {
  std::vector<OctEye> eyes;
  for (const char* name : {"01", "03", "05", "07", "09", "11", "13", "15", "17"}) {
    if (quick && eyes.size() == 3) break;
    const auto folder = data / "oct" / "duke2013" / name;
    OctEye eye{name, scan_at(folder / "test.tif"), scan_at(folder / "average.tif"), {}};
    for (const char* neighbour : {"1.tif", "2.tif", "3.tif", "4.tif"}) eye.neighbours.push_back(scan_at(folder / neighbour));
    eyes.push_back(std::move(eye));
  }
  return eyes;
}

}  // namespace firstframe
