// How fast SEG-Y goes through the reader and the writer when nothing is restored, beside `cp`: docs/results/segy.md is what this
// prints. FIRSTFRAME_SPEED_MIB sets the file's size; 2048 unless it says otherwise.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "io/volume/section_sink.h"
#include "pipelines/sections/kept_memory.h"
#include "pipelines/sections/section_pipeline.h"
#include "tests/io/seismic/segy_files.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;

std::int64_t mebibytes() {
  const char* const given = std::getenv("FIRSTFRAME_SPEED_MIB");
  return given ? std::atoll(given) : 2048;
}

// Inlines of 500 traces of 1500 samples.
void write_survey(const fs::path& path, int format) {
  SegyRecipe recipe{.inlines = 1, .crosslines = 500, .samples = 1500, .format = format};
  std::ofstream file(path, std::ios::binary);
  file << segy_headers(recipe);
  std::string line;
  for (int xl = 0; xl < recipe.crosslines; ++xl) line += segy_trace(recipe, 0, xl, 0, xl);
  const auto trace_bytes = line.size() / 500;
  const auto lines = (mebibytes() << 20) / static_cast<std::int64_t>(line.size());
  for (std::int64_t i = 0; i < lines; ++i) {
    for (std::size_t xl = 0; xl < 500; ++xl) put_number(line, xl * trace_bytes + 188, 4, 10 + i, true);
    file << line;
  }
}

double seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void flush(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY);
  ::fsync(file);
  ::close(file);
}

void copy_by_cp(const fs::path& from, const fs::path& to) {
  ASSERT_EQ(std::system(("cp '" + from.string() + "' '" + to.string() + "'").c_str()), 0);
}

void pass_through(const fs::path& from, const fs::path& to) {
  const auto source = open_volume(from);
  const auto sink = open_volume_sink(to, source->info(), {}, from);
  SectionSink* const sinks[] = {sink.get()};
  const auto identity = [](std::int64_t, const Section& section) {
    std::vector<Section> sections;
    sections.push_back(section);
    return sections;
  };
  run_sections(*source, sinks, identity, [](std::int64_t) {}, {});
  sink->finish();
}

TEST(SegySpeed, OfNothingRestoredIsThatOfCopying) {
  keep_freed_memory();  // as the command does
  const TempFolder folder;
  std::puts("| samples | MiB | cp, s | cp and fsync, s | through Firstframe, fsync included, s | ratio to cp | to cp and fsync |\n"
            "|---|---|---|---|---|---|---|");
  for (const int format : {5, 1, 3}) {
    write_survey(folder / "a.sgy", format);
    flush(folder / "a.sgy");
    double copied = 1e9, flushed = 1e9, passed = 1e9;
    for (int run = 0; run < 2; ++run) {
      const double here = seconds([&] { copy_by_cp(folder / "a.sgy", folder / "b.sgy"); });
      copied = std::min(copied, here);
      flushed = std::min(flushed, here + seconds([&] { flush(folder / "b.sgy"); }));
      fs::remove(folder / "b.sgy");
      passed = std::min(passed, seconds([&] { pass_through(folder / "a.sgy", folder / "b.sgy"); }));
      ASSERT_EQ(std::system(("cmp -s '" + (folder / "a.sgy").string() + "' '" + (folder / "b.sgy").string() + "'").c_str()), 0);
      fs::remove(folder / "b.sgy");
    }
    std::printf("| %s | %lld | %.2f | %.2f | %.2f | %.2f | %.2f |\n", format == 5 ? "IEEE float" : format == 1 ? "IBM float" : "int16",
                static_cast<long long>(fs::file_size(folder / "a.sgy") >> 20), copied, flushed, passed, copied / passed, flushed / passed);
    std::fflush(stdout);
    EXPECT_GT(flushed / passed, 0.2);  // far from what it is, so that a busy machine does not fail
  }
}

}  // namespace
}  // namespace firstframe
