#include "pipelines/reproduce/seismic_data.h"

#include "io/volume/section_source.h"

namespace firstframe {

std::vector<Traces> read_cube(const std::filesystem::path& data, const std::string& file, std::int64_t samples, std::int64_t traces,
                              std::int64_t sections) {
  VolumeOptions options;
  options.raw = RawVolume{{samples, traces, sections}, StoredType::float32, false, 0};
  const auto source = open_volume(data / "seismic" / file, options);
  std::vector<Traces> cube;
  for (std::int64_t i = 0; i < source->count(); ++i) {
    const auto lying = traces_of(source->read(i).view());  // a trace is a row
    Traces section({samples, traces});
    for (std::int64_t row = 0; row < samples; ++row)
      for (std::int64_t col = 0; col < traces; ++col) section.at(row, col) = lying.at(col, row);
    cube.push_back(std::move(section));
  }
  return cube;
}

FieldLine read_line(const std::filesystem::path& data, const std::string& file, bool by_shots) {
  VolumeOptions options;
  if (by_shots) options.segy.sections = SegySections::gathers;
  const auto source = open_volume(data / "seismic" / file, options);
  FieldLine line;
  line.sample_interval_ms = source->info().geometry.spacing[1];
  const auto offset = code_of(source->info().stored).offset;
  for (std::int64_t i = 0; i < source->count(); ++i) line.sections.push_back(traces_of(source->read(i).view(), offset));
  return line;
}

std::vector<Section> ranged(const std::vector<Traces>& sections, double full) {
  std::vector<Section> all;
  for (const auto& traces : sections) {
    all.push_back(section_of(traces));
    all.back().set_range({-full, full});
  }
  return all;
}

}  // namespace firstframe
