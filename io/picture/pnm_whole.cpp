#include <cctype>
#include <string_view>

#include "core/base/text.h"
#include "io/picture/picture_whole.h"

namespace firstframe {
namespace {

// Reads the numbers of a PGM or PPM one by one; blanks and comments ("# ... end of line") stand between them.
class Numbers {
 public:
  explicit Numbers(std::string_view file) : file_(file) {}

  bool next(std::uint64_t& value) {
    while (at_ < file_.size() && (is_space() || file_[at_] == '#')) {
      if (file_[at_] == '#') at_ = std::min(file_.find('\n', at_), file_.size() - 1);
      ++at_;
    }
    const auto begin = at_;
    for (value = 0; at_ < file_.size() && is_digit() && at_ - begin < 10; ++at_)
      value = value * 10 + static_cast<std::uint64_t>(file_[at_] - '0');
    return at_ > begin;
  }
  std::size_t at() const { return at_; }

 private:
  bool is_space() const { return std::isspace(static_cast<unsigned char>(file_[at_])) != 0; }
  bool is_digit() const { return std::isdigit(static_cast<unsigned char>(file_[at_])) != 0; }

  std::string_view file_;
  std::size_t at_ = 2;  // behind "P5"
};

}  // namespace

std::string where_pnm_breaks_off(std::span<const std::byte> file) {
  const std::string_view characters(reinterpret_cast<const char*>(file.data()), file.size());
  Numbers numbers(characters);
  std::uint64_t cols = 0, rows = 0, white = 0;
  if (!numbers.next(cols) || !numbers.next(rows) || !numbers.next(white))
    return numbers.at() >= file.size() ? "it ends inside its header" : "";
  if (cols > 1u << 20 || rows > 1u << 20) return "";  // more than OpenCV accepts: it refuses

  const bool is_colour = characters[1] == '3' || characters[1] == '6';
  const auto samples = rows * cols * (is_colour ? 3 : 1);
  if (characters[1] == '5' || characters[1] == '6') {
    const auto needed = numbers.at() + 1 + samples * (white > 255 ? 2 : 1);
    return file.size() < needed ? text("it has ", file.size(), " bytes, its header promises ", needed) : "";
  }
  std::uint64_t found = 0, value = 0;
  while (found < samples && numbers.next(value)) ++found;
  return found < samples ? text("it has ", found, " numbers, its header promises ", samples) : "";
}

}  // namespace firstframe
