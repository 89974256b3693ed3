#include "pipelines/cli/segy_flags.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/seismic/segy_field.h"

namespace firstframe {

void add_segy_flags(CLI::App& command, SegyFlags& flags) {
  const CLI::Range bytes(1, static_cast<int>(kTraceHeaderBytes) - 3);
  command.add_option("--sections", flags.sections,
                     "Of SEG-Y: what a section is; default inline, crossline where every inline has one trace, all where the trace "
                     "headers make no grid")
      ->check(CLI::IsMember({"inline", "crossline", "gather", "all"}))->type_name("NAME");
  command.add_option("--inline-byte", flags.inline_byte, "Byte of the trace header that holds the inline number; default 189")
      ->check(bytes)->type_name("BYTE");
  command.add_option("--crossline-byte", flags.crossline_byte, "Byte that holds the crossline number; default 193")
      ->check(bytes)->type_name("BYTE");
  command.add_option("--gather-byte", flags.gather_byte,
                     "Byte that holds a gather's number (9 shot, 21 CDP); makes gathers the sections")
      ->check(bytes)->type_name("BYTE");
  command.add_option("--samples", flags.samples, "Samples per trace, where the headers lie")->check(CLI::PositiveNumber)->type_name("N");
  command.add_option("--sample-format", flags.format,
                     "Format code of the samples, where the header lies: 1 IBM float, 2 int32, 3 int16, 5 IEEE float, 8 int8")
      ->check(CLI::IsMember({1, 2, 3, 5, 8}))->type_name("CODE");
  command.add_option("--byte-order", flags.byte_order, "Byte order of headers and samples, where it is found wrongly")
      ->check(CLI::IsMember({"big", "little"}))->type_name("NAME");
}

SegyOptions segy_options(const SegyFlags& flags) {
  SegyOptions options;
  if (flags.sections == "inline") options.sections = SegySections::inlines;
  if (flags.sections == "crossline") options.sections = SegySections::crosslines;
  if (flags.sections == "gather" || (flags.sections.empty() && flags.gather_byte)) options.sections = SegySections::gathers;
  if (flags.sections == "all") options.sections = SegySections::everything;
  if (flags.inline_byte) options.inline_byte = *flags.inline_byte;
  if (flags.crossline_byte) options.crossline_byte = *flags.crossline_byte;
  if (flags.gather_byte) options.gather_byte = *flags.gather_byte;
  options.format = flags.format;
  options.samples = flags.samples;
  if (!flags.byte_order.empty()) options.big_endian = flags.byte_order == "big";
  return options;
}

void add_orthogonalise_flag(CLI::App& command, bool& orthogonalise) {
  command.add_flag("--orthogonalise", orthogonalise,
                   "Of seismic sections: give back what was removed where it resembles what came out (local orthogonalisation)");
}

void refuse_orthogonalise(const std::string& input) {
  throw ArgumentError(text("orthogonalise: ", input, " is no volume and no SEG-Y; removed signal is given back to seismic sections, not pictures"));
}

std::string first_segy_flag(const SegyFlags& flags) {
  if (!flags.sections.empty()) return "sections";
  if (flags.inline_byte) return "inline-byte";
  if (flags.crossline_byte) return "crossline-byte";
  if (flags.gather_byte) return "gather-byte";
  if (flags.samples) return "samples";
  if (flags.format) return "sample-format";
  return flags.byte_order.empty() ? "" : "byte-order";
}

}  // namespace firstframe
