#pragma once

namespace firstframe {

/// Keeps OpenCV's and FFmpeg's own log lines off the terminal: our exceptions say the same, with the file's
/// name. Who sets OPENCV_LOG_LEVEL or OPENCV_FFMPEG_LOGLEVEL gets what they ask for. Cheap after the first
/// call.
void quiet_opencv();

}  // namespace firstframe
