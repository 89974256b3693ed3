#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace firstframe {

/// A hash of 128 bits that tells content apart by accident, not attack: XXH3, faster than memory gives the bytes.
/// Source: Y. Collet, "xxHash fast digest algorithm", github.com/Cyan4973/xxHash/blob/release/doc/xxhash_spec.md, through libxxhash.
class ContentHash {
 public:
  ContentHash();
  ~ContentHash();
  ContentHash(ContentHash&&) noexcept;
  ContentHash& operator=(ContentHash&&) noexcept;

  void add(std::span<const std::byte> bytes);
  void add(std::string_view text);
  /// Of what was added so far: "xxh3:" and 32 hexadecimal digits.
  std::string name() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string hash_of(std::string_view text);
/// \throws MissingFileError, FormatError as FileReader
std::string hash_of_file(const std::filesystem::path& file);

}  // namespace firstframe
