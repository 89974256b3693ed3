#include "core/restorers/on_device/device_lane.h"

#include <c10/core/StreamGuard.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <numeric>

#include "core/base/thread_arena.h"
#include "core/restorers/on_device/stored_pixels.h"

namespace firstframe {
namespace {

constexpr std::int64_t kBytesOfTask = 1 << 18;  // copied by one task; less is not worth one

// The first bytes of `kept` as values, [C, rows, cols]; `kept` grows when it must.
torch::Tensor staged(torch::Tensor& kept, torch::Device device, std::int64_t channels, Extent extent, SampleType type) {
  const auto bytes = channels * extent.area() * bytes_per_sample(type);
  if (!kept.defined() || kept.numel() < bytes)
    kept = torch::empty({bytes}, torch::TensorOptions(torch::kUInt8).pinned_memory(!device.is_cpu()));
  return kept.narrow(0, 0, bytes).view(stored_type(type)).view({channels, extent.rows, extent.cols});
}

SectionSpan span_of(const torch::Tensor& staged, SampleType type) {
  return {static_cast<std::byte*>(staged.data_ptr()), planar_layout(type, staged.size(0), {staged.size(1), staged.size(2)})};
}

void copy_on(int threads, const SectionView& from, const SectionSpan& to) {
  const auto [rows, cols] = from.layout.extent;
  const auto row_bytes = from.layout.channels * cols * bytes_per_sample(from.layout.type);
  const auto rows_of_task = std::max<std::int64_t>(1, kBytesOfTask / row_bytes);
  if (rows_of_task >= rows || threads == 1) return copy_pixels(from, to);
  const auto copy = [&](std::int64_t task) {
    const auto row = task * rows_of_task;
    const Region part{row, 0, std::min(rows_of_task, rows - row), cols};
    copy_pixels(from.crop(part), to.crop(part));
  };
  // Isolated: who waits for the last row takes up no other piece meanwhile.
  thread_arena(threads).execute([&] {
    tbb::this_task_arena::isolate([&] { tbb::parallel_for(std::int64_t{0}, (rows + rows_of_task - 1) / rows_of_task, copy); });
  });
}

// Which pixels to take, on the device; nothing when all are taken as they lie.
torch::Tensor picked(const std::vector<std::int64_t>& indices, std::int64_t length, torch::Device device) {
  std::vector<std::int64_t> all(static_cast<std::size_t>(length));
  std::iota(all.begin(), all.end(), 0);
  return indices == all ? torch::Tensor() : torch::tensor(indices, torch::kInt64).to(device);
}

}  // namespace

struct DeviceLane::Prepared {
  PieceWork work;
  torch::Tensor degraded, restored;  // [C, rows, cols] as stored, on the device; always the same memory
  torch::Tensor rows, cols;
  std::unique_ptr<DeviceGraph> graph;
  bool is_recordable = true;
  std::int64_t runs = 0;

  // The border is made by taking the rows and columns that it shows.
  void compute(const PieceNetwork& network) const {
    auto seen = degraded;
    if (rows.defined()) seen = seen.index_select(1, rows);
    if (cols.defined()) seen = seen.index_select(2, cols);
    const auto [row, col, height, width] = work.wanted;
    const auto made = network(normalised(seen, work.from, work.from_range), work.shape, work.settings);
    torch::Tensor into = restored;
    into.copy_(denormalised(made.narrow(1, row, height).narrow(2, col, width), work.to, work.to_range));
  }
};

DeviceLane::DeviceLane(torch::Device device, PieceNetwork network, GraphRecorder record)
    : device_(device), network_(std::move(network)), record_(std::move(record)), stream_(device) {}

DeviceLane::~DeviceLane() = default;

void DeviceLane::forget() { prepared_.reset(); }

void DeviceLane::restore(const Piece& piece, int threads) {
  torch::InferenceMode inference;
  c10::OptionalStreamGuard current;
  if (stream_.stream()) current.reset_stream(*stream_.stream());
  const auto& work = piece.work;
  auto up = staged(up_, device_, work.channels, work.shown, work.from);
  copy_on(threads, piece.degraded, span_of(up, work.from));
  auto down = staged(down_, device_, work.channels, work.wanted.extent(), work.to);
  try {
    if (!prepared_ || !(prepared_->work == work)) prepare(work);
    prepared_->degraded.copy_(up, /*non_blocking=*/true);
    run();
    down.copy_(prepared_->restored, /*non_blocking=*/true);
    stream_.wait();
  } catch (...) {
    // The page-locked memory is written anew by the next piece, which this one must not be reading any more.
    try {
      stream_.wait();
    } catch (const c10::Error&) {  // the device has failed; what it said first is what counts
    }
    throw;
  }
  copy_on(threads, span_of(down, work.to), piece.restored);
}

void DeviceLane::prepare(const PieceWork& work) {
  forget();
  auto made = std::make_unique<Prepared>();
  made->work = work;
  const auto room = [&](Extent extent, SampleType type) {
    return torch::empty({work.channels, extent.rows, extent.cols}, torch::TensorOptions(stored_type(type)).device(device_));
  };
  made->degraded = room(work.shown, work.from);
  made->restored = room(work.wanted.extent(), work.to);
  made->rows = picked(work.rows, work.shown.rows, device_);
  made->cols = picked(work.cols, work.shown.cols, device_);
  prepared_ = std::move(made);
}

void DeviceLane::run() {
  auto& prepared = *prepared_;
  const auto compute = [&prepared, this] { prepared.compute(network_); };
  // Work that came once may never come again, and to record it is to do it twice more.
  if (!prepared.graph && prepared.is_recordable && prepared.runs++ > 0 && stream_.is_own()) {
    prepared.graph = record_(compute);
    prepared.is_recordable = prepared.graph != nullptr;
  }
  if (prepared.graph)
    prepared.graph->replay();
  else
    compute();
}

}  // namespace firstframe
