#include "pipelines/report/canvas.h"

#include <plplot.h>

#include <string_view>

#include "core/base/error.h"

namespace firstframe {
namespace {

constexpr const char* kDevice = "pngcairo";
constexpr double kPixelsPerMm = 96 / 25.4;

struct Colour {
  PLINT red, green, blue;
};

// Paper, text and grid, then colours that stay apart for the colour-blind (after Okabe and Ito).
constexpr std::array<Colour, 3 + kSeriesInks> kInks{{{255, 255, 255}, {40, 40, 40}, {222, 222, 222},
                                                     {0, 114, 178}, {213, 94, 0}, {0, 158, 115}, {204, 121, 167},
                                                     {230, 159, 0}, {86, 180, 233}, {120, 94, 60}, {90, 90, 90}}};

// PLplot asks on the terminal when a device is not there, which a program must not wait for.
void check_device() {
  std::array<PLCHAR_VECTOR, 256> menus{}, devices{};  // PLplot knows about 40
  PLCHAR_VECTOR *menu = menus.data(), *names = devices.data();
  int count = static_cast<int>(menus.size());
  plgFileDevs(&menu, &names, &count);
  for (int i = 0; i < count; ++i)
    if (std::string_view(names[i]) == kDevice) return;
  throw DeviceError("plot: PLplot has no PNG driver on this machine; apt-get install plplot-driver-cairo");
}

void set_colours() {
  std::array<PLINT, kInks.size()> red{}, green{}, blue{};
  for (std::size_t i = 0; i < kInks.size(); ++i) {
    red[i] = kInks[i].red;
    green[i] = kInks[i].green;
    blue[i] = kInks[i].blue;
  }
  plscmap0(red.data(), green.data(), blue.data(), static_cast<PLINT>(kInks.size()));

  // Of maps: from red by white in the middle, which stands for zero, to blue.
  const PLFLT place[] = {0, 0.25, 0.5, 0.62, 0.8, 1};
  const PLFLT r[] = {0.40, 0.90, 1, 0.62, 0.13, 0.03}, g[] = {0.0, 0.45, 1, 0.79, 0.44, 0.13},
              b[] = {0.05, 0.35, 1, 0.88, 0.71, 0.36};
  plscmap1n(256);
  plscmap1l(1, 6, place, r, g, b, nullptr);
}

}  // namespace

Canvas::Canvas(const std::string& path, int width, int height) : width_(width), height_(height) {
  check_device();
  plsdev(kDevice);
  plsfnam(path.c_str());
  plspage(96, 96, width, height, 0, 0);
  set_colours();
  plinit();
  plfontld(1);
  plsmaj(0, 0.6);
  plsmin(0, 0.6);
  plsfont(PL_FCI_SANS, PL_FCI_UPRIGHT, PL_FCI_MEDIUM);
  pladv(0);
}

Canvas::~Canvas() { plend(); }

void Canvas::look_at(const Box& box, double low_x, double high_x, double low_y, double high_y) {
  plvpor(box.left / width_, box.right() / width_, box.bottom / height_, box.top() / height_);
  plwind(low_x, high_x, low_y, high_y);
}

void Canvas::use(Ink ink, int series) { plcol0(static_cast<int>(ink) + series % kSeriesInks); }

void Canvas::text_height(double height) { plschr(height / kPixelsPerMm, 1); }

void Canvas::write(double x, double y, const std::string& text, double anchor, bool upwards) {
  // '#' starts PLplot's escapes and is written twice to stand for itself.
  std::string escaped;
  for (const char letter : text) escaped.append(letter == '#' ? 2 : 1, letter);
  plptex(x, y, upwards ? 0 : 1, upwards ? 1 : 0, anchor, escaped.c_str());
}

}  // namespace firstframe
