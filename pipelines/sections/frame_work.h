#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "core/colour/restore_picture.h"
#include "core/restorers/restorer.h"

namespace firstframe {

/// How the frames of a picture, a folder or a video are restored.
struct FrameRestore {
  std::string input;                 // for messages
  std::optional<ValueRange> range;   // black and white as the user gave them
  ChannelPolicy channels = ChannelPolicy::luma;
  RestoreSettings settings;
};

/// A frame restored, in its own type and range; `scale` times as many rows and columns for a model of scale 2..4.
/// \throws FormatError as require_trained_code and restore_picture; Cancelled
Section restored_frame(const Restorer& restorer, const Section& degraded, const FrameRestore& job, std::stop_token stop = {});

/// What was removed, around mid-grey for integers; of super-resolution it is removed from the upsampled frame.
Section removed_from_frame(const ModelInfo& model, const Section& degraded, const Section& restored);

}  // namespace firstframe
