#include "itkFirstframeError.h"

#include <new>
#include <sstream>

namespace itk {
namespace {

[[noreturn]] void ThrowFor(const Object* thrower, const std::string& text) {
  std::ostringstream description;
  description << "itk::ERROR: " << thrower->GetNameOfClass() << "(" << thrower << "): " << text;
  throw ExceptionObject(__FILE__, __LINE__, description.str(), ITK_LOCATION);
}

}  // namespace

void FirstframeRethrow(const Object* thrower) {
  try {
    throw;
  } catch (const ExceptionObject&) {
    throw;
  } catch (const firstframe::Cancelled&) {
    ProcessAborted aborted(__FILE__, __LINE__);
    aborted.SetDescription("Process aborted.");
    throw aborted;
  } catch (const std::bad_alloc&) {
    ThrowFor(thrower, "there is not enough memory; use smaller stream divisions or fewer threads");
  } catch (const std::exception& error) {
    ThrowFor(thrower, error.what());
  }
}

}  // namespace itk
