#include "pipelines/shards/content_hash.h"

#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <new>
#include <vector>

#include "io/files/file_reader.h"

namespace firstframe {
namespace {

constexpr std::int64_t kChunk = std::int64_t{4} << 20;  // bytes read at a time

}  // namespace

struct ContentHash::State {
  XXH3_state_t* sum = XXH3_createState();
  State() {
    if (!sum) throw std::bad_alloc();
    XXH3_128bits_reset(sum);
  }
  ~State() { XXH3_freeState(sum); }
};

ContentHash::ContentHash() : state_(std::make_unique<State>()) {}
ContentHash::~ContentHash() = default;
ContentHash::ContentHash(ContentHash&&) noexcept = default;
ContentHash& ContentHash::operator=(ContentHash&&) noexcept = default;

void ContentHash::add(std::span<const std::byte> bytes) {
  XXH3_128bits_update(state_->sum, bytes.data(), bytes.size());
}

void ContentHash::add(std::string_view text) { add(std::as_bytes(std::span(text))); }

std::string ContentHash::name() const {
  const auto sum = XXH3_128bits_digest(state_->sum);
  char digits[33];
  std::snprintf(digits, sizeof digits, "%016llx%016llx", static_cast<unsigned long long>(sum.high64),
                static_cast<unsigned long long>(sum.low64));
  return std::string("xxh3:") + digits;
}

std::string hash_of(std::string_view text) {
  ContentHash hash;
  hash.add(text);
  return hash.name();
}

std::string hash_of_file(const std::filesystem::path& file) {
  const FileReader reader(file);
  ContentHash hash;
  std::vector<std::byte> chunk;
  for (std::int64_t at = 0; at < reader.size(); at += kChunk) {
    chunk.resize(static_cast<std::size_t>(std::min(kChunk, reader.size() - at)));
    reader.read(at, chunk);
    hash.add(chunk);
  }
  return hash.name();
}

}  // namespace firstframe
