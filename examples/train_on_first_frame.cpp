// How do I restore a stream after annotating its first frame?
//   train_on_first_frame DEGRADED CLEAN_FIRST_FRAME RESTORED [SECONDS]
// DEGRADED and RESTORED are folders of pictures or video files. Prints what the training gained and how many frames were
// restored.

#include <iostream>
#include <string>

#include "core/colour/luma.h"
#include "core/colour/restore_picture.h"
#include "core/training/trainer.h"
#include "io/picture/picture.h"
#include "io/stream/frame_sink.h"
#include "io/stream/frame_source.h"

namespace {

using namespace firstframe;

void run(const std::string& degraded, const std::string& clean_first, const std::string& restored, double seconds) {
  // [begin: train-on-first-frame]
  const auto first = open_frames(degraded)->next();
  const TrainingPair pair{luma_or_grey(first->section.view()), luma_or_grey(read_picture(clean_first).view())};
  TrainSettings settings;
  settings.seconds = seconds;
  const auto restorer = train(pair, settings);

  const auto source = open_frames(degraded);
  const auto sink = open_sink(restored, *source);
  std::int64_t frames = 0;
  while (auto frame = source->next()) {
    const Section before = frame->section;
    restore_picture(*restorer, before.view(), frame->section.span(), ChannelPolicy::luma, RestoreSettings{});
    sink->write(*frame);
    ++frames;
  }
  sink->finish();
  // [end: train-on-first-frame]
  const auto& info = restorer->info();
  std::cout << "trained " << info.train_seconds << " s, " << info.steps << " steps";
  if (info.held_out_psnr)
    std::cout << "; on the part kept out of training " << *info.held_out_degraded_psnr << " -> " << *info.held_out_psnr
              << " dB";
  std::cout << "\nrestored " << frames << " frames into " << restored << "\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: train_on_first_frame DEGRADED CLEAN_FIRST_FRAME RESTORED [SECONDS]\n";
    return 64;
  }
  try {
    run(argv[1], argv[2], argv[3], argc > 4 ? std::stod(argv[4]) : 15);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "train_on_first_frame: " << error.what() << "\n";
    return 1;
  }
}
