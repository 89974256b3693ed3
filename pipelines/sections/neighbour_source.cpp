#include "pipelines/sections/neighbour_source.h"

#include <cstdlib>
#include <map>
#include <utility>
#include <vector>

#include "core/registration/neighbour_mean.h"

namespace firstframe {
namespace {

class NeighbourSource final : public SectionSource {
 public:
  NeighbourSource(std::unique_ptr<SectionSource> source, std::int64_t neighbours)
      : source_(std::move(source)), neighbours_(neighbours) {}

  const VolumeInfo& info() const override { return source_->info(); }
  Axis axis() const override { return source_->axis(); }
  std::filesystem::path path() const override { return source_->path(); }
  std::vector<std::filesystem::path> files() const override { return source_->files(); }
  std::vector<std::string> remarks() const override { return source_->remarks(); }

  Section read(std::int64_t index) override {
    const auto beside = nearest_sections(index, count(), neighbours_);
    const auto& own = at(index);
    std::vector<SectionView> neighbours;
    for (const auto neighbour : beside) neighbours.push_back(at(neighbour).view());
    auto section = section_with_neighbours(own.view(), neighbours);
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
    std::erase_if(kept_, [&](const auto& one) { return 2 * std::abs(one.first - index) > neighbours_ + 1; });
  }

  std::unique_ptr<SectionSource> source_;
  std::int64_t neighbours_;
  std::map<std::int64_t, Section> kept_;
};

}  // namespace

std::unique_ptr<SectionSource> with_neighbours(std::unique_ptr<SectionSource> source, std::int64_t neighbours) {
  if (neighbours == 0) return source;
  return std::make_unique<NeighbourSource>(std::move(source), neighbours);
}

}  // namespace firstframe
