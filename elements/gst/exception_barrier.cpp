#include "elements/gst/exception_barrier.h"

#include <filesystem>
#include <new>

#include "core/base/error.h"
#include "io/files/disk_full.h"

namespace firstframe {
namespace {

struct BusError {
  GQuark domain;
  gint code;
  std::string text;
};

bool exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

BusError current_exception_on_the_bus(const std::string& path) {
  try {
    throw;
  } catch (const MissingFileError& error) {
    const auto code = exists(path) ? GST_RESOURCE_ERROR_OPEN_READ : GST_RESOURCE_ERROR_NOT_FOUND;
    return {GST_RESOURCE_ERROR, code, error.what()};
  } catch (const DiskFullError& error) {
    return {GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT, error.what()};
  } catch (const OutputError& error) {
    return {GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_WRITE, error.what()};
  } catch (const ArgumentError& error) {
    return {GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, error.what()};
  } catch (const FormatError& error) {
    return {GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT, error.what()};
  } catch (const DeviceError& error) {
    return {GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_FAILED, error.what()};
  } catch (const std::bad_alloc&) {
    return {GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_FAILED,
            "There is not enough memory; use smaller frames or fewer threads."};
  } catch (const std::exception& error) {
    return {GST_LIBRARY_ERROR, GST_LIBRARY_ERROR_FAILED, error.what()};
  } catch (...) {
    return {GST_LIBRARY_ERROR, GST_LIBRARY_ERROR_FAILED, "An unknown error was thrown."};
  }
}

}  // namespace

void post_current_exception(GstElement* element, GstMessageType kind, const std::string& where,
                            const std::string& path) {
  const auto error = current_exception_on_the_bus(path);
  const auto debug = path.empty() ? where : where + "=" + path;
  gst_element_message_full(element, kind, error.domain, error.code, g_strdup(error.text.c_str()),
                           g_strdup(debug.c_str()), __FILE__, GST_FUNCTION, __LINE__);
}

bool is_cancellation() {
  try {
    throw;
  } catch (const Cancelled&) {
    return true;
  } catch (...) {
    return false;
  }
}

}  // namespace firstframe
