#include "core/base/thread_arena.h"

#include <gtest/gtest.h>
#include <tbb/parallel_for.h>

#include <atomic>
#include <thread>

namespace firstframe {
namespace {

TEST(ThreadArena, HasTheThreadsAskedFor) {
  for (const int threads : {1, 2})
    thread_arena(threads).execute([&] { EXPECT_EQ(tbb::this_task_arena::max_concurrency(), threads); });
}

TEST(ThreadArena, IsMadeOnce) {
  const auto* two = &thread_arena(2);
  thread_arena(1);
  EXPECT_EQ(&thread_arena(2), two);
}

TEST(ThreadArena, ServesALoopInsideALoop) {
  std::atomic<int> rounds = 0;
  thread_arena(2).execute([&] {
    tbb::parallel_for(0, 4, [&](int) { thread_arena(1).execute([&] { tbb::parallel_for(0, 8, [&](int) { ++rounds; }); }); });
  });
  EXPECT_EQ(rounds, 32);
}

// Streams that share one would wait for each other.
TEST(ThreadArena, OfAnotherThreadIsAnother) {
  const auto* mine = &thread_arena(1);
  std::thread([&] { EXPECT_NE(&thread_arena(1), mine); }).join();
}

}  // namespace
}  // namespace firstframe
