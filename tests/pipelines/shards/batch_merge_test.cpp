// Merges beside each other, and merges that were killed or could not read.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/base/error.h"
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

}  // namespace
}  // namespace firstframe
