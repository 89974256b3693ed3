#include "core/restorers/on_device/device_restorer.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <string_view>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/thread_arena.h"
#include "core/base/thread_budget.h"

namespace firstframe {
namespace {

constexpr int kPiecesAtOnce = 2;  // of a section: one is copied while the other is computed

// Libraries below LibTorch, and LibTorch for page-locked memory, say it in words only.
bool is_out_of_memory(const c10::Error& error) {
  if (dynamic_cast<const c10::OutOfMemoryError*>(&error)) return true;
  const std::string_view words = error.what_without_backtrace();
  return words.find("out of memory") != std::string_view::npos || words.find("ALLOC_FAILED") != std::string_view::npos;
}

std::string first_line(const c10::Error& error) {
  const std::string words = error.what_without_backtrace();
  return words.substr(0, words.find('\n'));
}

}  // namespace

struct DeviceRestorer::Request {
  const SectionWindow& degraded;
  const Region& region;
  const SectionSpan& restored;
  const RestoreSettings& settings;
  const std::stop_token& stop;
  const AfterPart& after_part;
  TileNeeds needs;
  int threads;
};

DeviceRestorer::DeviceRestorer(const Restorer& owner, torch::Device device, PieceNetwork network, Hooks hooks)
    : owner_(owner), device_(device), network_(std::move(network)), hooks_(std::move(hooks)) {
  if (!hooks_.record) hooks_.record = [device](const std::function<void()>& work) { return record_graph(device, work); };
}

DeviceRestorer::DeviceRestorer(const Restorer& owner, torch::Device device, PieceNetwork network)
    : DeviceRestorer(owner, device, std::move(network), {}) {}

DeviceRestorer::~DeviceRestorer() = default;

void DeviceRestorer::restore(const SectionWindow& degraded, const Region& request, const SectionSpan& restored,
                             const RestoreSettings& settings, const std::stop_token& stop, const AfterPart& after_part) const {
  const auto needs = owner_.tile_needs(settings);
  restore_part({degraded, request, restored, settings, stop, after_part, needs, thread_budget(settings.threads)},
               grown_to(request, needs.multiple));
}

void DeviceRestorer::restore_part(const Request& request, const Region& part) const {
  const auto longest = std::max(part.rows, part.cols);
  const auto side = std::max(side_.load(), request.needs.multiple);
  if (longest > side) {
    const auto parts = parts_of(part, side, request.needs.multiple);
    thread_arena(std::min(kPiecesAtOnce, request.threads)).execute([&] {
      tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t i) { restore_part(request, parts[i]); });
    });
    return;
  }
  if (request.stop.stop_requested()) throw Cancelled("restore: stopped");
  try {
    restore_piece(request, part);
  } catch (const c10::Error& error) {
    if (!is_out_of_memory(error)) throw DeviceError(text("restore: the device failed: ", first_line(error), "; use device cpu"));
    const auto half = std::max({longest / 2, kLeastSide, request.needs.multiple});
    if (half >= longest)
      throw DeviceError(text("restore: the device's memory does not hold this network for ", name_of(part.extent()),
                             " pixels, and smaller pieces are not tried: ", first_line(error),
                             "; end other programs on it, restore fewer frames at once, or use device cpu"));
    lower_side(half);
    forget_lanes();
    return restore_part(request, part);
  }
  if (request.after_part) request.after_part(intersection(part, request.region));
}

void DeviceRestorer::restore_piece(const Request& request, const Region& part) const {
  const auto piece = make_piece(part, request.needs.halo, request.degraded, owner_.info().border, request.region, request.restored,
                                request.settings);
  std::unique_ptr<DeviceLane> lane;
  {
    const std::lock_guard<std::mutex> guard(lock_);
    if (!lanes_.empty()) {
      lane = std::move(lanes_.back());
      lanes_.pop_back();
    }
  }
  if (!lane) lane = std::make_unique<DeviceLane>(device_, network_, hooks_.record);
  if (hooks_.before_piece) hooks_.before_piece(part.extent());
  lane->restore(piece, request.threads);  // a lane that fails is not kept
  const std::lock_guard<std::mutex> guard(lock_);
  lanes_.push_back(std::move(lane));
}

// Of several that run out at once each has tried the same side.
void DeviceRestorer::lower_side(std::int64_t side) const {
  auto before = side_.load();
  while (side < before && !side_.compare_exchange_weak(before, side)) {
  }
}

void DeviceRestorer::forget_lanes() const {
  {
    const std::lock_guard<std::mutex> guard(lock_);
    for (auto& lane : lanes_) lane->forget();
  }
  release_kept_memory(device_);
}

}  // namespace firstframe
