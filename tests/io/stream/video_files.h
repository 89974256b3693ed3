#pragma once

#include <filesystem>
#include <vector>

#include "io/stream/frame_sink.h"

namespace firstframe {

/// Frames that come from no file, for sinks that want to know their kind and rate.
class MadeFrames final : public FrameSource {
 public:
  explicit MadeFrames(Kind kind, double rate = 0, std::vector<Frame> frames = {})
      : kind_(kind), rate_(rate), frames_(std::move(frames)) {}
  std::optional<Frame> next() override {
    if (at_ == frames_.size()) return std::nullopt;
    return frames_[at_++];
  }
  std::optional<std::int64_t> count() const override { return static_cast<std::int64_t>(frames_.size()); }
  double rate() const override { return rate_; }
  Kind kind() const override { return kind_; }

 private:
  Kind kind_;
  double rate_;
  std::vector<Frame> frames_;
  std::size_t at_ = 0;
};

inline MadeFrames a_video(double rate = 25) { return MadeFrames(FrameSource::Kind::video, rate); }
inline MadeFrames a_folder() { return MadeFrames(FrameSource::Kind::folder); }
inline MadeFrames a_picture() { return MadeFrames(FrameSource::Kind::picture); }

inline void write_video(const std::filesystem::path& path, const std::vector<Section>& sections,
                        double rate = 25) {
  const auto sink = open_sink(path, a_video(rate));
  for (const auto& section : sections) sink->write({section, ""});
  sink->finish();
}

inline std::vector<Section> read_all(FrameSource& source) {
  std::vector<Section> sections;
  while (auto frame = source.next()) sections.push_back(std::move(frame->section));
  return sections;
}

}  // namespace firstframe
