#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/restorers/classical/classical.h"
#include "pipelines/reproduce/lab.h"

namespace firstframe {

/// Settings of a method that needs no training, and how the report names them.
struct Candidate {
  std::string text;
  ClassicalSettings settings;
};

/// A method that needs no training but must be set.
struct ClassicalMethod {
  std::string task, label;
  std::optional<double> paper_set11_db;
  std::function<std::vector<Candidate>(Lab&)> candidates;
};

/// Wiener, Richardson-Lucy, non-local means, and red and pnp with non-local means and a trained denoiser as their prior;
/// all but non-local means are told the true kernel and noise.
std::vector<ClassicalMethod> classical_methods();

/// The restorer with the best PSNR on one picture, which is not among those scored.
struct ChosenClassical {
  std::shared_ptr<const Restorer> restorer;
  std::string settings;  // "lambda 0.02, 30 iterations"
  std::string note;      // every candidate with its PSNR
};
ChosenClassical choose(const ClassicalMethod& method, const TestPicture& training, Lab& lab);

}  // namespace firstframe
