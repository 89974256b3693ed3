#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/thread_budget.h"
#include "core/metrics/psnr.h"
#include "core/tiling/restore_tiled.h"
#include "io/model/model_file.h"
#include "pipelines/bench/bench_frame.h"
#include "pipelines/bench/bench_models.h"
#include "pipelines/bench/eager_peer.h"
#include "pipelines/bench/peers.h"
#include "pipelines/bench/temporary_folder.h"

namespace firstframe {
namespace {

constexpr Extent kFrame{512, 512};

void write_file(const std::filesystem::path& path, const void* data, std::size_t size) {
  std::ofstream file(path, std::ios::binary);
  file.write(static_cast<const char*>(data), static_cast<std::streamsize>(size));
  if (!file.flush()) throw OutputError(text(path.string(), ": cannot be written; is the temporary folder full?"));
}

// What the script printed; empty when it failed.
std::string output_of(const std::string& command) {
  std::string printed;
  std::FILE* pipe = popen(command.c_str(), "r");
  if (!pipe) return "";
  for (char part[4096]; const auto size = std::fread(part, 1, sizeof part, pipe);) printed.append(part, size);
  return pclose(pipe) == 0 ? printed : "";
}

// The first Python in the path, or Debian's, where another one lies before it.
std::string python_with_torch() {
  for (const std::string name : {"python3", "/usr/bin/python3"})
    if (std::system((name + " -c 'import numpy, torch' >/dev/null 2>&1").c_str()) == 0) return name;
  return "";
}

struct PythonRun {
  Timing timing;
  int threads = 0;
  Section restored;
};

std::optional<PythonRun> run_python(const std::string& python, const TemporaryFolder& folder, int threads, double seconds) {
  const auto at = [&](const char* name) { return (folder.path() / name).string(); };
  const auto quoted = [&](const char* name) { return "'" + at(name) + "'"; };
  const auto printed = output_of(text(python, " ", quoted("eager_peer.py"), " ", quoted("model.safetensors"), " ", quoted("frame.f32"), " ", kFrame.rows, " ",
                                      kFrame.cols, " ", threads, " ", seconds, " ", quoted("restored.f32"), " 2>", quoted("error.txt")));
  const auto json = nlohmann::json::parse(printed, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return std::nullopt;
  PythonRun run;
  run.timing = {json["median_ms"], json["p99_ms"], json["runs"]};
  run.threads = json["threads"];
  run.restored = Section(SampleType::float32, 1, kFrame);
  std::ifstream file(at("restored.f32"), std::ios::binary);
  file.read(reinterpret_cast<char*>(run.restored.samples<float>()), static_cast<std::streamsize>(run.restored.size_in_bytes()));
  if (!file) return std::nullopt;
  return run;
}

}  // namespace

std::vector<PeerRow> measure_python(const Model& model, const BenchOptions& options) {
  const auto python = python_with_torch();
  if (python.empty()) {
    PeerRow missing;
    missing.task = "the same weights, 512 x 512";
    missing.peer = "eager PyTorch";
    missing.ours = model.info.restorer;
    missing.note = "python3-torch is not installed (apt-get install python3-torch)";
    return {missing};
  }

  const auto frame = bench_frame(kFrame, bench_blur(), 1);
  const auto degraded = converted(frame.degraded.view(), SampleType::float32);
  const TemporaryFolder folder("firstframe-bench");
  write_file(folder.path() / "eager_peer.py", kEagerPeer, std::strlen(kEagerPeer));
  write_file(folder.path() / "frame.f32", degraded.samples<float>(), degraded.size_in_bytes());
  write_model(folder.path() / "model.safetensors", model);

  const auto restorer = make_restorer(model, options.device, Precision::automatic);
  RestoreSettings settings;
  settings.threads = options.threads;
  Section restored;
  const auto ours = timed(options.seconds, [&] { restored = restore(*restorer, degraded.view(), settings, options.stop); }, options.stop);

  std::vector<PeerRow> rows;
  for (const int threads : {0, thread_budget(0)}) {  // its own choice, and all there are
    PeerRow row;
    row.task = "the same weights, 512 x 512";
    row.ours = model.info.restorer;
    row.our_timing = ours;
    row.our_psnr = psnr(restored.view(), frame.clean.view());
    if (const auto run = run_python(python, folder, threads, options.seconds)) {
      row.peer = text("eager PyTorch, float32, ", run->threads, run->threads == 1 ? " thread" : " threads",
                      model.info.shape.contains("patch") ? ", stride 1" : "");
      row.timing = run->timing;
      row.psnr = psnr(run->restored.view(), frame.clean.view());
      row.apart_db = std::abs(row.psnr - row.our_psnr);
    } else {
      row.peer = "eager PyTorch";
      std::ifstream error(folder.path() / "error.txt");
      std::string last;
      for (std::string line; std::getline(error, line);)
        if (!line.empty()) last = line;
      row.note = "the script failed: " + last;
    }
    options.say(text(row.ours, " against ", row.peer, ": ", row.timing.median_ms, " ms, ours ", ours.median_ms, " ms; ", row.psnr, " dB, ours ",
                     row.our_psnr, " dB ", row.note));
    rows.push_back(row);
  }
  return rows;
}

}  // namespace firstframe
