#include "io/seismic/trace_lengths.h"

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

constexpr std::int64_t kMostSamples = 32767;  // segyio 1.8 counts them in signed 16 bits
using Header = std::array<std::byte, kTraceHeaderBytes>;

Header header_at(const FileReader& file, std::int64_t offset) {
  Header header;
  file.read(offset, header);
  return header;
}

SegyLayout of_length(SegyLayout layout, std::int64_t samples) {
  layout.samples = samples;
  layout.traces = (layout.file_bytes - layout.begin) / layout.trace_bytes();
  return layout;
}

bool fills(const SegyLayout& layout, std::int64_t samples) {
  const auto tried = of_length(layout, samples);
  return samples > 0 && tried.traces > 0 && tried.end() == layout.file_bytes;
}

constexpr std::int64_t kLongestTrailer = 64 * kTextHeaderBytes;

// Whether a header says the samples and the interval that the first one says.
bool is_like_the_first(const FileReader& file, const SegyLayout& layout, std::int64_t trace) {
  const auto first = header_at(file, layout.at(0)), other = header_at(file, layout.at(trace));
  return std::equal(first.begin() + trace_byte::kSamples - 1, first.begin() + trace_byte::kSamples + 3,
                    other.begin() + trace_byte::kSamples - 1);
}

// Leaves off at the end what is like no trace: padding of zeros, or text of revision 2. False where something else is left.
bool leaves_a_trailer(const FileReader& file, SegyLayout& layout) {
  while (layout.traces > 1 && layout.file_bytes - layout.end() < kLongestTrailer && !is_like_the_first(file, layout, layout.traces - 1))
    --layout.traces;
  const auto left = layout.file_bytes - layout.end();
  if (layout.traces < 1 || left > kLongestTrailer) return false;
  std::vector<std::byte> bytes(static_cast<std::size_t>(left));
  file.read(layout.end(), bytes);
  if (std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{0}; })) return true;
  if (left % kTextHeaderBytes != 0) return false;
  const auto is_text = [](std::byte b) { return b >= std::byte{0x20} || b == std::byte{'\n'} || b == std::byte{'\r'}; };
  return std::all_of(bytes.begin(), bytes.end(), is_text);
}

// Of two lengths that both fill the file, whether the second trace's header is like the first one's.
bool leads_to_a_header(const FileReader& file, const SegyLayout& layout, std::int64_t samples) {
  const auto tried = of_length(layout, samples);
  if (tried.traces < 2) return true;
  return is_like_the_first(file, tried, 1);
}

std::string numbers_of(const SegyLayout& layout, std::int64_t announced, std::int64_t in_trace) {
  return layout.is_su ? text("its first trace header says ", in_trace, " samples")
                      : text("its binary header says ", announced, " samples per trace, its first trace header ", in_trace);
}

[[noreturn]] void refuse_length(const FileReader& file, const SegyLayout& layout, std::int64_t announced, std::int64_t in_trace) {
  const auto name = file.path().string();
  const auto samples = announced > 0 ? announced : in_trace;
  if (samples < 1)
    throw FormatError(text(name, ": ", numbers_of(layout, announced, in_trace), "; say it with --samples N"));
  const auto tried = of_length(layout, samples);
  throw FormatError(text(name, ": is cut, or a header lies: ", numbers_of(layout, announced, in_trace), ", so a trace takes ",
                         tried.trace_bytes(), " bytes; the file has ", tried.traces, " of them and ", layout.file_bytes - tried.end(),
                         " bytes more. Get the whole file, or say the number with --samples N"));
}

void refuse_long(const FileReader& file, std::int64_t samples) {
  if (samples > kMostSamples)
    throw FormatError(text(file.path().string(), ": has ", samples, " samples per trace; up to ", kMostSamples,
                           " are read. Resample it, or cut it in time"));
}

}  // namespace

void settle_trace_length(const FileReader& file, std::int64_t announced, const SegyOptions& options, SegyLayout& layout,
                         std::vector<std::string>& findings) {
  const auto name = file.path().string();
  if (layout.file_bytes < layout.begin + kTraceHeaderBytes)
    throw FormatError(text(name, ": is cut: its headers end at byte ", layout.begin, ", the file has ", layout.file_bytes,
                           "; there is no trace in it"));
  const auto in_trace = count_at(header_at(file, layout.begin), trace_byte::kSamples, layout.big_endian);
  std::int64_t samples = 0;
  if (options.samples) {
    samples = *options.samples;
    if (samples < 1 || !fills(layout, samples))
      throw ArgumentError(text("samples: ", samples, " per trace do not fill ", name, ", which has ", layout.file_bytes - layout.begin,
                               " bytes of traces; ", numbers_of(layout, announced, in_trace)));
  } else if (announced != in_trace && fills(layout, announced) && fills(layout, in_trace)) {
    samples = leads_to_a_header(file, layout, announced) ? announced : in_trace;
  } else if (fills(layout, announced)) {
    samples = announced;
  } else if (fills(layout, in_trace)) {
    samples = in_trace;
  } else {
    if (const auto varying = varying_lengths(file, layout)) throw FormatError(text(name, ": ", *varying));
    const auto likely = announced > 0 ? announced : in_trace;
    refuse_long(file, likely);
    if (likely < 1) refuse_length(file, layout, announced, in_trace);
    auto with_trailer = of_length(layout, likely);
    if (!leaves_a_trailer(file, with_trailer)) refuse_length(file, layout, announced, in_trace);
    layout = with_trailer;
    samples = likely;
  }
  refuse_long(file, samples);
  if (layout.samples == 0) layout = of_length(layout, samples);
  if (layout.traces > INT32_MAX)
    throw FormatError(text(name, ": has ", layout.traces, " traces; up to ", INT32_MAX, " are read. Split it by lines"));
  const auto believed = text("; ", samples, " was believed, since such traces fill the file");
  if (!layout.is_su && announced != in_trace && in_trace != 0 && !options.samples)
    findings.push_back(numbers_of(layout, announced, in_trace) + believed);
  else if (!layout.is_su && in_trace == 0 && announced != samples)
    findings.push_back(numbers_of(layout, announced, in_trace) + believed);
  if (layout.end() < layout.file_bytes)
    findings.push_back(text(layout.file_bytes - layout.end(), " bytes behind the last trace are no trace; they are kept as they are"));
}

std::optional<std::string> varying_lengths(const FileReader& file, const SegyLayout& layout) {
  const auto bytes = segy_sample_bytes(layout.format);
  std::int64_t first = 0, differs = 0, in_it = 0, trace = 0, at = layout.begin;
  for (; at + kTraceHeaderBytes <= layout.file_bytes; ++trace) {
    const auto samples = count_at(header_at(file, at), trace_byte::kSamples, layout.big_endian);
    if (samples == 0) return std::nullopt;
    if (trace == 0) first = samples;
    if (samples != first && differs == 0) differs = trace, in_it = samples;
    at += kTraceHeaderBytes + samples * bytes;
  }
  if (at != layout.file_bytes || differs == 0) return std::nullopt;
  return text("trace 0 has ", first, " samples, trace ", differs, " has ", in_it,
              "; traces of several lengths are not read. Split the file, or pad its traces to one length");
}

}  // namespace firstframe
