#include "core/training/pair_hash.h"

#include <cstdint>
#include <iomanip>
#include <sstream>

namespace firstframe {
namespace {

class Fnv1a64 {
 public:
  void add(const void* data, std::size_t size) {
    const auto* bytes = static_cast<const unsigned char*>(data);
    for (std::size_t i = 0; i < size; ++i) state_ = (state_ ^ bytes[i]) * 0x100000001b3ull;
  }
  void add(const Section& section) {
    const std::int64_t shape[] = {static_cast<std::int64_t>(section.type()), section.channels(), section.extent().rows,
                                  section.extent().cols};
    add(shape, sizeof shape);
    add(section.view().data, section.size_in_bytes());
  }
  std::uint64_t state() const { return state_; }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325ull;
};

}  // namespace

std::string pair_hash(const TrainingPair& pair) {
  Fnv1a64 hash;
  hash.add(pair.degraded);
  hash.add(pair.clean);
  std::ostringstream out;
  out << "fnv1a64:" << std::hex << std::setw(16) << std::setfill('0') << hash.state();
  return out.str();
}

}  // namespace firstframe
