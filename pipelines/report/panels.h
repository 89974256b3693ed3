#pragma once

#include "pipelines/report/canvas.h"
#include "pipelines/report/plot.h"

namespace firstframe {

/// Draws a panel, checked by draw_panels, inside `box`.
void draw(Canvas& canvas, const Box& box, const Plot& plot);
void draw(Canvas& canvas, const Box& box, const HeatMap& map);

}  // namespace firstframe
