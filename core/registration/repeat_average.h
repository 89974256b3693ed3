#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/frame/section.h"
#include "core/registration/repeat_motion.h"

namespace firstframe {

struct AverageSettings {
  std::int64_t reference = 0;      // index of the repeat that the mean lies on
  bool includes_reference = true;  // false: the mean of the others, for a training pair with the reference
};

/// What became of one repeat.
struct RepeatReport {
  std::string name;
  bool is_used = false;
  std::string why_not;       // one sentence; empty when used
  RepeatMotion motion;       // against the reference
  double unlikeness = 1;     // mean squared distance from the others, as a multiple of what is typical among them
  double part_weakened = 0;  // of its area, where it shows something else than the others and counts less
};

struct AveragedRepeats {
  Section mean;                // float32, normalised: 0 at the repeats' black, 1 at their white
  Region valid;                // of the mean: what all repeats in it cover
  std::int64_t averaged = 0;   // repeats in the mean
  std::int64_t uncovered = 0;  // pixels that none of them covers, outside `valid`; 0 with the reference in it
  std::vector<RepeatReport> repeats;  // in the order they were added
};

/// Registers repeats of one scene on each other to parts of a pixel and averages them: where a clean section comes from
/// when there is none.
///
///     RepeatAverage average;
///     while (auto frame = source->next()) average.add(frame->section.view(), frame->name);
///     const auto result = average.average({});
///
/// Each repeat is first registered on the reference, then twice on the mean of the others, which is less noisy. Only
/// motion that noise does not explain is undone (motion_between), by one cubic interpolation. Left out, and said so,
/// are repeats that moved by more than a quarter of a side, and those whose block means differ from the median of all
/// 4 times as much (mean square) as typical ones do: they would blur more than their noise averaging gains. What a used
/// repeat shows differently in one place counts less there (block_weights). The mean weighs all others alike.
///
/// Keeps every repeat in its own type: as much memory as they take, and 8 float32 planes a thread. The same bytes for
/// any number of threads.
class RepeatAverage {
 public:
  /// \param section  1 or 3 channels (registered on their luma), at least 24 x 24 pixels
  /// \throws FormatError when it has another extent, type or number of channels than the first, or a value is not
  ///         finite
  void add(const SectionView& section, std::string name);

  std::int64_t count() const { return static_cast<std::int64_t>(repeats_.size()); }

  /// \param report  called after each measurement with their number so far and in all; may be empty
  /// \throws ArgumentError when there is no such reference
  /// \throws FormatError for fewer than two repeats; when fewer than two, or no more than half, agree; when the
  ///         reference is one of the odd ones; when nothing is covered by all
  /// \throws Cancelled when a stop was requested
  ///
  /// Cost: some 400 passes over each repeat, in parallel over the repeats.
  AveragedRepeats average(const AverageSettings& settings,
                          const std::function<void(std::int64_t, std::int64_t)>& report = {},
                          std::stop_token stop = {}) const;

 private:
  std::vector<Section> repeats_;
  std::vector<std::string> names_;
};

}  // namespace firstframe
