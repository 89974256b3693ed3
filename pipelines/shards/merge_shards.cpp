#include "pipelines/shards/merge_shards.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "pipelines/sections/section_pipeline.h"
#include "pipelines/shards/batch_inputs.h"
#include "pipelines/shards/merge_lock.h"
#include "pipelines/shards/merge_record.h"
#include "pipelines/shards/number_list.h"
#include "pipelines/shards/shard_state.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

// The sections of one input, taken from the shards' results one after the other.
class Results {
 public:
  Results(const BatchPlan& plan, const ShardFolder& folder, const std::vector<ShardState>& states, std::int64_t input)
      : plan_(plan),
        folder_(folder),
        states_(states),
        input_(input),
        each_(plan.inputs[static_cast<std::size_t>(input)].residual.empty() ? 1 : 2) {
    while (!has_sections_of(pieces(), input_)) ++shard_;
  }

  std::int64_t shard() const { return shard_; }

  // What restored() gave for that section; the next one, or at first any.
  std::vector<Section> section(std::int64_t index) {
    while (index >= own().first + own().count) {
      finish_shard();
      ++shard_;
    }
    if (!reader_) {
      reader_.emplace(folder_.results(shard_), plan_.key(shard_));
      auto before = index - own().first;
      for (const auto& piece : pieces())
        if (piece.input < input_) before += piece.count;
      for (std::int64_t i = 0; i < before * each_; ++i) next();
    }
    std::vector<Section> sections;
    for (std::int64_t i = 0; i < each_; ++i) sections.push_back(next());
    return sections;
  }

  // Reads what is left of the shard and compares all of it with its manifest.
  void finish_shard() {
    if (!reader_) return;
    while (reader_->next()) {
    }
    const auto& stated = states_[static_cast<std::size_t>(shard_)].manifest.sealed;
    const auto found = reader_->so_far();
    reader_.reset();
    if (found.hash != stated.hash || found.bytes != stated.bytes)
      throw FormatError(text(folder_.results(shard_).string(), ": has not the hash that its manifest states"));
  }

 private:
  const Shard& pieces() const { return plan_.shards[static_cast<std::size_t>(shard_)]; }
  const Piece& own() const {
    const auto& shard = pieces();
    return *std::find_if(shard.begin(), shard.end(), [&](const Piece& piece) { return piece.input == input_; });
  }
  Section next() {
    auto section = reader_->next();
    if (!section) throw FormatError(text(folder_.results(shard_).string(), ": ends before its last section"));
    return std::move(*section);
  }

  const BatchPlan& plan_;
  const ShardFolder& folder_;
  const std::vector<ShardState>& states_;
  std::int64_t input_, each_, shard_ = 0;
  std::optional<ShardReader> reader_;
};

// Says which shards are not there, and forgets the manifests of damaged ones, so that a run does them again.
[[noreturn]] void refuse_unfinished(const BatchPlan& plan, const ShardFolder& folder,
                                    const std::vector<std::int64_t>& inputs, bool verify) {
  std::vector<std::int64_t> unfinished;
  std::string why;
  for (std::int64_t shard = 0; shard < plan.shard_count(); ++shard) {
    const auto& pieces = plan.shards[static_cast<std::size_t>(shard)];
    if (std::none_of(inputs.begin(), inputs.end(), [&](auto input) { return has_sections_of(pieces, input); }))
      continue;
    const auto state = state_of(folder, plan, shard, verify);
    if (state.kind == ShardState::Kind::finished) continue;
    unfinished.push_back(shard);
    if (why.empty() && !state.why.empty()) why = text("; shard ", shard, ": ", state.why);
    std::error_code error;
    if (state.kind == ShardState::Kind::damaged) fs::remove(folder.manifest(shard), error);
  }
  throw Cancelled(text("merge: ", unfinished.size(), " of ", plan.shard_count(),
                       " shards are not finished: ", list_of(unfinished), why,
                       "; run them (`firstframe batch run ... --shard ", list_of(unfinished), "`) and merge again"));
}

void require_finished(const BatchPlan& plan, const ShardFolder& folder, const std::vector<ShardState>& states,
                      const std::vector<std::int64_t>& inputs) {
  for (const auto input : inputs)
    for (std::size_t shard = 0; shard < states.size(); ++shard)
      if (has_sections_of(plan.shards[shard], input) && states[shard].kind != ShardState::Kind::finished)
        refuse_unfinished(plan, folder, inputs, /*verify=*/false);
}

