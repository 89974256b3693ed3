// Merges beside each other, and merges that were killed or could not read.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/base/error.h"
#include "io/picture/picture.h"
#include "pipelines/shards/merge_record.h"
#include "tests/pipelines/shards/batch_job.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class BatchMerge : public BatchJob {
 protected:
  // As another merge of that input would.
  class Held {
   public:
    explicit Held(const fs::path& file) : file_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
      EXPECT_EQ(::flock(file_, LOCK_EX | LOCK_NB), 0);
    }
    ~Held() { ::close(file_); }

   private:
    int file_;
  };
};

TEST_F(BatchMerge, OfSeveralInputsMayRunAtOnce) {
  make_volume("other.mha", 2);
  request.inputs.push_back((folder / "other.mha").string());
  const auto planned = plan();
  run_all(planned);
  MergeOptions merging;
  {
    const Held first(request.folder / "shards/merge-0000.lock");
    merging.input = 0;
    EXPECT_THAT(message_of<OutputError>([&] { merge(planned, merging); }),
                HasSubstr("another merge of input 0 is at work; wait for it or stop it"));
    EXPECT_FALSE(fs::exists(folder / "batch/volume.mha.part"));
    merging.input = 1;
    EXPECT_EQ(merge(planned, merging).inputs[0].sections, kSections);
    EXPECT_TRUE(fs::exists(folder / "batch/other.mha"));
  }
  EXPECT_EQ(merge(planned).unlocked, "");
  restore_whole("volume.mha", "whole.mha");
  expect_same("batch/volume.mha", "whole.mha");
}

TEST_F(BatchMerge, KeepsResultsWhileAnotherIsAtWork) {
  const auto planned = plan();
  run_all(planned);
  merge(planned);
  MergeOptions merging;
  merging.removes_results = true;
  {
    const Held other(request.folder / "shards/merge-0000.lock");
    EXPECT_THAT(message_of<OutputError>([&] { merge(planned, merging); }),
                HasSubstr("another merge of input 0"));
    EXPECT_TRUE(fs::exists(folder / "batch/shards/0000.sections"));
  }
  merge(planned, merging);
  EXPECT_FALSE(fs::exists(folder / "batch/shards/0000.sections"));
}

// A result that cannot be read for now is not a damaged one.
TEST_F(BatchMerge, KeepsItsDraftWhenAResultCannotBeRead) {
  const auto planned = plan();
  run_all(planned);
  const auto last = request.folder / "shards/0003.sections";
  const auto hide = [&](auto done, auto) {
    if (done == 1) fs::rename(last, folder / "away");
  };
  EXPECT_THAT(message_of<MissingFileError>([&] { merge_shards(planned, request.folder, {}, hide, {}); }),
              HasSubstr("0003.sections"));
  EXPECT_TRUE(fs::exists(folder / "batch/volume.mha.part"));
  EXPECT_TRUE(fs::exists(request.folder / "shards/0003.json"));
  fs::rename(folder / "away", last);
  std::int64_t first = 0;
  merge_shards(planned, request.folder, {}, [&](auto done, auto) { first = first == 0 ? done : first; }, {});
  EXPECT_GT(first, 2);
  restore_whole("volume.mha", "whole.mha");
  expect_same("batch/volume.mha", "whole.mha");
}

class BatchMergeOfPictures : public BatchMerge {
 protected:
  BatchMergeOfPictures() {
    fs::create_directory(folder / "pictures");
    for (unsigned i = 0; i < kPictures; ++i)
      write_picture(folder / ("pictures/" + std::to_string(i) + ".png"),
                    scene({40, 50}, SampleType::uint16, i + 1).view());
    request.inputs = {(folder / "pictures").string()};
    request.residual_folder = (folder / "residuals").string();
    planned = plan();
    run_all(planned);
  }
  static std::size_t count_in(const fs::path& place) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(place), fs::directory_iterator()));
  }

  static constexpr std::size_t kPictures = 5;
  BatchPlan planned;
  const fs::path output = folder / "batch/pictures", residual = folder / "residuals/pictures";
};

// Killed after the record said `publishing`: before the first rename, between the two, and after both.
TEST_F(BatchMergeOfPictures, ThatWasKilledBetweenItsRenamesGoesOn) {
  for (int renamed = 0; renamed < 3; ++renamed) {
    merge(planned);
    const auto bytes = content_of(output / "3.png"), removed = content_of(residual / "3.png");
    write_merge_record(request.folder, planned, 0, {MergeRecord::State::publishing, 0});
    if (renamed < 1) fs::rename(output, output.string() + ".part");
    if (renamed < 2) fs::rename(residual, residual.string() + ".part");
    fs::create_directories(residual.parent_path());
    EXPECT_EQ(merge(planned).inputs[0].sections, static_cast<std::int64_t>(kPictures)) << renamed;
    EXPECT_EQ(count_in(output), kPictures) << renamed;
    EXPECT_EQ(count_in(residual), kPictures) << renamed;
    EXPECT_TRUE(content_of(output / "3.png") == bytes && content_of(residual / "3.png") == removed)
        << renamed;
    EXPECT_FALSE(fs::exists(residual.string() + ".part")) << renamed;
    EXPECT_EQ(read_merge_record(request.folder, planned, 0).state, MergeRecord::State::published) << renamed;
  }
}

// What was begun anew is no draft of which a former record may say that it is whole.
TEST_F(BatchMergeOfPictures, ThatBeganAnewIsNotPublishedHalf) {
  merge(planned);
  write_merge_record(request.folder, planned, 0, {MergeRecord::State::publishing, 0});
  fs::remove_all(output);
  fs::remove_all(residual);
  std::stop_source early;
  EXPECT_THAT(message_of<Cancelled>([&] {
                merge_shards(
                    planned, request.folder, {}, [&](auto, auto) { early.request_stop(); },
                    early.get_token());
              }),
              HasSubstr("merge: stopped"));
  EXPECT_TRUE(fs::exists(output.string() + ".part"));
  EXPECT_FALSE(fs::exists(output));
  merge(planned);
  EXPECT_EQ(count_in(output), kPictures);
  EXPECT_EQ(count_in(residual), kPictures);
}

}  // namespace
}  // namespace firstframe
