#include <iomanip>
#include <sstream>

#include "core/base/text.h"
#include "pipelines/bench/bench.h"

namespace firstframe {
namespace {

std::string fixed(double value, int digits) {
  std::ostringstream out;
  out << std::fixed << std::setprecision(digits) << value;
  return out.str();
}

// Three digits, whatever the size: 0.123, 12.3, 1234.
std::string ms(double value) { return fixed(value, value < 1 ? 3 : value < 10 ? 2 : value < 1000 ? 1 : 0); }

std::string restores(const BenchReport& report) {
  std::ostringstream out;
  out << "## Restorers\n\n| restorer | frame | precision | threads | ms, median | p99 | frames/s | GFLOP a frame | of the peak | memory, MiB | PSNR, dB |\n"
         "|---|---|---|---|---|---|---|---|---|---|---|\n";
  for (const auto& row : report.restores)
    out << "| " << row.restorer << (row.settings.empty() ? "" : ", ") << row.settings << " | " << name_of(row.extent) << " | " << row.precision
        << (row.device == "cuda" ? ", GPU" : "") << " | " << row.threads << " | " << ms(row.timing.median_ms) << " | " << ms(row.timing.p99_ms) << " | "
        << fixed(row.timing.per_second(), 1) << " | " << fixed(row.operations * 1e-9, 1) << " | " << fixed(row.of_peak, 2) << " | "
        << fixed(row.memory_mib, 0) << " | " << (row.psnr ? fixed(*row.psnr, 2) : "-") << " |\n";
  return out.str();
}

std::string strides(const BenchReport& report) {
  if (report.strides.empty()) return "";
  std::ostringstream out;
  out << "\n## Overlap, 512 x 512\n\n| restorer | precision | ms | PSNR, dB |\n|---|---|---|---|\n";
  for (const auto& row : report.strides)
    out << "| " << row.restorer << ", " << row.settings << " | " << row.precision << " | " << ms(row.timing.median_ms) << " | " << fixed(row.psnr.value_or(0), 2)
        << " |\n";
  return out.str();
}

std::string peers(const BenchReport& report) {
  if (report.peers.empty()) return "";
  std::ostringstream out;
  out << "\n## Peers, in the same run\n\n| task | peer | ms | dB | ours | ms | dB | times faster |\n|---|---|---|---|---|---|---|---|\n";
  for (const auto& row : report.peers) {
    out << "| " << row.task << " | " << row.peer << " | ";
    if (!row.note.empty())
      out << row.note << " | | " << row.ours << " | | | |\n";
    else
      out << ms(row.timing.median_ms) << " | " << fixed(row.psnr, 2) << " | " << row.ours << " | " << ms(row.our_timing.median_ms) << " | "
          << fixed(row.our_psnr, 2) << " | **" << fixed(row.timing.median_ms / row.our_timing.median_ms, 1) << "** |\n";
  }
  return out.str();
}

std::string scaling(const BenchReport& report) {
  if (report.scaling.empty()) return "";
  std::ostringstream out;
  out << "\n## Growth, `" << report.scaling.front().restorer << "`\n\n| with | count | ms | ratio | memory beyond input and output, MiB |\n|---|---|---|---|---|\n";
  for (const auto& row : report.scaling)
    out << "| " << row.what << " | " << fixed(row.count, 0) << " | " << ms(row.ms) << " | " << fixed(row.ratio, 2) << " | " << fixed(row.memory_mib, 0) << " |\n";
  out << "\nRatio: time for one pixel or frame against the first row's; for threads the speed against one thread's.\n";
  return out.str();
}

std::string learning(const BenchReport& report) {
  if (report.learning.empty()) return "";
  std::ostringstream out;
  out << "\n## Training\n\n`residual`, Set11 deblurring, trained on `butterfly`, mean over the other ten, full-range Y.\n\n"
         "| seconds asked for | took | dB |\n|---|---|---|\n";
  for (const auto& row : report.learning) out << "| " << row.seconds << " | " << fixed(row.took_seconds, 2) << " | " << fixed(row.psnr, 2) << " |\n";
  return out.str();
}

}  // namespace

std::string markdown_of(const BenchReport& report, const std::string& plot_name) {
  std::ostringstream out;
  out << "Made by `" << report.command << "` on " << report.machine << (report.commit.empty() ? "" : ", commit ") << report.commit
      << ". Peak measured in the same run (" << (report.peak.on_gpu ? "GPU" : text(report.threads, " threads")) << "): matrix product "
      << fixed(report.peak.bf16_gflops, 0) << " GFLOP/s in bf16, " << fixed(report.peak.f32_gflops, 0) << " in float32; copy "
      << fixed(report.peak.copy_gb_s, 1) << " GB/s read and written.\n\n"
      << restores(report) << strides(report) << peers(report) << scaling(report) << learning(report);
  if (!plot_name.empty()) out << "\n![milliseconds over pixels, part of the peak](" << plot_name << ")\n";
  if (!report.left_out.empty()) {
    out << "\nNot measured:\n";
    for (const auto& line : report.left_out) out << "- " << line << "\n";
  }
  return out.str();
}

}  // namespace firstframe
