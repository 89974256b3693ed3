#include "pipelines/sections/section_pipeline.h"

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"

namespace firstframe {
namespace {

// One is read, one restored and one written at a time; more would only wait.
constexpr std::size_t kSectionsInFlight = 3;

struct InFlight {
  std::int64_t index;
  std::vector<Section> sections;  // the one that was read, then what became of it
};
using Token = std::shared_ptr<InFlight>;  // oneTBB copies its tokens

// Says which section an error is about.
template <typename Step>
auto of_section(std::int64_t index, const Step& step) {
  try {
    return step();
  } catch (const FormatError& error) {
    throw FormatError(text("section ", index, ": ", error.what()));
  }
}

}  // namespace

std::int64_t run_steps(std::int64_t first, std::int64_t end, const SectionSteps& steps, std::stop_token stop) {
  std::int64_t next = first, written = first;

  const auto read = [&](tbb::flow_control& control) -> Token {
    if (next == end || stop.stop_requested()) {
      control.stop();
      return nullptr;
    }
    const auto index = next++;
    auto token = std::make_shared<InFlight>(InFlight{index, {}});
    token->sections.push_back(of_section(index, [&] { return steps.read(index); }));
    return token;
  };
  const auto work = [&](const Token& token) {
    token->sections = of_section(token->index, [&] { return steps.work(token->index, token->sections.front()); });
    return token;
  };
  const auto write = [&](const Token& token) {
    steps.write(token->index, token->sections);
    ++written;
  };

  // Two threads more than compute, for those that read and write: else they would be missing among the tiles.
  const tbb::global_control room(tbb::global_control::max_allowed_parallelism,
                                 tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism) + 2);
  try {
    using tbb::filter_mode;
    const auto order = steps.order == WorkOrder::beside_each_other ? filter_mode::parallel : filter_mode::serial_in_order;
    tbb::parallel_pipeline(kSectionsInFlight, tbb::make_filter<void, Token>(filter_mode::serial_in_order, read) &
                                                  tbb::make_filter<Token, Token>(order, work) &
                                                  tbb::make_filter<Token, void>(filter_mode::serial_in_order, write));
  } catch (const Cancelled&) {
    // Work that was stopped half-way; what was written before is counted below.
  }
  return written - first;
}

std::int64_t run_sections(SectionSource& source, std::span<SectionSink* const> sinks, const SectionWork& work,
                          const std::function<void(std::int64_t done)>& done, std::stop_token stop, WorkOrder order) {
  const auto count = source.count();
  std::int64_t first = count;
  for (const auto* sink : sinks) first = std::min(first, sink->first_missing());

  const auto write = [&](std::int64_t index, const std::vector<Section>& sections) {
    for (std::size_t i = 0; i < sinks.size(); ++i)
      if (index >= sinks[i]->first_missing()) sinks[i]->write(index, sections[i].view());
    done(index + 1);
  };
  const auto written = run_steps(first, count, {[&](std::int64_t index) { return source.read(index); }, work, write, order}, stop);
  if (first + written < count)
    throw Cancelled(text("stopped after ", first + written, " of ", count, " sections; repeat the command with --resume to go on"));
  return count - first;
}

}  // namespace firstframe
