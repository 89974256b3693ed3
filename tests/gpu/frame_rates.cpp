// How many frames a second does a device restore, and how late does a frame leave that is alone?
//   frame_rates [--device cuda|cpu] [--seconds S] [--threads N]
// Prints a table: 512 x 1024 B-scans of 16 bits and 2160p luma of 8, with the default networks, whose weights do not matter here; S
// seconds (3) a column, at least three frames, or one where S is 0; N callers (4) side by side, each restoring one frame at a time.

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "core/base/error.h"
#include "core/restorers/device.h"
#include "core/restorers/make_restorer.h"
#include "core/tiling/restore_tiled.h"
#include "tests/core/support/sections.h"

namespace firstframe {
namespace {

struct Options {
  Device device = Device::cuda;
  double seconds = 3;
  int threads = 4;
};

struct Case {
  const char* name;
  SampleType type;
  Extent extent;
};

constexpr Case kCases[] = {{"B-scan 512 x 1024, 16 bits", SampleType::uint16, {512, 1024}},
                           {"2160p luma, 8 bits", SampleType::uint8, {2160, 3840}}};
constexpr int kFrames = 4;

double now_s() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

std::shared_ptr<const Restorer> restorer_of(const char* name, Device device) {
  torch::NoGradGuard no_grad;
  const auto& kind = network_kind(name);
  ModelInfo info;
  info.restorer = name;
  info.shape = kind.default_shape({});
  auto network = kind.make(info.shape, info.channels);
  auto generator = torch::make_generator<at::CPUGeneratorImpl>(1);
  network->initialise(generator);
  const auto place = torch_device(device);
  return restorer_from(std::move(network), info, place, compute_type(Precision::automatic, place));
}

// Frames restored by `callers` side by side, and the milliseconds that each took.
struct Run {
  double frames_per_second = 0;
  std::vector<double> ms;

  double quantile(double share) {
    std::sort(ms.begin(), ms.end());
    return ms[std::min(ms.size() - 1, static_cast<std::size_t>(share * static_cast<double>(ms.size())))];
  }
};

Run run(const Restorer& restorer, const std::vector<Section>& frames, int callers, double seconds) {
  std::vector<std::vector<double>> ms(static_cast<std::size_t>(callers));
  std::vector<std::thread> threads;
  const std::size_t fewest = seconds > 0 ? 3 : 1;
  const double begun = now_s();
  for (int caller = 0; caller < callers; ++caller)
    threads.emplace_back([&, caller] {
      auto& mine = ms[static_cast<std::size_t>(caller)];
      while (now_s() - begun < seconds || mine.size() < fewest) {
        const double frame_begun = now_s();
        restore(restorer, frames[(static_cast<std::size_t>(caller) + mine.size()) % frames.size()].view());
        mine.push_back(1e3 * (now_s() - frame_begun));
      }
    });
  for (auto& thread : threads) thread.join();
  Run all;
  for (const auto& one : ms) all.ms.insert(all.ms.end(), one.begin(), one.end());
  all.frames_per_second = static_cast<double>(all.ms.size()) / (now_s() - begun);
  return all;
}

Options options_of(int count, char** words) {
  Options options;
  for (int i = 1; i < count; i += 2) {
    const std::string name = words[i], value = i + 1 < count ? words[i + 1] : "";
    if (name == "--device" && (value == "cpu" || value == "cuda")) options.device = *device_named(value);
    else if (name == "--seconds" && !value.empty()) options.seconds = std::stod(value);
    else if (name == "--threads" && !value.empty()) options.threads = std::clamp(std::stoi(value), 1, 64);
    else throw ArgumentError("usage: frame_rates [--device cuda|cpu] [--seconds S] [--threads N]");
  }
  return options;
}

void print_table(const Options& options) {
  std::printf("| section | restorer | one by one: median ms | p99 ms | frames/s | %d at once: frames/s |\n|---|---|---|---|---|---|\n",
              options.threads);
  for (const auto& [name, type, extent] : kCases)
    for (const auto* kind : {"residual", "rnn"}) {
      const auto restorer = restorer_of(kind, options.device);
      std::vector<Section> frames;
      for (std::uint32_t seed = 1; seed <= kFrames; ++seed) frames.push_back(scramble(type, 1, extent, seed));
      if (options.seconds > 0) run(*restorer, frames, options.threads, 1e-3);  // what is made once: memory, recorded work
      auto alone = run(*restorer, frames, 1, options.seconds);
      const auto together = run(*restorer, frames, options.threads, options.seconds);
      std::printf("| %s | %s | %.2f | %.2f | %.1f | %.1f |\n", name, kind, alone.quantile(0.5), alone.quantile(0.99),
                  alone.frames_per_second, together.frames_per_second);
      std::fflush(stdout);
    }
}

}  // namespace
}  // namespace firstframe

int main(int count, char** words) {
  try {
    firstframe::print_table(firstframe::options_of(count, words));
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return dynamic_cast<const firstframe::DeviceError*>(&error) ? 69 : 64;
  }
}
