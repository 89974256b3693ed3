#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/machine.h"
#include "core/base/text.h"
#include "core/base/version.h"
#include "pipelines/cli/commands.h"

namespace firstframe {
namespace {

constexpr double kSlowMatmul = 20;  // GFLOP/s; the reference BLAS gives about 6

// Where GStreamer will find the plugin: a folder of GST_PLUGIN_PATH, or beside this command in lib/.
std::string plugin_place() {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const auto prefix = fs::read_symlink("/proc/self/exe", ignored).parent_path().parent_path();
  std::vector<fs::path> folders;
  if (const char* paths = std::getenv("GST_PLUGIN_PATH")) {
    std::istringstream list(paths);
    for (std::string folder; std::getline(list, folder, ':');) folders.emplace_back(folder);
  }
  folders.insert(folders.end(), {prefix / "gst-plugins", prefix / FIRSTFRAME_GST_PLUGIN_DIR});
  for (const auto& folder : folders)
    if (fs::exists(folder / "libgstfirstframe.so", ignored)) return folder.string();
  return "";
}

struct Finding {
  bool is_good;
  std::string what;
  std::string advice;  // when it is not good
};

std::vector<Finding> findings(const Machine& machine, const std::string& plugin) {
  std::vector<Finding> list;
  list.push_back({true, text("firstframe ", kVersion, ", LibTorch ", machine.torch_version), ""});
  list.push_back({machine.cpu_capability == "AVX512" || machine.cpu_capability == "AVX2",
                  text("processor: ", machine.threads, " threads, LibTorch uses ", machine.cpu_capability,
                       machine.has_bf16 ? ", bf16 in hardware" : ""),
                  "a processor without AVX2 trains several times slower"});
  list.push_back({!machine.has_reference_blas,
                  text("BLAS: ", machine.blas_library.empty() ? "LibTorch's own" : machine.blas_library),
                  "the reference BLAS is about 30 times slower: apt-get install libopenblas0-openmp"});
  list.push_back({machine.matmul_gflops > kSlowMatmul,
                  text("matrix product: ", static_cast<std::int64_t>(machine.matmul_gflops), " GFLOP/s in float32"),
                  "slow; is the machine busy, or the BLAS a slow one?"});
  list.push_back({true, machine.gpus.empty() ? "GPU: none seen by LibTorch; everything runs on the processor"
                                             : text("GPU: ", machine.gpus.size(), " CUDA device(s)"), ""});
  list.push_back({!plugin.empty(), plugin.empty() ? "GStreamer plugin: not found" : "GStreamer plugin: in " + plugin,
                  "set GST_PLUGIN_PATH to the folder that holds libgstfirstframe.so"});
  return list;
}

void run(bool as_json) {
  const auto machine = inspect_machine();
  const auto plugin = plugin_place();
  if (as_json) {
    std::cout << nlohmann::ordered_json{{"firstframe", kVersion},
                                        {"libtorch", machine.torch_version},
                                        {"threads", machine.threads},
                                        {"cpu_capability", machine.cpu_capability},
                                        {"bf16", machine.has_bf16},
                                        {"blas", machine.blas_library},
                                        {"reference_blas", machine.has_reference_blas},
                                        {"matmul_gflops", machine.matmul_gflops},
                                        {"gpus", machine.gpus},
                                        {"gstreamer_plugin", plugin}}
                     .dump(2)
              << "\n";
  } else {
    for (const auto& finding : findings(machine, plugin)) {
      std::cout << (finding.is_good ? "ok    " : "look  ") << finding.what << "\n";
      if (!finding.is_good) std::cout << "      " << finding.advice << "\n";
    }
  }
  if (machine.has_reference_blas)
    throw DeviceError("doctor: the reference BLAS is in use; apt-get install libopenblas0-openmp");
}

}  // namespace

void add_doctor(CLI::App& app) {
  auto as_json = std::make_shared<bool>(false);
  auto* command = app.add_subcommand("doctor", "Say whether this machine is set up well");
  command->add_flag("--json", *as_json, "Print the result as JSON");
  command->callback([as_json] { run(*as_json); });
}

}  // namespace firstframe
