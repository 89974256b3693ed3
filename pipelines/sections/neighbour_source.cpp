#include "pipelines/sections/neighbour_source.h"

#include <cstdlib>
#include <map>
#include <utility>
#include <vector>

#include "core/frame/normalised.h"
#include "core/registration/neighbour_mean.h"

namespace firstframe {
namespace {

class NeighbourSource final : public SectionSource {
 public:
  NeighbourSource(std::unique_ptr<SectionSource> source, std::int64_t each_side)
      : source_(std::move(source)), each_side_(each_side) {}

  const VolumeInfo& info() const override { return source_->info(); }
  Axis axis() const override { return source_->axis(); }
  std::filesystem::path path() const override { return source_->path(); }
  std::vector<std::filesystem::path> files() const override { return source_->files(); }

  Section read(std::int64_t index) override {
    const auto beside = sections_beside(index, count(), each_side_);
    const auto& own = at(index);
    std::vector<SectionView> neighbours;
    for (const auto neighbour : beside) neighbours.push_back(at(neighbour).view());
    const auto mean = neighbour_mean(own.view(), neighbours);
    Section section(own.type(), 1, own.extent());
    section.set_range(own.range());
    store_normalised(mean.samples<float>(), own.extent().area(), own.extent().cols, section.span());
    forget_far_from(index);
    return section;
  }

 private:
  // Stays where it is until it is forgotten.
  const Section& at(std::int64_t index) {
    const auto kept = kept_.find(index);
    return kept != kept_.end() ? kept->second : kept_.emplace(index, source_->read(index)).first->second;
  }

  void forget_far_from(std::int64_t index) {
    std::erase_if(kept_, [&](const auto& one) { return std::abs(one.first - index) > each_side_; });
  }

  std::unique_ptr<SectionSource> source_;
  std::int64_t each_side_;
  std::map<std::int64_t, Section> kept_;
};

}  // namespace

std::unique_ptr<SectionSource> with_neighbours(std::unique_ptr<SectionSource> source, std::int64_t neighbours) {
  if (neighbours == 0) return source;
  return std::make_unique<NeighbourSource>(std::move(source), neighbours / 2);
}

}  // namespace firstframe
