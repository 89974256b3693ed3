#pragma once

#include <gst/gst.h>

#include <string>

namespace firstframe {

/// Turns the exception being handled into one error message on the bus; call it inside a catch block.
///
/// | exception                     | domain and code                                   |
/// |-------------------------------|---------------------------------------------------|
/// | MissingFileError              | RESOURCE NOT_FOUND, or OPEN_READ when `path` exists |
/// | DiskFullError                 | RESOURCE NO_SPACE_LEFT                            |
/// | other OutputError             | RESOURCE WRITE                                    |
/// | ArgumentError                 | RESOURCE SETTINGS                                 |
/// | FormatError                   | STREAM FORMAT                                     |
/// | DeviceError, out of memory    | RESOURCE FAILED                                   |
/// | any other                     | LIBRARY FAILED                                    |
///
/// \param kind   GST_MESSAGE_ERROR or GST_MESSAGE_WARNING
/// \param where  property the trouble came from, or what was being done; for the debug text
/// \param path   value of that property, when it is a file
void post_current_exception(GstElement* element, GstMessageType kind, const std::string& where,
                            const std::string& path = {});

/// Whether the exception being handled says that somebody asked to stop, which is no error.
bool is_cancellation();

/// Runs `work`. An exception becomes an error on the bus (or a warning) and `false`; none escapes.
template <typename Work>
bool guarded(GstElement* element, const std::string& where, const std::string& path, const Work& work,
             GstMessageType kind = GST_MESSAGE_ERROR) {
  try {
    work();
    return true;
  } catch (...) {
    post_current_exception(element, kind, where, path);
    return false;
  }
}

/// Runs `work`, which returns a GstFlowReturn. An exception becomes an error on the bus and GST_FLOW_ERROR; a
/// cancellation becomes GST_FLOW_FLUSHING.
template <typename Work>
GstFlowReturn flow_guarded(GstElement* element, const char* where, const Work& work) {
  try {
    return work();
  } catch (...) {
    if (is_cancellation()) return GST_FLOW_FLUSHING;
    post_current_exception(element, GST_MESSAGE_ERROR, where);
    return GST_FLOW_ERROR;
  }
}

/// The same while restoring a frame.
template <typename Work>
GstFlowReturn flow_guarded(GstElement* element, const Work& work) {
  return flow_guarded(element, "restoring a frame", work);
}

}  // namespace firstframe
