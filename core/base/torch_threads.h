#pragma once

namespace firstframe {

/// Gives LibTorch `threads` threads on the calling thread, and the former number back at the end of the scope.
///
/// OpenMP keeps the number per calling thread, so a tile worker with one and a training thread with
/// many live side by side.
class TorchThreads {
 public:
  explicit TorchThreads(int threads);
  ~TorchThreads();
  TorchThreads(const TorchThreads&) = delete;
  TorchThreads& operator=(const TorchThreads&) = delete;

 private:
  int before_;
};

}  // namespace firstframe
