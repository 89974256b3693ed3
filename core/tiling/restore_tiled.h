#pragma once

#include <functional>
#include <span>
#include <stop_token>

#include "core/frame/section.h"
#include "core/frame/section_window.h"
#include "core/restorers/restorer.h"
#include "core/settings/settings.h"
#include "core/tiling/tile_plan.h"

namespace firstframe {

/// Restores one rectangle of a section, tile by tile, on TBB; on a GPU as a whole.
///
/// \param degraded  the whole section; channels must be what the restorer was trained for. For a model of scale 2..4
///                  already on the restored grid: upsampled_input()
/// \param request   the rectangle wanted, inside the section
/// \param restored  where it goes: request.extent(), as many channels; any type and value range.
///                  May not overlap `degraded`, whose pixels other tiles still read
/// \param stop      asked between tiles, or before the whole
/// \throws FormatError when the channels differ or a float32 pixel is NaN or infinite
/// \throws ArgumentError when the request leaves the section or `restored` has another extent
/// \throws Cancelled when a stop was requested; `restored` is then partly written
///
/// A section at the full range of the type that the model was trained on, 0..65535, is restored in the part of it that the model
/// was trained in, 0..4095 (ModelInfo::trained_range); a section that names a narrower range keeps its own.
///
/// The bytes depend neither on settings.threads nor on how a section is split into requests. A GPU takes each request as a whole
/// (Restorer::whole_sections), in an order of sums that LibTorch chooses by its extent: a sample may be rounded to its neighbour.
/// Cost: the restorer's, times (tile + 2 halo)^2 / tile^2. Memory: one tile with halo per thread, which keeps it (scratch.h).
/// Safe to call from any thread, also concurrently with one restorer.
void restore_tiled(const Restorer& restorer, const SectionView& degraded, const Region& request,
                   const SectionSpan& restored, const RestoreSettings& settings, std::stop_token stop = {});

/// The same from a part of the section, the bytes too.
/// \param degraded    holds at least the pixels that the tiles over `request` and their halos show (restore_window.h)
/// \param after_tile  called after every tile, from any thread, by several at once; may be empty
/// \throws ArgumentError as well when the window lacks pixels
void restore_tiled(const Restorer& restorer, const SectionWindow& degraded, const Region& request,
                   const SectionSpan& restored, const RestoreSettings& settings, std::stop_token stop = {},
                   const std::function<void()>& after_tile = {});

/// The grid of tiles that a section of this extent is restored in.
/// \param side  pixels, of tiles smaller than those that restore it fastest; 0 for those
TilePlan tiles_of(const Restorer& restorer, Extent section, const RestoreSettings& settings, std::int64_t side = 0);

/// Restores some tiles of a whole section, and leaves the other pixels of `restored` as they are: for those who know that
/// the rest has not changed. With tiles_of() each tile gets the bytes that restore_tiled gives it; smaller ones give the
/// same but for rounding, and cost more a pixel, since their halos are as wide.
///
/// \param plan      of the section, from tiles_of()
/// \param tiles     of the plan, each at most once
/// \param restored  as large as `degraded`
/// \throws as restore_tiled
void restore_tiles(const Restorer& restorer, const SectionView& degraded, const TilePlan& plan, std::span<const Region> tiles,
                   const SectionSpan& restored, const RestoreSettings& settings, std::stop_token stop = {});

/// The whole section, in its own type and value range; `scale` times as many rows and columns for a model of scale 2..4.
Section restore(const Restorer& restorer, const SectionView& degraded, const RestoreSettings& settings = {},
                std::stop_token stop = {});

}  // namespace firstframe
