#include <unistd.h>

#include <cerrno>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/picture/picture.h"
#include "io/picture/picture_names.h"
#include "io/stream/frame_sink.h"
#include "io/stream/frame_source.h"
#include "pipelines/sections/frame_work.h"
#include "pipelines/shards/input_work.h"
#include "pipelines/shards/publish_file.h"
#include "pipelines/shards/transient_error.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

bool holds_something(const fs::path& place) {
  std::error_code error;
  return fs::exists(place, error) && !(fs::is_directory(place, error) && fs::is_empty(place, error));
}

// Pictures of a folder are written into FOLDER.part, which gets the folder's name when all are there.
class PictureOutput final : public InputOutput {
 public:
  PictureOutput(const FrameSource& source, std::vector<std::string> names, const std::vector<std::string>& places,
                bool is_kept)
      : names_(std::move(names)), is_folder_(source.kind() == FrameSource::Kind::folder), is_kept_(is_kept) {
    for (const fs::path place : places) {
      if (!is_folder_) {
        sinks_.push_back(open_sink(place, source));
        continue;
      }
      if (holds_something(place))
        throw OutputError(
            text(place.string(), ": is there already and not empty; remove it or plan with another --output-dir"));
      const fs::path draft = place.string() + ".part";
      std::error_code error;
      fs::remove_all(draft, error);  // of a merge that was stopped; pictures are quick to write again
      sinks_.push_back(open_sink(draft / "", source));
      folders_.emplace_back(draft, place);
    }
  }

  ~PictureOutput() override {
    if (is_kept_) return;
    std::error_code error;
    for (const auto& [draft, place] : folders_) fs::remove_all(draft, error);
  }

  void write(std::int64_t index, const std::vector<Section>& sections) override {
    for (std::size_t i = 0; i < sinks_.size(); ++i)
      sinks_[i]->write({sections[i], names_[static_cast<std::size_t>(index)]});
  }

  void finish() override {
    for (const auto& sink : sinks_) sink->finish();
    for (const auto& [draft, place] : folders_) {
      if (::rename(draft.c_str(), place.c_str()) != 0) throw_output_error(place.string(), errno);
      flush_folder(place.parent_path());
    }
  }

 private:
  std::vector<std::string> names_;
  std::vector<std::unique_ptr<FrameSink>> sinks_;
  std::vector<std::pair<fs::path, fs::path>> folders_;
  bool is_folder_;
  bool is_kept_;
};

class PictureInput final : public InputWork {
 public:
  PictureInput(const ModelInfo& model, const InputJob& job)
      : model_(model), job_(job), source_(open_frames(job.input, job.choices.volume.range)) {
    if (source_->kind() == FrameSource::Kind::video)
      throw ArgumentError(
          text(job.input,
               ": a video is one stream and not cut into shards; use `firstframe restore`, or a folder of its "
               "frames"));
    const fs::path path = job.input;
    folder_ = source_->kind() == FrameSource::Kind::folder ? path : path.parent_path();
    names_ = source_->kind() == FrameSource::Kind::folder ? picture_names(path)
                                                          : std::vector<std::string>{path.filename().string()};
  }

  std::int64_t count() const override { return static_cast<std::int64_t>(names_.size()); }
  std::vector<fs::path> files() const override {
    std::vector<fs::path> files;
    for (const auto& name : names_) files.push_back(folder_ / name);
    return files;
  }
  Section read(std::int64_t index) override {
    return read_picture(folder_ / names_[static_cast<std::size_t>(index)], job_.choices.volume.range);
  }
  std::vector<Section> restored(const Restorer& restorer, std::int64_t, const Section& degraded) override {
    std::vector<Section> sections;
    sections.push_back(restored_frame(
        restorer, degraded, {job_.input, job_.choices.volume.range, job_.choices.channels, job_.choices.settings}));
    if (!job_.residual.empty()) sections.push_back(removed_from_frame(model_, degraded, sections.front()));
    return sections;
  }

  std::unique_ptr<InputOutput> open_output(const std::string&, bool resume) override {
    std::vector<std::string> places{job_.output};
    if (!job_.residual.empty()) places.push_back(job_.residual);
    return std::make_unique<PictureOutput>(*source_, names_, places, resume);
  }

 private:
  ModelInfo model_;
  InputJob job_;
  std::unique_ptr<FrameSource> source_;
  fs::path folder_;
  std::vector<std::string> names_;
};

}  // namespace

bool is_volume_input(const std::string& input, const RestoreChoices& choices) {
  return choices.volume.raw.has_value() || is_volume(input);
}

std::unique_ptr<InputWork> open_picture_input(const ModelInfo& model, const InputJob& job) {
  return std::make_unique<PictureInput>(model, job);
}

std::unique_ptr<InputWork> open_input(const ModelInfo& model, const InputJob& job) {
  return is_volume_input(job.input, job.choices) ? open_volume_input(model, job) : open_picture_input(model, job);
}

}  // namespace firstframe
