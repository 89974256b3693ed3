#include "tests/support/allocations.h"

#include <dlfcn.h>
#include <execinfo.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <stdexcept>
#include <string_view>

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
}

namespace firstframe {
namespace {

constexpr std::size_t kMost = 200'000;  // allocations
constexpr int kDepth = 16;              // callers

struct Record {
  std::size_t bytes;
  int depth;
  std::array<void*, kDepth> callers;
};

Record records[kMost];
std::atomic<std::size_t> count = 0;
std::atomic<bool> watches = false;
thread_local bool is_recording = false;  // what backtrace() allocates is nobody's

void note(std::size_t bytes) {
  if (!watches.load(std::memory_order_relaxed) || is_recording) return;
  is_recording = true;
  const auto at = count.fetch_add(1, std::memory_order_relaxed);
  if (at < kMost) {
    records[at].bytes = bytes;
    records[at].depth = backtrace(records[at].callers.data(), kDepth);
  }
  is_recording = false;
}

std::string library_of(void* caller) {
  Dl_info info;
  if (!dladdr(caller, &info) || !info.dli_fname) return "unknown";
  const std::string_view path = info.dli_fname;
  return std::string(path.substr(path.rfind('/') + 1));
}

std::string who_asked(const Record& record) {
  static const auto here = library_of(reinterpret_cast<void*>(&who_asked));
  for (int i = 0; i < record.depth; ++i) {
    const auto library = library_of(record.callers[static_cast<std::size_t>(i)]);
    const auto is = [&](std::string_view start) { return library.starts_with(start); };
    if (i < 3 && library == here) continue;  // the functions below
    if (!is("libc.so") && !is("libstdc++") && !is("libglib-2.0")) return library;
  }
  return "unknown";
}

}  // namespace

AllocationWatch::AllocationWatch() {
  void* first[2];
  backtrace(first, 2);  // loads what it needs
  count = 0;
  watches = true;
}

AllocationWatch::~AllocationWatch() { watches = false; }

std::map<std::string, Tally> AllocationWatch::stop() {
  watches = false;
  if (count > kMost) throw std::length_error("more allocations than there is room to note");
  std::map<std::string, Tally> found;
  for (std::size_t i = 0; i < count; ++i) {
    auto& tally = found[who_asked(records[i])];
    ++tally.count;
    tally.bytes += records[i].bytes;
    std::size_t at_most = 64;
    while (at_most < records[i].bytes) at_most *= 4;
    ++tally.by_size[at_most];
  }
  return found;
}

}  // namespace firstframe

using firstframe::note;

extern "C" {

void* malloc(std::size_t bytes) {
  note(bytes);
  return __libc_malloc(bytes);
}
void* calloc(std::size_t number, std::size_t bytes) {
  note(number * bytes);
  return __libc_calloc(number, bytes);
}
void* realloc(void* old, std::size_t bytes) {
  note(bytes);
  return __libc_realloc(old, bytes);
}
void* memalign(std::size_t alignment, std::size_t bytes) {
  note(bytes);
  return __libc_memalign(alignment, bytes);
}
void* aligned_alloc(std::size_t alignment, std::size_t bytes) { return memalign(alignment, bytes); }
int posix_memalign(void** result, std::size_t alignment, std::size_t bytes) {
  *result = memalign(alignment, bytes);
  return *result ? 0 : ENOMEM;
}

// TBB takes memory from libtbbmalloc, which asks the kernel by itself; without it, from malloc.
void* dlopen(const char* library, int flags) {
  using Open = void* (*)(const char*, int);
  static const auto open = reinterpret_cast<Open>(dlsym(RTLD_NEXT, "dlopen"));
  return library && std::string_view(library).find("libtbbmalloc") != std::string_view::npos ? nullptr : open(library, flags);
}

}  // extern "C"
