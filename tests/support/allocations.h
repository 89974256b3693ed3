#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace firstframe {

/// Allocations that one library asked for, in every thread.
struct Tally {
  std::size_t count = 0;
  std::size_t bytes = 0;
  std::map<std::size_t, std::size_t> by_size;  // how many of at most so many bytes, a power of 4, and more than a quarter of it
};

/// Counts what the program takes from the allocator while this lives: malloc and its like, of every library and thread,
/// TBB's own too. A program that has tests/support/allocations.cpp in it runs on allocation functions that count.
class AllocationWatch {
 public:
  AllocationWatch();
  ~AllocationWatch();
  AllocationWatch(const AllocationWatch&) = delete;
  AllocationWatch& operator=(const AllocationWatch&) = delete;

  /// Ends the counting. By the library whose code asked, "libtorch_cpu.so.1.13" or so: the innermost on the stack that is
  /// neither the C or C++ runtime nor GLib.
  std::map<std::string, Tally> stop();
};

}  // namespace firstframe
