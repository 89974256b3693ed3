#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace firstframe {

/// A hash that tells accidents apart, not attacks: FNV-1a of 64 bits.
/// Source: G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, "The FNV Non-Cryptographic Hash Algorithm", IETF draft.
class Fnv1a64 {
 public:
  void add(const void* data, std::size_t size) {
    const auto* bytes = static_cast<const unsigned char*>(data);
    for (std::size_t i = 0; i < size; ++i) state_ = (state_ ^ bytes[i]) * 0x100000001b3ull;
  }
  std::uint64_t value() const { return state_; }
  /// "fnv1a64:" and 16 hexadecimal digits.
  std::string name() const;

 private:
  std::uint64_t state_ = 0xcbf29ce484222325ull;
};

}  // namespace firstframe
