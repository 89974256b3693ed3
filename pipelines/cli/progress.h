#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/training/trainer.h"

namespace firstframe {

/// How long work is shown: a bar on a terminal, one JSON object a line for programs, or not at all.
enum class ProgressStyle { automatic, bar, json, none };

/// Adds --progress.
void add_progress_flag(CLI::App& command, ProgressStyle& style);

/// Shows progress on standard error.
class Progress {
 public:
  explicit Progress(ProgressStyle style);
  ~Progress();

  void training(const TrainingProgress& progress);

  /// \param count  of all frames, when known
  void frames(std::int64_t done, std::optional<std::int64_t> count);

 private:
  void bar(double part, const std::string& figures);
  bool is_due();

  ProgressStyle style_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_{};
  bool bar_is_open_ = false;
};

}  // namespace firstframe
