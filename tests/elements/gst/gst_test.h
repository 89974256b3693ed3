#pragma once

#include <gmock/gmock.h>
#include <gst/gst.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/text.h"

namespace firstframe {

// GStreamer is initialised once, before the first test of a program.
class GstEnvironment : public testing::Environment {
  void SetUp() override { gst_init(nullptr, nullptr); }
};
inline testing::Environment* const gst_environment = testing::AddGlobalTestEnvironment(new GstEnvironment);

struct Unref {
  void operator()(gpointer object) const { gst_object_unref(object); }
  void operator()(GstCaps* caps) const { gst_caps_unref(caps); }
  void operator()(GstMessage* message) const { gst_message_unref(message); }
  void operator()(GstBuffer* buffer) const { gst_buffer_unref(buffer); }
};
using ElementPtr = std::unique_ptr<GstElement, Unref>;
using BusPtr = std::unique_ptr<GstBus, Unref>;
using CapsPtr = std::unique_ptr<GstCaps, Unref>;
using MessagePtr = std::unique_ptr<GstMessage, Unref>;
using BufferPtr = std::unique_ptr<GstBuffer, Unref>;

/// The next message of these types; nullptr after `seconds` without one. Others before it are thrown away.
inline MessagePtr next_message(GstBus* bus, int types, int seconds = 30) {
  return MessagePtr(
      gst_bus_timed_pop_filtered(bus, seconds * GST_SECOND, static_cast<GstMessageType>(types)));
}

/// An error or warning as its reader sees it.
struct Complaint {
  GQuark domain = 0;
  int code = 0;
  std::string text;
};

/// The next error (or warning), or an empty one after `seconds`.
inline Complaint next_complaint(GstBus* bus, GstMessageType type = GST_MESSAGE_ERROR, int seconds = 30) {
  const auto message = next_message(bus, type, seconds);
  if (!message) return {};
  GError* error = nullptr;
  if (type == GST_MESSAGE_ERROR)
    gst_message_parse_error(message.get(), &error, nullptr);
  else
    gst_message_parse_warning(message.get(), &error, nullptr);
  Complaint complaint{error->domain, error->code, error->message};
  g_error_free(error);
  return complaint;
}

/// A folder of this test alone, removed at its end.
class TestFolder {
 public:
  TestFolder() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    path_ = std::filesystem::temp_directory_path() /
            text("firstframe-", test->test_suite_name(), "-", test->name(), "-", g_random_int());
    std::filesystem::create_directories(path_);
  }
  ~TestFolder() { std::filesystem::remove_all(path_); }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace firstframe
