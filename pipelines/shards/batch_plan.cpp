#include "pipelines/shards/batch_plan.h"

#include <algorithm>

#include "pipelines/shards/content_hash.h"
#include "pipelines/shards/plan_json.h"

namespace firstframe {

std::int64_t sections_of(const Shard& shard) {
  std::int64_t sections = 0;
  for (const auto& piece : shard) sections += piece.count;
  return sections;
}

std::string BatchPlan::id() const { return hash_of(json_of(*this).dump()); }

std::string BatchPlan::key(std::int64_t shard) const {
  auto pieces = PlanJson::array();
  for (const auto& piece : shards[static_cast<std::size_t>(shard)]) {
    const auto& input = inputs[static_cast<std::size_t>(piece.input)];
    pieces.push_back({{"input", input.path},
                      {"print", json_of(input.print)},
                      {"first", piece.first},
                      {"count", piece.count},
                      {"residual", !input.residual.empty()}});
  }
  return hash_of(PlanJson{{"model", model_hash}, {"choices", json_of(choices)}, {"pieces", pieces}}.dump());
}

std::vector<Shard> cut_into_shards(const std::vector<PlannedInput>& inputs, std::int64_t shards) {
  std::int64_t total = 0;
  for (const auto& input : inputs) total += input.sections;
  std::vector<Shard> result(static_cast<std::size_t>(shards));
  std::int64_t input = 0, used = 0;  // sections of that input that have a shard
  for (std::int64_t shard = 0; shard < shards; ++shard) {
    auto wanted = total / shards + (shard < total % shards ? 1 : 0);
    while (wanted > 0) {
      const auto sections = inputs[static_cast<std::size_t>(input)].sections;
      const auto count = std::min(wanted, sections - used);
      if (count > 0) result[static_cast<std::size_t>(shard)].push_back({input, used, count});
      wanted -= count;
      used += count;
      if (used == sections) ++input, used = 0;
    }
  }
  return result;
}

}  // namespace firstframe
