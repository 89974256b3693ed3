#include "core/training/held_out.h"

namespace firstframe {
namespace {

constexpr std::int64_t kThinnestStripe = 8;  // pixels; a thinner one measures little

}  // namespace

HeldOutSplit split_held_out(Extent section, double part, std::int64_t patch) {
  const Region whole{0, 0, section.rows, section.cols};
  const bool split_columns = section.cols >= section.rows;
  const auto length = split_columns ? section.cols : section.rows;
  const auto stripe = static_cast<std::int64_t>(part * static_cast<double>(length));
  if (stripe < kThinnestStripe || length - stripe < 2 * patch) return {whole, std::nullopt};
  const auto kept = length - stripe;
  if (split_columns) return {{0, 0, section.rows, kept}, Region{0, kept, section.rows, stripe}};
  return {{0, 0, kept, section.cols}, Region{kept, 0, stripe, section.cols}};
}

}  // namespace firstframe
