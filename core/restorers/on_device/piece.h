#pragma once

#include <cstdint>
#include <vector>

#include "core/frame/section_window.h"
#include "core/restorers/restorer.h"

namespace firstframe {

/// What a device does with one piece, but for the pixels: two pieces alike in all of it are the same work.
struct PieceWork {
  TileShape shape;
  std::int64_t channels = 1;
  SampleType from = SampleType::uint8, to = SampleType::uint8;
  ValueRange from_range, to_range;
  Extent shown;                          // pixels that go up
  std::vector<std::int64_t> rows, cols;  // which of them each row and column of the piece and its halo shows
  Region wanted;                         // of the piece: what comes down
  RestoreSettings settings;              // without the threads

  bool operator==(const PieceWork& other) const;
};

/// A piece of a section: the work, and where its pixels come from and go to.
struct Piece {
  PieceWork work;
  SectionView degraded;  // work.shown pixels
  SectionSpan restored;  // work.wanted pixels
};

/// \param place     of the piece in the section; rows and columns are what `owner` asks of tiles, and so are its corner's
/// \param halo      pixels around it
/// \param degraded  holds the pixels that the piece and its halo show
/// \param request   in the section, overlaps the piece
/// \param restored  the request's pixels
/// \throws ArgumentError when `degraded` lacks pixels
/// \throws FormatError when a float32 pixel that the piece shows is NaN or infinite
Piece make_piece(const Region& place, std::int64_t halo, const SectionWindow& degraded, Border border, const Region& request,
                 const SectionSpan& restored, const RestoreSettings& settings);

/// Cuts a region into equal parts of at most `side` x `side` pixels, `side` rounded down to a multiple; those at its end may be
/// smaller. The region's sides are multiples, too.
std::vector<Region> parts_of(const Region& region, std::int64_t side, std::int64_t multiple);

/// The smallest region around `region` whose corner and sides are multiples.
Region grown_to(const Region& region, std::int64_t multiple);

}  // namespace firstframe
