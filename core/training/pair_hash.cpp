#include "core/training/pair_hash.h"

#include "core/base/fnv1a.h"

namespace firstframe {
namespace {

void add(Fnv1a64& hash, const Section& section) {
  const std::int64_t shape[] = {static_cast<std::int64_t>(section.type()), section.channels(), section.extent().rows,
                                section.extent().cols};
  hash.add(shape, sizeof shape);
  hash.add(section.view().data, section.size_in_bytes());
}

}  // namespace

std::string pair_hash(const TrainingPair& pair) {
  Fnv1a64 hash;
  add(hash, pair.degraded);
  add(hash, pair.clean);
  return hash.name();
}

}  // namespace firstframe
