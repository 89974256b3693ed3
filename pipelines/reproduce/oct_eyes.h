#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/frame/section.h"

namespace firstframe {

/// One eye of the Duke pairs: a noisy B-scan through the fovea, four more of the same volume close to it and registered
/// to it, and the registered mean of many scans of the line.
/// Source: L. Fang et al., "Fast Acquisition and Reconstruction of Optical Coherence Tomography Images via Sparse
/// Representation", IEEE TMI 32(11), 2013; their data set.
struct OctEye {
  std::string name;  // "01"
  Section noisy;     // 1 channel, 8 bits, as all of them
  Section clean;
  std::vector<Section> neighbours;
};

/// The odd eyes, 01 to 17, from DATA/oct/duke2013/NN/{test,average,1,2,3,4}.tif.
/// \param quick  the first three do
/// \throws MissingFileError naming the file that is missing
std::vector<OctEye> read_oct_eyes(const std::filesystem::path& data, bool quick);

}  // namespace firstframe
