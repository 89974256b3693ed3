#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace firstframe {

/// How long the last frames took. One thread at a time.
class LatencyMeter {
 public:
  static constexpr std::size_t kRemembered = 1024;  // frames

  void add(std::uint64_t nanoseconds);
  void clear() { *this = {}; }

  /// The time that a share of the remembered frames did not exceed: 0.5 for the median, 0.99 for p99; 0 without frames.
  std::uint64_t quantile(double share) const;
  /// The longest since the beginning, not only of those remembered.
  std::uint64_t longest() const { return longest_; }

 private:
  std::array<std::uint64_t, kRemembered> ring_{};
  std::size_t count_ = 0;  // ever added
  std::uint64_t longest_ = 0;
};

}  // namespace firstframe
