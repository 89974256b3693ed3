#include "pipelines/reproduce/machine_line.h"

#include <fstream>

#include "core/base/machine.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

std::string processor_name() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.starts_with("model name") && line.find(": ") != std::string::npos) return line.substr(line.find(": ") + 2);
  return "an unnamed processor";
}

}  // namespace

std::string machine_line() {
  const auto machine = inspect_machine();
  std::string line = text(processor_name(), ", ", machine.threads, machine.threads == 1 ? " thread, " : " threads, ",
                          machine.cpu_capability, machine.has_bf16 ? " with bf16" : "", ", LibTorch ", machine.torch_version);
  for (const auto& gpu : machine.gpus) line += text(", ", gpu);
  return line;
}

}  // namespace firstframe
