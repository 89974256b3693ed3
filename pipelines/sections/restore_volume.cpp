#include "pipelines/sections/restore_volume.h"

#include <memory>
#include <vector>

#include "pipelines/sections/section_pipeline.h"
#include "pipelines/sections/volume_work.h"

namespace firstframe {

VolumeRestored restore_volume(const Restorer& restorer, const VolumeRestore& job,
                              const std::function<void(std::int64_t done, std::int64_t count)>& done, std::stop_token stop) {
  const VolumeWork volume(restorer.info(), job);
  auto& source = volume.source();
  const auto sinks = volume.open_sinks({.axis = job.volume.axis, .fingerprint = volume.fingerprint(), .resume = job.resume});
  std::vector<SectionSink*> places;
  for (const auto& sink : sinks) places.push_back(sink.get());

  const auto work = [&](std::int64_t index, const Section& degraded) { return volume.restored(restorer, index, degraded, stop); };
  const auto tell = [&](std::int64_t sections) {
    if (done) done(sections, source.count());
  };
  VolumeRestored result{.count = source.count()};
  result.sections = run_sections(source, places, work, tell, stop, volume.order(restorer));
  for (const auto& sink : sinks) {
    sink->finish();
    result.clipped += sink->clipped();
  }
  result.remarks = source.remarks();
  return result;
}

}  // namespace firstframe
