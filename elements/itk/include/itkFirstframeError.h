#ifndef itkFirstframeError_h
#define itkFirstframeError_h

#include <string>

#include "FirstframeExport.h"
#include "core/base/error.h"
#include "itkProcessObject.h"

namespace itk {

/** Throws what is being handled as ITK does, in the same words: a cancellation becomes ProcessAborted, what Firstframe and the
 * standard library throw an ExceptionObject; ITK's own exceptions stay. Call it inside a catch block. */
[[noreturn]] Firstframe_EXPORT void FirstframeRethrow(const Object* thrower);

/** Runs `work` for an object of ITK; nothing but ITK's exceptions escapes. */
template <typename TWork>
auto FirstframeGuarded(const Object* thrower, const TWork& work) {
  try {
    return work();
  } catch (...) {
    FirstframeRethrow(thrower);
  }
}

}  // namespace itk

#endif
