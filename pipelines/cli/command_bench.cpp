#include <algorithm>
#include <iostream>
#include <memory>
#include <span>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_bytes.h"
#include "io/files/file_draft.h"
#include "pipelines/bench/bench.h"
#include "pipelines/cli/commands.h"
#include "pipelines/cli/interrupt.h"

namespace firstframe {
namespace {

struct Options {
  BenchOptions bench;
  std::vector<std::string> sizes{"512x512", "450x900", "1080p", "2160p"};
  std::vector<std::string> precisions{"f32", "bf16"};
  std::string device = "auto", json_file, plot_file;
  bool as_json = false, quick = false, no_peers = false, no_scaling = false;
};

Device device_of(const std::string& name) {
  if (const auto device = device_named(name)) return *device;
  throw ArgumentError(text("device: '", name, "' does not exist; use auto, cpu or cuda"));
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words) all += (all.empty() ? "" : ",") + word;
  return all;
}

// The words that repeat this run.
std::string command_line(const Options& options) {
  const BenchOptions usual;
  const auto& bench = options.bench;
  std::string line = "firstframe bench";
  if (bench.restorers != usual.restorers) line += " --restorers " + joined(bench.restorers);
  if (options.sizes != Options().sizes) line += " --sizes " + joined(options.sizes);
  if (options.precisions != Options().precisions) line += " --precisions " + joined(options.precisions);
  if (options.device != Options().device) line += " --device " + options.device;
  if (bench.threads != usual.threads) line += text(" --threads ", bench.threads);
  if (bench.seconds != usual.seconds) line += text(" --seconds ", bench.seconds);
  if (bench.train_seconds != usual.train_seconds) line += text(" --train-seconds ", bench.train_seconds);
  if (options.quick) line += " --quick";
  if (options.no_peers) line += " --no-peers";
  if (options.no_scaling) line += " --no-scaling";
  if (!options.bench.data.empty()) line += " --data DATA";
  return line;
}

void run(const Options& options) {
  auto bench = options.bench;
  bench.device = device_of(options.device);
  bench.sizes.clear();
  for (const auto& size : options.sizes) bench.sizes.push_back(bench_size(size));
  bench.precisions.clear();
  for (const auto& name : options.precisions) {
    const auto precision = precision_named(name);
    if (!precision || *precision == Precision::automatic)
      throw ArgumentError(text("precisions: '", name, "' is not accepted; use f32, bf16 or both"));
    bench.precisions.push_back(*precision);
  }
  bench.peers = !options.no_peers && !options.quick;
  bench.scaling = !options.no_scaling && !options.quick;
  if (options.quick) {
    bench.seconds = std::min(bench.seconds, 0.5);
    bench.train_seconds = std::min(bench.train_seconds, 1.0);
  }
  bench.stop = interrupt_token();
  bench.say = [](const std::string& line) { std::cerr << line << std::endl; };

  auto report = run_bench(bench);
  report.command = command_line(options);
  if (!options.plot_file.empty()) draw_bench(report, options.plot_file);
  if (!options.json_file.empty()) {
    FileDraft draft(options.json_file);
    const auto json = json_of(report);
    write_bytes(draft.path(), std::as_bytes(std::span(json)), options.json_file);
    draft.publish();
  }
  std::cout << (options.as_json ? json_of(report) : markdown_of(report, options.plot_file));
}

}  // namespace

void add_bench(CLI::App& app) {
  auto options = std::make_shared<Options>();
  auto& bench = options->bench;
  auto* command = app.add_subcommand("bench", "Measure speed on this machine, as ratios to its own peak and to peers");
  command->add_option("--restorers", bench.restorers, "Restorers, separated by commas")->delimiter(',')->capture_default_str()->type_name("NAME,...");
  command->add_option("--sizes", options->sizes, "Frames: ROWSxCOLS, 720p, 1080p, 2160p")->delimiter(',')->capture_default_str()->type_name("SIZE,...");
  command->add_option("--precisions", options->precisions, "f32, bf16")->delimiter(',')->capture_default_str()->type_name("P,...");
  command->add_option("--device", options->device, "auto, cpu or cuda")->capture_default_str()->type_name("DEVICE");
  command->add_option("--threads", bench.threads, "Threads; 0 for all")->check(CLI::Range(0, 1024))->capture_default_str()->type_name("N");
  command->add_option("--seconds", bench.seconds, "Of every row, after a warm-up")->check(CLI::Range(0.0, 600.0))->capture_default_str()->type_name("S");
  command->add_option("--train-seconds", bench.train_seconds, "Training of the models that are timed")
      ->check(CLI::Range(0.1, 600.0))->capture_default_str()->type_name("S");
  command->add_option("--data", bench.data, "Folder with set11/: also measure how long training takes to a given PSNR")->type_name("FOLDER");
  command->add_option("--json-file", options->json_file, "Also write the figures as JSON here")->type_name("FILE.json");
  command->add_option("--plot", options->plot_file, "Draw time and part of the peak over pixels")->type_name("FILE.png");
  command->add_option("--commit", bench.commit, "Commit of the source, to be named in the report")->type_name("TEXT");
  command->add_flag("--no-peers", options->no_peers, "Leave out OpenCV's denoisers and the same network in Python");
  command->add_flag("--no-scaling", options->no_scaling, "Leave out growth with pixels, threads and frames");
  command->add_flag("--quick", options->quick, "Short runs of restorers alone, to see that it works");
  command->add_flag("--json", options->as_json, "Print JSON instead of tables");
  command->callback([options] { run(*options); });
}

}  // namespace firstframe
