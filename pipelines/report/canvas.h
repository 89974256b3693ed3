#pragma once

#include <array>
#include <string>

namespace firstframe {

/// A rectangle of a canvas, pixels from its lower left corner.
struct Box {
  double left = 0, bottom = 0, width = 0, height = 0;

  double right() const { return left + width; }
  double top() const { return bottom + height; }
};

enum class Ink { paper, text, grid, first_series };  // further series follow the first
constexpr int kSeriesInks = 8;

/// A white PNG page drawn by PLplot, of which there is one at a time in a process.
class Canvas {
 public:
  /// \throws DeviceError when PLplot's driver pngcairo is not installed
  Canvas(const std::string& path, int width, int height);
  ~Canvas();  // writes the file
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  Box page() const { return {0, 0, width_, height_}; }

  /// What is drawn next lies in `box`, whose sides stand for these values.
  void look_at(const Box& box, double low_x, double high_x, double low_y, double high_y);
  /// What is drawn next is in pixels of the page.
  void look_at_page() { look_at(page(), 0, width_, 0, height_); }

  void use(Ink ink, int series = 0);
  /// `height` of a capital letter in pixels, roughly.
  void text_height(double height);
  /// `anchor` 0 puts the text's left end at the place, 1 its right end. Upwards text reads from below.
  void write(double x, double y, const std::string& text, double anchor, bool upwards = false);

 private:
  double width_, height_;
};

}  // namespace firstframe
