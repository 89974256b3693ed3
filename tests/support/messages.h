#pragma once

#include <string>

namespace firstframe {

/// What a call says when it refuses with an Exception; "" when it does not refuse.
///     EXPECT_EQ(message_of<ArgumentError>([] { plan_patches({48, 48}, 64, 80); }), "patch plan: ...");
template <typename Exception, typename Call>
std::string message_of(const Call& call) {
  try {
    call();
  } catch (const Exception& error) {
    return error.what();
  }
  return "";
}

}  // namespace firstframe
