#include "elements/gst/frames_before.h"

#include <utility>

#include "core/registration/neighbour_mean.h"

namespace firstframe {
namespace {

bool is_alike(const Section& a, const Section& b) {
  return a.extent() == b.extent() && a.type() == b.type() && a.range() == b.range();
}

}  // namespace

Section FrameNeighbours::mean() const {
  std::vector<SectionView> views;
  for (const auto& section : before) views.push_back(section->view());
  return section_with_neighbours(own->view(), views);
}

FrameNeighbours FramesBefore::next(Section own, std::size_t most) {
  if (!latest_.empty() && !is_alike(*latest_.front(), own)) forget();
  if (latest_.size() > most) latest_.resize(most);
  FrameNeighbours frame{std::make_shared<const Section>(std::move(own)), {latest_.begin(), latest_.end()}};
  latest_.push_front(frame.own);
  return frame;
}

}  // namespace firstframe
