#include "io/seismic/segy_layout.h"

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/seismic/trace_lengths.h"

namespace firstframe {
namespace {

using Headers = std::array<std::byte, kTextHeaderBytes + kBinaryHeaderBytes>;

bool is_code(std::int64_t code) { return code >= 1 && segy_format_name(static_cast<int>(code)) != "unknown"; }

// Nothing where the format code is none in either order.
std::optional<bool> byte_order_of(const Headers& headers) {
  for (const bool big_endian : {true, false})
    if (is_code(count_at(headers, binary_byte::kFormat, big_endian))) return big_endian;
  return std::nullopt;
}

void require_known_format(const std::string& name, int code) {
  if (segy_stored_type(code)) return;
  const auto known = "; read are 1 IBM float, 2 int32, 3 int16, 5 IEEE float, 8 int8";
  if (is_code(code))
    throw FormatError(text(name, ": its samples are ", segy_format_name(code), " (format code ", code, "), which is not read", known,
                           ". Convert it"));
  throw FormatError(text(name, ": its binary header says format code ", code, ", which is none", known,
                         ". Say it with --sample-format, if it is SEG-Y"));
}

// What revision 2 added and what would move the traces.
void refuse_revision_2(const std::string& name, const Headers& headers, const SegyLayout& layout) {
  const auto refuse = [&](const std::string& what) {
    throw FormatError(text(name, ": ", what, ", a field of SEG-Y revision 2 that is not read; write it as revision 1"));
  };
  const auto field = [&](int byte, int width) { return number_at(headers, byte, width, layout.big_endian); };
  if (const auto samples = field(binary_byte::kExtendedSamples, 4);
      samples != 0 && samples != count_at(headers, binary_byte::kSamples, layout.big_endian))
    refuse(text("says ", samples, " samples per trace in bytes 3269-3272"));
  if (const auto more = field(binary_byte::kTraceHeaders, 4); more != 0) refuse(text("has ", more, " additional headers per trace"));
  if (const auto first = field(binary_byte::kFirstTrace, 8); first != 0 && first != layout.begin)
    refuse(text("says that the traces begin at byte ", first));
}

void note_revision(std::int64_t revision, std::vector<std::string>& findings) {
  if (revision > 2) findings.push_back(text("the binary header says revision ", revision, ", which is none; it was read as revision 1"));
}

std::int64_t interval_of(const FileReader& file, std::int64_t announced, const SegyLayout& layout, std::vector<std::string>& findings) {
  std::array<std::byte, kTraceHeaderBytes> header;
  file.read(layout.begin, header);
  const auto in_trace = count_at(header, trace_byte::kInterval, layout.big_endian);
  if (announced != 0 && in_trace != 0 && announced != in_trace)
    findings.push_back(text("the binary header says a sample interval of ", announced, " us, the first trace header ", in_trace,
                            " us; ", announced, " us was believed"));
  return announced != 0 ? announced : in_trace;
}

}  // namespace

SegyLayout read_segy_layout(const FileReader& file, const SegyOptions& options, std::vector<std::string>& findings) {
  const auto name = file.path().string();
  SegyLayout layout;
  layout.file_bytes = file.size();
  if (file.size() < kTextHeaderBytes + kBinaryHeaderBytes)
    throw FormatError(text(name, ": is no SEG-Y, or cut: it has ", file.size(), " bytes, the headers alone take ",
                           kTextHeaderBytes + kBinaryHeaderBytes));
  Headers headers;
  file.read(0, headers);
  const auto order = byte_order_of(headers);
  layout.big_endian = options.big_endian.value_or(order.value_or(true));
  const auto said = static_cast<int>(count_at(headers, binary_byte::kFormat, layout.big_endian));
  layout.format = options.format.value_or(said);
  require_known_format(name, layout.format);
  if (layout.format != said)
    findings.push_back(text("the binary header says format code ", said, " (", segy_format_name(said), "); ", layout.format, " (",
                            segy_format_name(layout.format), ") was given and believed"));
  layout.revision = number_at(headers, binary_byte::kRevision, 2, layout.big_endian) >> 8 & 0xff;
  note_revision(layout.revision, findings);
  layout.extended_headers = number_at(headers, binary_byte::kExtendedHeaders, 2, layout.big_endian);
  if (layout.extended_headers < 0)
    throw FormatError(text(name, ": says ", layout.extended_headers, " extended text headers, a number that varies, which is not read; "
                           "write the number into bytes 3505-3506"));
  layout.begin = kTextHeaderBytes + kBinaryHeaderBytes + layout.extended_headers * kTextHeaderBytes;
  if (layout.revision == 2) refuse_revision_2(name, headers, layout);
  settle_trace_length(file, count_at(headers, binary_byte::kSamples, layout.big_endian), options, layout, findings);
  layout.interval_us = interval_of(file, count_at(headers, binary_byte::kInterval, layout.big_endian), layout, findings);
  return layout;
}

SegyLayout read_su_layout(const FileReader& file, const SegyOptions& options, std::vector<std::string>& findings) {
  SegyLayout layout;
  layout.is_su = true;
  layout.file_bytes = file.size();
  layout.format = options.format.value_or(kIeeeFloat);
  require_known_format(file.path().string(), layout.format);
  if (file.size() < kTraceHeaderBytes)
    throw FormatError(text(file.path().string(), ": is no SU, or cut: it has ", file.size(), " bytes, a trace header alone takes ",
                           kTraceHeaderBytes));
  std::array<std::byte, kTraceHeaderBytes> header;
  file.read(0, header);
  // Native floats: the order in which traces of the header's length fill the file; little-endian where none does.
  const auto fills = [&](bool big_endian) {
    const auto samples = count_at(header, trace_byte::kSamples, big_endian);
    return samples > 0 && file.size() % (kTraceHeaderBytes + samples * segy_sample_bytes(layout.format)) == 0;
  };
  layout.big_endian = options.big_endian.value_or(!fills(false) && fills(true));
  settle_trace_length(file, 0, options, layout, findings);
  layout.interval_us = interval_of(file, 0, layout, findings);
  return layout;
}

}  // namespace firstframe
