#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tests/io/temp_folder.h"

namespace firstframe {

/// A SEG-Y or SU file as tests want it: every byte is said here, none by the code under test.
struct SegyRecipe {
  int inlines = 4, crosslines = 6, offsets = 1;
  int samples = 50;
  int format = 5;                    // 1 IBM, 2 int32, 3 int16, 5 IEEE, 8 int8
  bool big_endian = true;
  bool su = false;                   // no text and no binary header
  bool by_crossline = false;         // the slower axis of the file
  int extended = 0;                  // extended text headers
  int said_samples = -1;             // binary header; -1 for the truth
  int said_format = -1;
  int trace_says = -1;               // trace headers' sample count
  int interval_us = 4000;
  int trace_interval_us = 4000;
  int revision = 0x0100;
  bool ascii = false;
  int inline_byte = 189, crossline_byte = 193;
  std::string trailer = {};
  std::function<bool(int inl, int xl)> is_missing = [](int, int) { return false; };
  std::function<bool(int inl, int xl)> is_marked_dead = [](int, int) { return false; };
  std::function<double(int inl, int xl, int offset, int sample)> value = [](int inl, int xl, int offset, int sample) {
    return std::round(60 * std::sin(0.37 * sample + 0.6 * inl + 0.23 * xl + offset));
  };
};

inline void put_number(std::string& bytes, std::size_t at, int width, std::int64_t value, bool big_endian) {
  for (int i = 0; i < width; ++i)
    bytes[at + static_cast<std::size_t>(big_endian ? i : width - 1 - i)] = static_cast<char>(value >> (8 * (width - 1 - i)) & 0xff);
}

/// A number as a word of IBM's floats, by its definition: sign, 16^(e - 64), a fraction of 24 bits. Rounded down.
inline std::uint32_t ibm_word(double value) {
  if (value == 0) return 0;
  const std::uint32_t sign = value < 0 ? 0x80000000u : 0;
  double size = std::abs(value);
  int exponent = 64;
  while (size >= 1) size /= 16, ++exponent;
  while (size < 1.0 / 16) size *= 16, --exponent;
  return sign | static_cast<std::uint32_t>(exponent) << 24 | static_cast<std::uint32_t>(size * 16777216.0);
}

inline std::string sample_bytes(double value, int format, bool big_endian) {
  const int width = format == 3 ? 2 : format == 8 ? 1 : 4;
  std::string bytes(static_cast<std::size_t>(width), '\0');
  std::int64_t word = static_cast<std::int64_t>(value);
  if (format == 1) word = ibm_word(value);
  if (format == 5) {
    const auto single = static_cast<float>(value);
    std::uint32_t bits;
    std::memcpy(&bits, &single, 4);
    word = bits;
  }
  put_number(bytes, 0, width, word, big_endian);
  return bytes;
}

inline std::string segy_trace(const SegyRecipe& recipe, int inl, int xl, int offset, int number) {
  std::string header(240, '\0');
  const auto put = [&](int byte, int width, std::int64_t value) {
    put_number(header, static_cast<std::size_t>(byte - 1), width, value, recipe.big_endian);
  };
  put(1, 4, number + 1);
  put(9, 4, 100 + inl);
  put(29, 2, recipe.is_marked_dead(inl, xl) ? 2 : 1);
  put(37, 4, 100 * offset);
  put(115, 2, recipe.trace_says >= 0 ? recipe.trace_says : recipe.samples);
  put(117, 2, recipe.trace_interval_us);
  put(recipe.inline_byte, 4, 10 + inl);
  put(recipe.crossline_byte, 4, 200 + 2 * xl);
  put(233, 4, 0x5a5a0000 + number);  // bytes that nobody assigned must come back, too
  for (int sample = 0; sample < recipe.samples; ++sample)
    header += sample_bytes(recipe.value(inl, xl, offset, sample), recipe.format, recipe.big_endian);
  return header;
}

inline std::string segy_headers(const SegyRecipe& recipe) {
  std::string headers(3200, recipe.ascii ? ' ' : '\x40');
  for (std::size_t line = 0; line < 40; ++line) headers[80 * line] = recipe.ascii ? 'C' : '\xc3';
  headers += std::string(400, '\0');
  const auto put = [&](int byte, std::int64_t value) {
    put_number(headers, static_cast<std::size_t>(byte - 1), 2, value, recipe.big_endian);
  };
  put(3217, recipe.interval_us);
  put(3221, recipe.said_samples >= 0 ? recipe.said_samples : recipe.samples);
  put(3225, recipe.said_format >= 0 ? recipe.said_format : recipe.format);
  put(3501, recipe.revision);
  put(3505, recipe.extended);
  return headers + std::string(3200 * static_cast<std::size_t>(recipe.extended), recipe.ascii ? ' ' : '\x40');
}

/// The whole file.
inline std::string segy_bytes(const SegyRecipe& recipe) {
  std::string bytes = recipe.su ? "" : segy_headers(recipe);
  int number = 0;
  const int slow = recipe.by_crossline ? recipe.crosslines : recipe.inlines;
  const int fast = recipe.by_crossline ? recipe.inlines : recipe.crosslines;
  for (int a = 0; a < slow; ++a)
    for (int b = 0; b < fast; ++b)
      for (int offset = 0; offset < recipe.offsets; ++offset) {
        const int inl = recipe.by_crossline ? b : a, xl = recipe.by_crossline ? a : b;
        if (!recipe.is_missing(inl, xl)) bytes += segy_trace(recipe, inl, xl, offset, number++);
      }
  return bytes + recipe.trailer;
}

inline std::filesystem::path put_segy(const std::filesystem::path& path, const SegyRecipe& recipe) {
  put(path, segy_bytes(recipe));
  return path;
}

}  // namespace firstframe
