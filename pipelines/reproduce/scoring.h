#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/restorers/restorer.h"
#include "pipelines/reproduce/protocol.h"

namespace firstframe {

/// One picture's figures, as `firstframe measure` gives them; of colour pictures on luma.
struct PictureScore {
  std::string picture;
  double input_db = 0;   // full-range Y of what had to be beaten
  double full_db = 0;    // full-range Y
  double studio_db = 0;  // studio-range Y
  double ssim = 0;
  std::optional<double> matched_db = {};  // after one gain and offset, of pictures with a brightness of their own

  double gain_db() const { return full_db - input_db; }
};

/// Figures of a restored luma; of sections of two extents on the part from the first pixel on that both have.
PictureScore score(const TestPicture& test, const Section& restored);

/// What a restorer made of a set.
struct SetScore {
  std::vector<PictureScore> pictures;
  double restore_ms = 0;  // mean of a picture
};

/// Restores and scores every picture of a set, one after the other on all threads, or several at once on a thread each
/// for restorers that work on one tile a picture; their time is then that of one thread.
/// \throws Cancelled when a stop was requested
SetScore score_set(const Restorer& restorer, const std::vector<TestPicture>& set, const RestoreSettings& settings,
                   bool side_by_side, std::stop_token stop);

/// The scores of the degraded pictures themselves.
SetScore score_inputs(const std::vector<TestPicture>& set);

double mean_full_db(const std::vector<PictureScore>& scores);
double mean_matched_db(const std::vector<PictureScore>& scores);
double mean_studio_db(const std::vector<PictureScore>& scores);
double mean_ssim(const std::vector<PictureScore>& scores);
double mean_gain_db(const std::vector<PictureScore>& scores);
double worst_gain_db(const std::vector<PictureScore>& scores);

}  // namespace firstframe
