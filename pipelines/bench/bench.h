#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/frame/section.h"
#include "core/restorers/machine_peak.h"
#include "core/settings/settings.h"
#include "pipelines/bench/timing.h"

namespace firstframe {

/// What is measured.
struct BenchOptions {
  std::vector<std::string> restorers{"residual", "unet", "rnn", "linear"};
  std::vector<Extent> sizes{{512, 512}, {450, 900}, {1080, 1920}, {2160, 3840}};
  std::vector<Precision> precisions{Precision::f32, Precision::bf16};
  Device device = Device::automatic;
  int threads = 0;              // 0: all
  double seconds = 2;           // of every row, after the warm-up
  double train_seconds = 5;     // of the models that are timed
  bool peers = true;            // non-local means, bilateral filter, the same network in Python
  bool scaling = true;          // growth with pixels, threads and frames; time and PSNR over the stride
  std::filesystem::path data;   // folder with set11/: seconds of training until a PSNR; empty for not
  std::vector<double> learning_seconds{1, 1.5, 2, 3, 5};  // trainings of that curve
  std::string commit;           // of the source, for the report; may be empty
  std::stop_token stop;         // asked between runs
  std::function<void(const std::string&)> say = [](const std::string&) {};  // one line a row
};

/// A restorer on frames of one size.
struct RestoreRow {
  std::string restorer, settings, precision, device;
  Extent extent;
  int threads = 1;
  Timing timing;
  double operations = 0;         // of a frame, operations.h; 0 where they are not counted
  double of_peak = 0;            // operations a second, part of the matrix product's in that precision
  double of_copy = 0;            // bytes of the frame read and written a second, part of memcpy's
  double memory_mib = 0;         // that the process grew by while it restored, frame and result included
  std::optional<double> psnr;    // dB
};

/// A way to do it that users have besides ours, on the same frame.
struct PeerRow {
  std::string task;         // "deblur 512 x 512", "denoise 450 x 900"
  std::string peer;         // "cv::fastNlMeansDenoising(7, 21), h 20"
  std::string ours;         // the row that it is compared with
  Timing timing, our_timing;
  double psnr = 0, our_psnr = 0;  // dB against the clean frame
  double apart_db = 0;            // PSNR of the two outputs against each other's clean frame: |psnr - our_psnr|
  std::string note;               // why there are no figures
};

/// Milliseconds over pixels, threads or frames.
struct ScalingRow {
  std::string what;        // "pixels", "threads", "frames"
  std::string restorer;
  double count = 0;
  double ms = 0;           // median of the whole
  double ratio = 0;        // pixels, frames: time per one of them against the first row's; threads: speed against one thread's
  double memory_mib = 0;   // grown by, the pixels of input and output left out
};

/// One-pair training: PSNR over Set11 without `butterfly`, which is trained on.
struct LearningRow {
  double seconds = 0;       // asked for
  double took_seconds = 0;  // identification of the degradation and start included
  double psnr = 0;          // mean, full-range Y, dB
};

struct BenchReport {
  std::string machine, commit, command;
  int threads = 1;
  MachinePeak peak;
  std::vector<RestoreRow> restores;
  std::vector<RestoreRow> strides;  // of patch restorers, at 512 x 512
  std::vector<PeerRow> peers;
  std::vector<ScalingRow> scaling;
  std::vector<LearningRow> learning;
  std::vector<std::string> left_out;  // what was not measured, and why
};

/// Measures, a line said for every row. Takes minutes; nothing else should run.
/// \throws ArgumentError for a restorer that there is not, or a precision that the processor lacks
/// \throws DeviceError when a GPU is asked for where there is none
/// \throws MissingFileError when `data` lacks Set11
/// \throws Cancelled when a stop was requested
BenchReport run_bench(const BenchOptions& options);

/// "1080p", "512x512" or "512": rows x columns. \throws ArgumentError
Extent bench_size(const std::string& name);

std::string json_of(const BenchReport& report);
/// Tables in Markdown, with the plots' file names where `plots` names their folder's file.
std::string markdown_of(const BenchReport& report, const std::string& plot_name);
/// \throws as draw_plots
void draw_bench(const BenchReport& report, const std::filesystem::path& png);

}  // namespace firstframe
