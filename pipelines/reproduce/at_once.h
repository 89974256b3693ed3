#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace firstframe {

/// Calls work(0), ..., work(count - 1), `threads` of them at once. The first exception is thrown on, after
/// those calls that had begun.
template <typename Work>
void at_once(std::size_t count, int threads, const Work& work) {
  std::atomic<std::size_t> next = 0;
  std::exception_ptr failure;
  std::mutex guards_failure;
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < threads; ++i)
      workers.emplace_back([&] {
        for (std::size_t index = next++; index < count; index = next++) {
          try {
            work(index);
          } catch (...) {
            const std::lock_guard lock(guards_failure);
            if (!failure) failure = std::current_exception();
            next = count;
          }
        }
      });
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace firstframe