// Pastes one input; false when one of its results is damaged, which leaves no draft.
bool paste(InputWork& input, Results& results, InputOutput& output, const std::function<void()>& done,
           std::stop_token stop) {
  bool is_damaged = false;
  std::mutex mutex;
  std::deque<std::vector<Section>> waiting;  // read, and on their way to be written
  SectionSteps steps;
  steps.read = [&](std::int64_t index) {
    try {
      auto sections = results.section(index);
      if (index + 1 == input.count()) results.finish_shard();
      const std::lock_guard lock(mutex);
      waiting.push_back(std::move(sections));
      return Section();
    } catch (const FormatError&) {  // what cannot be read for now is no damage, and the draft is kept
      is_damaged = true;
      throw;
    }
  };
  steps.work = [&](std::int64_t, const Section&) {
    const std::lock_guard lock(mutex);
    auto sections = std::move(waiting.front());
    waiting.pop_front();
    return sections;
  };
  steps.write = [&](std::int64_t index, const std::vector<Section>& sections) {
    output.write(index, sections);
    done();
  };
  const auto first = output.first_missing();
  try {
    if (run_steps(first, input.count(), steps, stop) < input.count() - first)
      throw Cancelled("merge: stopped; merge again to go on");
  } catch (const Error&) {
    if (!is_damaged) throw;
    return false;
  }
  return true;
}

void note(Merged& merged, const MergeLock& lock) {
  if (merged.unlocked.empty()) merged.unlocked = lock.why_not();
}

}  // namespace

Merged merge_shards(const BatchPlan& plan, const fs::path& folder, const MergeOptions& options,
                    const std::function<void(std::int64_t done, std::int64_t sections)>& done, std::stop_token stop) {
  const ShardFolder shards(folder, plan);
  std::vector<std::int64_t> wanted;
  Merged merged;
  std::int64_t pasted = 0, sections = 0;
  for (std::int64_t input = 0; input < static_cast<std::int64_t>(plan.inputs.size()); ++input) {
    if (options.input && *options.input != input) continue;
    const auto& planned = plan.inputs[static_cast<std::size_t>(input)];
    const auto record = read_merge_record(folder, plan, input);
    const bool is_done = record.state == MergeRecord::State::published;
    merged.inputs.push_back({planned.output, planned.residual, is_done ? 0 : planned.sections, record.clipped});
    if (is_done) continue;
    wanted.push_back(input);
    sections += planned.sections;
  }

  if (!wanted.empty()) {
    const auto states = states_of(shards, plan, /*verify=*/false);
    require_finished(plan, shards, states, wanted);
    std::set<std::string> arithmetics;
    for (const auto& state : states)
      if (state.kind == ShardState::Kind::finished) arithmetics.insert(state.manifest.arithmetic);
    merged.arithmetics.assign(arithmetics.begin(), arithmetics.end());

    BatchInputs inputs(plan, folder, planned_model(plan).info);
    for (const auto input : wanted) {
      auto& told = merged.inputs[options.input ? 0 : static_cast<std::size_t>(input)];
      const MergeLock lock(folder, input);
      note(merged, lock);
      if (const auto record = read_merge_record(folder, plan, input); record.state == MergeRecord::State::published) {
        // Another merge has published it since this one began.
        pasted += plan.inputs[static_cast<std::size_t>(input)].sections;
        told.sections = 0;
        told.clipped = record.clipped;
        continue;
      }
      inputs.close_all_but({{input, 0, 0}});
      auto& work = inputs.at(input);
      const auto print = merge_print(plan, input);
      if (publish_what_is_left(folder, plan, input)) {
        write_merge_record(folder, plan, input,
                           {MergeRecord::State::published, read_merge_record(folder, plan, input).clipped});
        pasted += work.count();
        continue;
      }
      forget_merge_record(folder, input);
      auto output = work.open_output(print, /*resume=*/true);
      pasted += output->first_missing();
      Results results(plan, shards, states, input);
      if (!paste(
              work, results, *output, [&] { done(++pasted, sections); }, stop)) {
        output.reset();
        work.open_output(print, /*resume=*/false);  // and with it the draft is gone
        refuse_unfinished(plan, shards, wanted, /*verify=*/true);
      }
      inputs.require_unchanged_since_opened({{input, 0, 0}});
      write_merge_record(folder, plan, input, {MergeRecord::State::publishing, output->clipped()});
      output->finish();
      write_merge_record(folder, plan, input, {MergeRecord::State::published, output->clipped()});
      told.clipped = output->clipped();
    }
  }

  if (options.removes_results && !options.input) {
    std::vector<std::unique_ptr<MergeLock>> locks;  // of every input: nobody reads a result while it goes
    may_open(plan.inputs.size());
    for (std::size_t input = 0; input < plan.inputs.size(); ++input) {
      locks.push_back(std::make_unique<MergeLock>(folder, static_cast<std::int64_t>(input)));
      note(merged, *locks.back());
    }
    for (std::int64_t shard = 0; shard < plan.shard_count(); ++shard) {
      std::error_code error;
      fs::remove(shards.results(shard), error);
      fs::remove(shards.manifest(shard), error);
    }
  }
  return merged;
}

}  // namespace firstframe
