#pragma once

#include "core/frame/section.h"

namespace firstframe {

/// How well edges were kept, against a reference. Smoothing raises ENL and CNR but lowers both figures.
struct EdgePreservation {
  double index = 0;         // -1..1: correlation of the two Laplacians; 1 when edges are where the reference has them
  double energy_ratio = 0;  // of their squared gradients: below 1 edges were blurred, above 1 noise or ringing is left
};

/// \param restored, reference  1 channel, one extent of at least 3 x 3 pixels
/// \throws FormatError otherwise, or when the reference is flat
/// Both ignore an offset between the two; the ratio also a gain, which is fitted.
/// Source: F. Sattar, L. Floreby, G. Salomonsson, B. Lovstrom, "Image enhancement based on a nonlinear multiscale
/// method", IEEE TIP 6(6), 1997, for the index. The Laplacian is the 4-neighbour one.
EdgePreservation edge_preservation(const SectionView& restored, const SectionView& reference);

/// How steep the steepest step along the A-scans is, without a reference: in bands of 16 columns (averaged, so that
/// speckle hardly counts) the largest half difference of the rows above and below, divided by the band's range; the
/// mean over the bands. Per pixel, at most 0.5, the value of a step within one pixel; blur lowers it. Compare pictures
/// of one scene only.
/// \param section  1 channel, at least 3 rows and 16 columns \throws FormatError otherwise
double edge_steepness(const SectionView& section);

}  // namespace firstframe
