#include <iomanip>
#include <set>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_draft.h"
#include "io/picture/picture.h"
#include "io/picture/picture_format.h"
#include "io/stream/same_place.h"
#include "io/stream/sinks.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

class FolderSink final : public FrameSink {
 public:
  FolderSink(const fs::path& folder, const fs::path& source_folder)
      : folder_(folder.has_filename() ? folder : folder.parent_path()), source_folder_(source_folder) {
    std::error_code error;
    is_made_here_ = fs::create_directory(folder_, error);
    if (error) throw OutputError(text(folder_.string(), ": the folder cannot be made: ", error.message()));
    const FileDraft probe(folder_ / "frame.png");  // refuses now what would fail at the first frame
  }

  ~FolderSink() override {
    std::error_code error;
    if (is_made_here_ && names_.empty()) fs::remove(folder_, error);  // only when it is empty
  }

  void write(const Frame& frame) override {
    const auto name = name_for(frame);
    const auto path = folder_ / name;
    if (const auto why = why_not_picture(path, frame.section.layout()); !why.empty()) throw FormatError(why);
    if (!names_.insert(name).second)
      throw FormatError(text(path.string(),
                             ": two frames would get this name (.jpg frames are written as .png); "
                             "rename one of them"));
    // A link in this folder may lead back to the input.
    if (!source_folder_.empty() && is_same_place(path, source_folder_ / frame.name))
      throw OutputError(
          text(path.string(), ": is the input itself, which is not overwritten; choose another folder"));
    write_picture(path, frame.section.view());
  }

  void finish() override {
    if (names_.empty()) throw FormatError(text(folder_.string(), ": no frame came, nothing is written"));
  }

 private:
  std::string name_for(const Frame& frame) const {
    if (frame.name.empty()) return text(std::setw(6), std::setfill('0'), names_.size(), ".png");
    const auto name = fs::path(frame.name).filename();
    return is_lossy_name(name) ? fs::path(name).replace_extension(".png").string() : name.string();
  }

  fs::path folder_;
  fs::path source_folder_;
  bool is_made_here_ = false;
  std::set<std::string> names_;
};

}  // namespace

std::unique_ptr<FrameSink> open_folder_sink(const fs::path& path, const fs::path& source_folder) {
  return std::make_unique<FolderSink>(path, source_folder);
}

}  // namespace firstframe
