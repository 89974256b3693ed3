#include "core/base/thread_arena.h"

#include <map>

namespace firstframe {

tbb::task_arena& thread_arena(int threads) {
  // Of its own: callers that shared one would wait for each other's slots.
  thread_local std::map<int, tbb::task_arena> arenas;
  return arenas.try_emplace(threads, threads).first->second;
}

}  // namespace firstframe
