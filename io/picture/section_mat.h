#pragma once

#include <opencv2/core/mat.hpp>

#include "core/frame/section.h"

namespace firstframe {

/// OpenCV's interleaved B, G, R (or grey) pixels as a planar section in the order R, G, B.
/// \param pixels  1 or 3 channels of CV_8U, CV_16U or CV_32F
Section section_of(const cv::Mat& pixels);

/// The other way round: 1 channel or B, G, R, in the section's own depth.
cv::Mat mat_of(const SectionView& section);

/// The same to read only: of 1 channel the section's own memory where its rows allow it, so that a large picture is not copied.
/// The section must outlive it.
cv::Mat mat_over(const SectionView& section);

}  // namespace firstframe
