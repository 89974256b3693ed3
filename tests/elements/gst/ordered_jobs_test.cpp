#include "elements/gst/ordered_jobs.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <random>
#include <stdexcept>

namespace firstframe {
namespace {

using namespace std::chrono_literals;

class Sleeper final : public OrderedJobs::Job {
 public:
  Sleeper(int number, std::chrono::microseconds time, std::atomic<int>* at_once = nullptr, std::atomic<int>* most = nullptr)
      : number(number), time_(time), at_once_(at_once), most_(most) {}
  void run() override {
    if (at_once_) {
      const int now = ++*at_once_;
      int before = *most_;
      while (now > before && !most_->compare_exchange_weak(before, now)) {
      }
    }
    std::this_thread::sleep_for(time_);
    if (at_once_) --*at_once_;
    has_run = true;
  }
  int number;
  bool has_run = false;

 private:
  std::chrono::microseconds time_;
  std::atomic<int>* at_once_;
  std::atomic<int>* most_;
};

// Ends when it is told to.
class Waiter final : public OrderedJobs::Job {
 public:
  explicit Waiter(std::latch& begun, std::latch& end) : begun_(begun), end_(end) {}
  void run() override {
    begun_.count_down();
    end_.wait();
  }

 private:
  std::latch& begun_;
  std::latch& end_;
};

class Thrower final : public OrderedJobs::Job {
 public:
  void run() override { throw std::runtime_error("a frame that cannot be"); }
};

int number_of(const OrderedJobs::Finished& finished) { return static_cast<const Sleeper&>(*finished.job).number; }

class OrderedJobsOf : public testing::TestWithParam<int> {};

TEST_P(OrderedJobsOf, UnevenLengthComeBackInTheirOrder) {
  const auto workers = static_cast<std::size_t>(GetParam());
  OrderedJobs jobs;
  std::mt19937 random(5);
  std::atomic<int> at_once = 0, most = 0;
  int wanted = 0;
  const auto take = [&] {
    const auto finished = jobs.next({});
    ASSERT_TRUE(finished);
    EXPECT_EQ(number_of(*finished), wanted++);
    EXPECT_TRUE(static_cast<const Sleeper&>(*finished->job).has_run);
  };
  for (int i = 0; i < 200; ++i) {
    jobs.add(std::make_unique<Sleeper>(i, std::chrono::microseconds(random() % 8 == 0 ? 3000 : random() % 200), &at_once, &most), workers);
    while (jobs.count() >= workers || jobs.has_finished()) take();
  }
  while (jobs.count() > 0) take();
  EXPECT_EQ(wanted, 200);
  EXPECT_LE(most, static_cast<int>(workers));
  if (workers > 1) {
    EXPECT_GT(most, 1) << "nothing ran beside anything";
  }
}

INSTANTIATE_TEST_SUITE_P(Workers, OrderedJobsOf, testing::Values(1, 2, 4, 8));

TEST(OrderedJobs, KeepThePlaceOfOneThatIsNotWorkedOn) {
  OrderedJobs jobs;
  jobs.add(std::make_unique<Sleeper>(0, 20ms), 2);
  jobs.add_finished(std::make_unique<Sleeper>(1, 0ms));
  EXPECT_EQ(number_of(*jobs.next({})), 0);
  ASSERT_TRUE(jobs.has_finished());
  const auto second = jobs.next({});
  EXPECT_EQ(number_of(*second), 1);
  EXPECT_FALSE(static_cast<const Sleeper&>(*second->job).has_run);
  EXPECT_FALSE(jobs.next({}));
}

TEST(OrderedJobs, GiveBackWhatOneThrewWithItAndGoOn) {
  OrderedJobs jobs;
  jobs.add(std::make_unique<Thrower>(), 1);
  jobs.add(std::make_unique<Sleeper>(1, 0ms), 1);
  const auto first = jobs.next({});
  ASSERT_TRUE(first && first->error);
  EXPECT_THROW(std::rethrow_exception(first->error), std::runtime_error);
  const auto second = jobs.next({});
  EXPECT_EQ(number_of(*second), 1);
  EXPECT_FALSE(second->error);
}

TEST(OrderedJobs, StopWaitingWhereAskedTo) {
  std::latch begun(1), end(1);
  OrderedJobs jobs;
  jobs.add(std::make_unique<Waiter>(begun, end), 1);
  begun.wait();
  std::stop_source stop;
  std::jthread asker([&] {
    std::this_thread::sleep_for(10ms);
    stop.request_stop();
  });
  EXPECT_FALSE(jobs.next(stop.get_token()));
  EXPECT_EQ(jobs.count(), 1u) << "it is still there";
  end.count_down();
  EXPECT_TRUE(jobs.next({}));
}

TEST(OrderedJobs, DiscardWaitsForWhatIsWorkedOnAndForgetsTheRest) {
  std::latch begun(1), end(1);
  OrderedJobs jobs;
  jobs.add(std::make_unique<Waiter>(begun, end), 1);
  std::atomic<int> at_once = 0, most = 0;
  for (int i = 0; i < 3; ++i) jobs.add(std::make_unique<Sleeper>(i, 0ms, &at_once, &most), 1);
  begun.wait();
  std::jthread opener([&] {
    std::this_thread::sleep_for(10ms);
    end.count_down();
  });
  jobs.discard();
  EXPECT_EQ(jobs.count(), 0u);
  EXPECT_EQ(most, 0) << "one that waited has run";
  jobs.add(std::make_unique<Sleeper>(7, 0ms), 1);
  EXPECT_EQ(number_of(*jobs.next({})), 7);
  jobs.end();
  jobs.add(std::make_unique<Sleeper>(8, 0ms), 2);
  EXPECT_EQ(number_of(*jobs.next({})), 8) << "threads are made again";
}

}  // namespace
}  // namespace firstframe
