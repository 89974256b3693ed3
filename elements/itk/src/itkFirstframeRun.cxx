#include "itkFirstframeRun.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

#include "core/base/error.h"
#include "core/base/text.h"
#include "itkMultiThreaderBase.h"

namespace itk {

int FirstframeThreads(const ProcessObject& process, int setting) {
  if (setting > 0) return setting;
  const auto most = process.GetMultiThreader()->GetMaximumNumberOfThreads();
  return static_cast<int>(std::max<ThreadIdType>(1, std::min<ThreadIdType>(process.GetNumberOfWorkUnits(), most)));
}

bool FirstframeSetRange(std::optional<firstframe::ValueRange>& range, double low, double high) {
  if (!std::isfinite(low) || !std::isfinite(high) || !(low < high))
    throw firstframe::ArgumentError(firstframe::text("value range: ", low, " to ", high, " is not accepted; use low < high"));
  const firstframe::ValueRange wanted{low, high};
  if (range == wanted) return false;
  range = wanted;
  return true;
}

void FirstframeRestoreSlices(ProcessObject& process, const firstframe::Restorer& restorer, std::int64_t slices,
                             std::int64_t tilesPerSlice, const firstframe::RestoreSettings& settings,
                             const std::function<void(std::int64_t, const FirstframeSliceRun&)>& restore) {
  const auto caller = std::this_thread::get_id();
  const auto tiles = static_cast<double>(slices * tilesPerSlice);
  std::atomic<std::int64_t> done = 0;
  std::stop_source stop;
  FirstframeSliceRun run{settings, stop.get_token(), {}};
  run.afterTile = [&] {
    const auto count = ++done;
    if (std::this_thread::get_id() != caller) return;
    process.UpdateProgress(static_cast<float>(static_cast<double>(count) / tiles));
    if (process.GetAbortGenerateData()) stop.request_stop();
  };

  const int threads = FirstframeThreads(process, settings.threads);
  if (slices < threads || threads == 1 || !restorer.is_parallel()) {
    run.settings.threads = threads;  // for the tiles of each
    for (std::int64_t slice = 0; slice < slices; ++slice) restore(slice, run);
  } else {
    // One thread a slice: no thread waits for the last tile of a slice while others are left.
    run.settings.threads = 1;
    tbb::task_arena arena(threads);
    arena.execute([&] { tbb::parallel_for(std::int64_t{0}, slices, [&](std::int64_t slice) { restore(slice, run); }); });
  }
  if (process.GetAbortGenerateData()) throw firstframe::Cancelled("restore: stopped");
}

}  // namespace itk
