#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/thread_budget.h"

namespace firstframe {

/// Calls work(0), ..., work(count - 1), as many at once as there are threads. The first exception is thrown on, after
/// those calls that had begun.
template <typename Work>
void at_once(std::size_t count, const Work& work) {
  std::atomic<std::size_t> next = 0;
  std::exception_ptr failure;
  std::mutex guards_failure;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < thread_budget(0); ++i)
      threads.emplace_back([&] {
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
