#include "pipelines/cli/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

namespace firstframe {
namespace {

constexpr int kBarWidth = 30;

std::string fixed(double value, int digits) {
  std::ostringstream out;
  out << std::fixed << std::setprecision(digits) << value;
  return out.str();
}

std::string duration(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::lround(seconds));
  if (whole < 60) return std::to_string(whole) + " s";
  return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
}

}  // namespace

void add_progress_flag(CLI::App& command, ProgressStyle& style) {
  command
      .add_option("--progress", style,
                  "How progress is shown on standard error: bar, json (one object a line), none; default: a bar on a terminal")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, ProgressStyle>{
              {"bar", ProgressStyle::bar}, {"json", ProgressStyle::json}, {"none", ProgressStyle::none}},
          CLI::ignore_case))
      ->type_name("NAME");
}

Progress::Progress(ProgressStyle style) : style_(style) {
  if (style_ == ProgressStyle::automatic) style_ = isatty(STDERR_FILENO) ? ProgressStyle::bar : ProgressStyle::none;
}

Progress::~Progress() {
  if (bar_is_open_) std::cerr << "\n";
}

void Progress::training(const TrainingProgress& p) {
  if (style_ == ProgressStyle::json) {
    nlohmann::json line{{"step", p.step},       {"planned_steps", p.planned_steps}, {"seconds", p.seconds},
                        {"seconds_left", p.seconds_left}, {"loss", p.loss}};
    if (p.held_out_psnr) line["held_out_psnr_db"] = *p.held_out_psnr;
    std::cerr << line.dump() << std::endl;
  }
  if (style_ != ProgressStyle::bar) return;
  std::string figures = duration(p.seconds_left) + " left, loss " + fixed(p.loss, 6);
  if (p.held_out_psnr) figures += ", PSNR " + fixed(*p.held_out_psnr, 2) + " dB";
  bar(p.seconds / (p.seconds + p.seconds_left + 1e-9), figures);
}

void Progress::frames(std::int64_t done, std::optional<std::int64_t> count) {
  if (style_ == ProgressStyle::none || (!is_due() && done != count)) return;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  const double per_second = static_cast<double>(done) / std::max(seconds, 1e-9);
  if (style_ == ProgressStyle::json) {
    nlohmann::json line{{"frames", done}, {"frames_per_second", per_second}};
    if (count) line["count"] = *count;
    std::cerr << line.dump() << std::endl;
    return;
  }
  std::string figures = std::to_string(done) + (count ? " of " + std::to_string(*count) : "") + " frames, " +
                        fixed(per_second, 1) + " frames/s";
  if (count && done <= *count) figures += ", " + duration(static_cast<double>(*count - done) / per_second) + " left";
  bar(count && *count > 0 ? static_cast<double>(done) / static_cast<double>(*count) : 0, figures);
}

void Progress::bar(double part, const std::string& figures) {
  const auto filled = static_cast<int>(std::lround(std::clamp(part, 0.0, 1.0) * kBarWidth));
  std::cerr << "\r\033[K[" << std::string(static_cast<std::size_t>(filled), '#')
            << std::string(static_cast<std::size_t>(kBarWidth - filled), ' ') << "] " << figures << std::flush;
  bar_is_open_ = true;
}

bool Progress::is_due() {
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < std::chrono::milliseconds(200)) return false;
  last_ = now;
  return true;
}

}  // namespace firstframe
