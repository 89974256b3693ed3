#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <vector>

#include "core/frame/section.h"

namespace firstframe {

using SectionsBefore = std::vector<std::shared_ptr<const Section>>;  // the nearest first

/// A frame's grey or luma, and that of the frames before it: what a model with ModelInfo::neighbours averages.
struct FrameNeighbours {
  std::shared_ptr<const Section> own;  // nullptr where nobody asks for neighbours
  SectionsBefore before;

  /// The frame averaged with them, as section_with_neighbours() has it.
  Section mean() const;
};

/// The latest frames of a stream, in a format that they share. One thread at a time.
class FramesBefore {
 public:
  /// A frame with those before it, at most `most`; then it is one of them. Frames of another format forget those before.
  FrameNeighbours next(Section own, std::size_t most);

  /// What comes has nothing to do with what came.
  void forget() { latest_.clear(); }

 private:
  std::deque<std::shared_ptr<const Section>> latest_;  // the nearest first
};

}  // namespace firstframe
