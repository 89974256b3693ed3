#include "pipelines/report/plot.h"

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iterator>
#include <set>
#include <thread>

#include "core/base/error.h"
#include "io/picture/picture.h"
#include "tests/support/command.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using Colour = std::array<int, 3>;

Plot slope() { return {.title = "A slope", .x_label = "x", .y_label = "y", .series = {{"up", {0, 1, 2}, {0, 1, 2}}}}; }

Colour colour_at(const Section& picture, std::int64_t row, std::int64_t col) {
  const auto* values = picture.samples<std::uint8_t>() + row * picture.extent().cols + col;
  const auto plane = picture.extent().area();
  return {values[0], values[plane], values[2 * plane]};
}

std::set<Colour> colours(const Section& picture) {
  std::set<Colour> all;
  for (std::int64_t r = 0; r < picture.extent().rows; ++r)
    for (std::int64_t c = 0; c < picture.extent().cols; ++c) all.insert(colour_at(picture, r, c));
  return all;
}

std::string bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Plot, IsDrawnOnWhiteInTheColourOfEverySeries) {
  const ScratchFolder scratch;
  auto plot = slope();
  plot.series.push_back({"down", {0, 1, 2}, {2, 1, 0}, {0.1, 0.1, 0.1}, Series::Style::line_and_points});
  draw_plots(scratch / "plot.png", {plot}, {400, 300});
  const auto picture = read_picture(scratch / "plot.png");
  EXPECT_EQ(picture.extent(), (Extent{300, 400}));
  EXPECT_EQ(colour_at(picture, 0, 0), (Colour{255, 255, 255}));
  const auto seen = colours(picture);
  EXPECT_TRUE(seen.contains({0, 114, 178}));
  EXPECT_TRUE(seen.contains({213, 94, 0}));
  EXPECT_EQ(scratch.names(), std::vector<std::string>{"plot.png"});
}

TEST(Plot, SetsPanelsIntoAGrid) {
  const ScratchFolder scratch;
  draw_plots(scratch / "five.png", {5, slope()});
  EXPECT_EQ(read_picture(scratch / "five.png").extent(), (Extent{2 * 420, 3 * 560}));
}

TEST(Plot, ShowsAHeatMapWithItsFirstRowAtTheTop) {
  const ScratchFolder scratch;
  draw_panels(scratch / "map.png", {HeatMap{"map", 2, 2, {1, 0, 0, -1}}}, {600, 500});
  const auto picture = read_picture(scratch / "map.png");
  // The first and last pixel that is strongly coloured, in reading order, left of the colour bar.
  std::int64_t blue_row = -1, red_row = -1;
  for (std::int64_t r = 0; r < 500; ++r)
    for (std::int64_t c = 0; c < 400; ++c) {
      const auto [red, green, blue] = colour_at(picture, r, c);
      if (blue > red + 60 && blue_row < 0) blue_row = r;
      if (red > blue + 60) red_row = r;
    }
  ASSERT_GE(blue_row, 0);
  EXPECT_GT(red_row, blue_row + 150);
}

TEST(Plot, LeavesOutWhatALogAxisCannotShow) {
  const ScratchFolder scratch;
  auto with = slope(), without = slope();
  with.series[0] = {"up", {0, 1, 10, 20}, {5, 1, -1, 100}};
  without.series[0] = {"up", {1, 20}, {1, 100}};
  for (auto* plot : {&with, &without}) plot->x_is_log = plot->y_is_log = true;
  draw_plots(scratch / "with.png", {with});
  draw_plots(scratch / "without.png", {without});
  EXPECT_EQ(bytes(scratch / "with.png"), bytes(scratch / "without.png"));
}

TEST(Plot, DrawsOnSeveralThreadsWhatItDrawsOnOne) {
  const ScratchFolder scratch;
  draw_plots(scratch / "alone.png", {slope()});
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i)
    threads.emplace_back([&, i] { draw_plots(scratch / ("thread" + std::to_string(i) + ".png"), {slope()}); });
  for (auto& thread : threads) thread.join();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(bytes(scratch / ("thread" + std::to_string(i) + ".png")), bytes(scratch / "alone.png"));
}

TEST(Plot, RefusesWhatItCannotDraw) {
  const ScratchFolder scratch;
  auto uneven = slope();
  uneven.series[0].y.pop_back();
  EXPECT_EQ(message_of<ArgumentError>([&] { draw_plots(scratch / "a.png", {uneven}); }),
            "plot 'A slope': series 'up' has 3 x, 2 y and 0 errors; give equally many");
  EXPECT_EQ(message_of<ArgumentError>([&] { draw_panels(scratch / "a.png", {HeatMap{"map", 2, 2, {1}}}); }),
            "plot 'map': 1 values do not fill 2 x 2 cells");
  EXPECT_EQ(message_of<ArgumentError>([] { draw_plots("a.jpg", {slope()}); }),
            "plot a.jpg: only PNG is written; use a name that ends in .png");
  EXPECT_EQ(message_of<ArgumentError>([] { draw_plots("a.png", {}); }), "plot a.png: there is no panel to draw");
  EXPECT_THROW(draw_plots(scratch / "missing/a.png", {slope()}), OutputError);
}

}  // namespace
}  // namespace firstframe
