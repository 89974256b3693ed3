#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "core/restorers/on_device/device_lane.h"
#include "core/restorers/restorer.h"
#include "core/restorers/section_restorer.h"

namespace firstframe {

/// Restores sections on a device in pieces as large as it can hold, mostly one per frame: pixels go up as they are stored, the
/// border, the network and its patches, the average and the rounding are made there, pixels come down as they are stored.
///
/// Every call takes a lane (device_lane.h), so that frames of several threads overlap; the pieces of a large section take two.
/// When the device's memory is used up, pieces become half as wide and high, and stay so.
///
/// The picture is the tiles' but for rounding: LibTorch chooses the order of its sums by the shape it is given. Pieces depend on
/// the request and on memory that ran out, not on the threads.
class DeviceRestorer final : public SectionRestorer {
 public:
  /// For tests: what happens before a piece is restored (it may throw what a device throws), and how work is recorded.
  struct Hooks {
    std::function<void(Extent piece)> before_piece;
    GraphRecorder record;
  };

  /// \param owner    whose network it is; outlives this
  /// \param network  of the owner; called by any thread, also by several at once
  DeviceRestorer(const Restorer& owner, torch::Device device, PieceNetwork network, Hooks hooks);
  DeviceRestorer(const Restorer& owner, torch::Device device, PieceNetwork network);
  ~DeviceRestorer() override;

  void restore(const SectionWindow& degraded, const Region& request, const SectionSpan& restored, const RestoreSettings& settings,
               const std::stop_token& stop, const AfterPart& after_part) const override;

  /// Pixels, of the largest piece that is tried.
  std::int64_t side() const { return side_; }

  static constexpr std::int64_t kLargestSide = 4096, kLeastSide = 64;

 private:
  struct Request;

  void restore_part(const Request& request, const Region& part) const;
  void restore_piece(const Request& request, const Region& part) const;
  void lower_side(std::int64_t side) const;
  void forget_lanes() const;

  const Restorer& owner_;
  torch::Device device_;
  PieceNetwork network_;
  Hooks hooks_;
  mutable std::atomic<std::int64_t> side_ = kLargestSide;
  mutable std::mutex lock_;                                 // guards lanes_
  mutable std::vector<std::unique_ptr<DeviceLane>> lanes_;  // that nobody uses; the last one used is the last
};

}  // namespace firstframe
