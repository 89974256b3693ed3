#include "core/base/error.h"
#include "io/volume/section_sink.h"
#include "pipelines/sections/volume_work.h"
#include "pipelines/shards/input_work.h"

namespace firstframe {
namespace {

class VolumeOutput final : public InputOutput {
 public:
  explicit VolumeOutput(std::vector<std::unique_ptr<SectionSink>> sinks) : sinks_(std::move(sinks)) {}

  std::int64_t first_missing() const override {
    auto first = sinks_.front()->first_missing();
    for (const auto& sink : sinks_) first = std::min(first, sink->first_missing());
    return first;
  }
  void write(std::int64_t index, const std::vector<Section>& sections) override {
    for (std::size_t i = 0; i < sinks_.size(); ++i)
      if (index >= sinks_[i]->first_missing()) sinks_[i]->write(index, sections[i].view());
  }
  void finish() override {
    for (const auto& sink : sinks_) sink->finish();
  }
  std::int64_t clipped() const override {
    std::int64_t clipped = 0;
    for (const auto& sink : sinks_) clipped += sink->clipped();
    return clipped;
  }

 private:
  std::vector<std::unique_ptr<SectionSink>> sinks_;
};

VolumeRestore job_of(const InputJob& job) {
  VolumeRestore restore;
  restore.input = job.input;
  restore.output = job.output;
  restore.residual = job.residual;
  restore.volume = job.choices.volume;
  restore.settings = job.choices.settings;
  restore.orthogonalise = job.choices.orthogonalise;
  return restore;
}

class VolumeInput final : public InputWork {
 public:
  VolumeInput(const ModelInfo& model, const InputJob& job)
      : axis_(job.choices.volume.axis), work_(model, job_of(job)) {}

  std::int64_t count() const override { return work_.source().count(); }
  std::vector<std::filesystem::path> files() const override { return work_.source().files(); }
  std::vector<std::string> remarks() const override { return work_.source().remarks(); }
  bool is_read_whole() const override { return work_.source().info().access == VolumeInfo::Access::whole; }
  Section read(std::int64_t index) override { return work_.source().read(index); }
  std::vector<Section> restored(const Restorer& restorer, std::int64_t index, const Section& degraded) override {
    return work_.restored(restorer, index, degraded);
  }

  std::unique_ptr<InputOutput> open_output(const std::string& print, bool resume) override {
    if (resume) {
      try {
        return std::make_unique<VolumeOutput>(work_.open_sinks({axis_, print, true}));
      } catch (const ArgumentError&) {
        // A draft of other shards is not gone on with; what else is wrong is said once more below.
      } catch (const FormatError&) {
      }
    }
    return std::make_unique<VolumeOutput>(work_.open_sinks({axis_, print, false, resume}));
  }

 private:
  Axis axis_;
  VolumeWork work_;
};

}  // namespace

std::unique_ptr<InputWork> open_volume_input(const ModelInfo& model, const InputJob& job) {
  return std::make_unique<VolumeInput>(model, job);
}

}  // namespace firstframe
