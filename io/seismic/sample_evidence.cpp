#include "io/seismic/sample_evidence.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

constexpr std::int64_t kTraces = 64;
constexpr std::int64_t kFewest = 500;      // different samples other than 0 that tell something
constexpr double kStray = 0.02;            // part of the samples that may look wrong
constexpr double kFewStray = 0.001;

struct Kind {
  int format;
  bool big_endian;
};

std::vector<std::uint32_t> sampled_words(const FileReader& file, const SegyLayout& layout) {
  std::vector<std::uint32_t> words;
  const auto count = std::min(kTraces, layout.traces);
  std::vector<std::uint32_t> trace(static_cast<std::size_t>(layout.samples));
  for (std::int64_t i = 0; i < count; ++i) {
    file.read(layout.at(i * layout.traces / count) + kTraceHeaderBytes, std::as_writable_bytes(std::span(trace)));
    std::copy_if(trace.begin(), trace.end(), std::back_inserter(words), [](std::uint32_t word) { return word != 0; });
  }
  return words;
}

std::int64_t different(std::vector<std::uint32_t> words) {
  std::sort(words.begin(), words.end());
  return std::unique(words.begin(), words.end()) - words.begin();
}

// Part of the words that would be no number anybody recorded, or no normalised one.
double stray_part(const std::vector<std::uint32_t>& words, Kind kind) {
  std::int64_t stray = 0, other = 0;
  for (const auto word : words) {
    float value;
    decode_trace(kind.format, kind.big_endian, reinterpret_cast<const std::byte*>(&word), 1, reinterpret_cast<std::byte*>(&value));
    const auto number = kind.big_endian ? __builtin_bswap32(word) : word;
    if ((number & 0x7fffffff) == 0) continue;  // -0
    ++other;
    const auto size = std::abs(value);
    const bool is_odd = !(size > 1e-20f && size < 1e20f);
    stray += is_odd || (kind.format == kIbmFloat && (number & 0x00f00000) == 0);
  }
  return other == 0 ? 0 : static_cast<double>(stray) / static_cast<double>(other);
}

// IEEE floats of any data have numbers with a 0 there; IBM floats have none.
bool looks_normalised(const std::vector<std::uint32_t>& words, bool big_endian) {
  return std::none_of(words.begin(), words.end(), [&](std::uint32_t word) {
    const auto number = big_endian ? __builtin_bswap32(word) : word;
    return (number & 0x7fffffff) != 0 && (number & 0x00f00000) == 0;
  });
}

std::string name_of(Kind kind) {
  return text(segy_format_name(kind.format), " (--sample-format ", kind.format, " --byte-order ", kind.big_endian ? "big" : "little", ")");
}

}  // namespace

void check_samples(const FileReader& file, const SegyLayout& layout, const SegyOptions& options) {
  if (options.format || options.big_endian || segy_stored_type(layout.format) != StoredType::float32) return;
  const auto words = sampled_words(file, layout);
  if (different(words) < kFewest) return;
  const Kind declared{layout.format, layout.big_endian};
  const auto wrong = stray_part(words, declared);
  const bool is_ibm_after_all = layout.format == kIeeeFloat && looks_normalised(words, layout.big_endian) &&
                                stray_part(words, {kIbmFloat, layout.big_endian}) < kFewStray;
  if (wrong <= kStray && !is_ibm_after_all) return;
  std::string fitting;
  for (const Kind kind : {Kind{kIeeeFloat, true}, Kind{kIbmFloat, true}, Kind{kIeeeFloat, false}, Kind{kIbmFloat, false}}) {
    if (kind.format == declared.format && kind.big_endian == declared.big_endian) continue;
    // IBM floats read as IEEE ones are numbers, too.
    if (is_ibm_after_all && kind.format != kIbmFloat) continue;
    if (stray_part(words, kind) < kFewStray) fitting += (fitting.empty() ? "" : " or ") + name_of(kind);
  }
  if (fitting.empty()) return;  // odd data, and nothing that would read it better
  throw FormatError(text(file.path().string(), ": the header says ", segy_format_name(declared.format), ", the samples look like ", fitting,
                         "; say it so, or insist with --sample-format ", declared.format));
}

}  // namespace firstframe
