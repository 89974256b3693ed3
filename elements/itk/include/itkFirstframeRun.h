#ifndef itkFirstframeRun_h
#define itkFirstframeRun_h

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>

#include "FirstframeExport.h"
#include "core/restorers/restorer.h"
#include "core/settings/settings.h"
#include "itkProcessObject.h"

namespace itk {

/** The threads that a process object may use: `setting` where it is not 0, else its work units, at most its multi-threader's threads
 * (an ITK with TBB makes many more work units than threads). */
Firstframe_EXPORT int FirstframeThreads(const ProcessObject& process, int setting);

/** Takes a range that was set; low < high, both finite. Whether it is another one than before.
 * \exception firstframe::ArgumentError */
Firstframe_EXPORT bool FirstframeSetRange(std::optional<firstframe::ValueRange>& range, double low, double high);

/** What restoring one slice is given. */
struct FirstframeSliceRun {
  firstframe::RestoreSettings settings;
  std::stop_token stop;
  std::function<void()> afterTile;
};

/** Calls `restore` for slices 0 ... slices - 1, several at once where the restorer allows it, and reports progress after every tile.
 *
 * Progress events and the question whether to abort stay on the calling thread, where ITK's observers expect them.
 * \exception firstframe::Cancelled when AbortGenerateData was set */
Firstframe_EXPORT void FirstframeRestoreSlices(ProcessObject& process, const firstframe::Restorer& restorer, std::int64_t slices,
                                               std::int64_t tilesPerSlice, const firstframe::RestoreSettings& settings,
                                               const std::function<void(std::int64_t, const FirstframeSliceRun&)>& restore);

}  // namespace itk

#endif
