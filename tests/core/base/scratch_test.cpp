#include "core/base/scratch.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>

namespace firstframe {
namespace {

TEST(Scratch, FindsItsMemoryAgain) {
  const int* first = nullptr;
  for (int frame = 0; frame < 3; ++frame) {
    Scratch<int> large(1000);
    if (frame > 0) {
      EXPECT_EQ(large.data(), first);
    }
    first = large.data();
  }
}

TEST(Scratch, HasMemoryOfItsOwnWhileOthersLive) {
  Scratch<float> one(8), two(8);
  std::fill(one.begin(), one.end(), 1.0f);
  {
    Scratch<float> three(8);
    std::fill(two.begin(), two.end(), 2.0f);
    std::fill(three.begin(), three.end(), 3.0f);
  }
  EXPECT_EQ(one[7], 1);
  EXPECT_EQ(two[0], 2);
}

TEST(Scratch, IsAsLargeAsAskedWhateverWasThereBefore) {
  for (const std::size_t size : {5u, 500u, 0u, 50u}) {
    Scratch<double> values(size);
    EXPECT_EQ(values.size(), size);
    EXPECT_EQ(static_cast<std::size_t>(values.end() - values.begin()), size);
    for (auto& value : values) value = 1;
  }
}

TEST(Scratch, IsNotSharedByThreads) {
  Scratch<char> mine(1);
  const char* others = nullptr;
  std::thread([&] { others = Scratch<char>(1).data(); }).join();
  EXPECT_NE(mine.data(), others);
}

}  // namespace
}  // namespace firstframe
