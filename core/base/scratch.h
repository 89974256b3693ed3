#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace firstframe {

/// Memory for the length of a scope, lent by the calling thread, which keeps it for the next time: what every frame of a
/// stream needs anew is taken from the system once. It holds whatever was left in it.
///
///     Scratch<float> line(cols);  // line[0] .. line[cols - 1]
///
/// A thread may hold several at once, also those of a task that it takes up while it waits for another: each has memory
/// of its own. A thread gives back what it keeps, the largest sizes it ever needed at once, when it ends. A Scratch
/// ends on the thread that it began on.
template <typename Value>
class Scratch {
  static_assert(std::is_trivially_copyable_v<Value>);

 public:
  explicit Scratch(std::size_t size) : size_(size) {
    if (!spare().empty()) {
      values_ = std::move(spare().back());
      spare().pop_back();
    }
    if (values_.size() < size) values_.resize(size);
  }
  ~Scratch() { spare().push_back(std::move(values_)); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::size_t size() const { return size_; }
  Value* data() { return values_.data(); }
  Value* begin() { return data(); }
  Value* end() { return data() + size_; }
  Value& operator[](std::size_t index) { return values_[index]; }

 private:
  static std::vector<std::vector<Value>>& spare() {
    thread_local std::vector<std::vector<Value>> kept;
    return kept;
  }

  std::vector<Value> values_;
  std::size_t size_;
};

}  // namespace firstframe
