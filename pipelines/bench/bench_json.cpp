#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "core/base/version.h"
#include "pipelines/bench/bench.h"

namespace firstframe {
namespace {

using Json = nlohmann::ordered_json;

Json of(const Timing& timing) {
  return {{"median_ms", timing.median_ms}, {"p99_ms", timing.p99_ms}, {"runs", timing.runs}, {"per_second", timing.per_second()}};
}

Json of(const RestoreRow& row) {
  Json json{{"restorer", row.restorer}, {"settings", row.settings}, {"rows", row.extent.rows}, {"cols", row.extent.cols},
            {"precision", row.precision}, {"device", row.device}, {"threads", row.threads}, {"time", of(row.timing)},
            {"operations", row.operations}, {"of_matmul_peak", row.of_peak}, {"of_copy_peak", row.of_copy}, {"memory_mib", row.memory_mib}};
  if (row.psnr) json["psnr_db"] = *row.psnr;
  return json;
}

Json of(const PeerRow& row) {
  Json json{{"task", row.task}, {"ours", row.ours}, {"peer", row.peer}};
  if (!row.note.empty()) {
    json["note"] = row.note;
    return json;
  }
  json.update({{"ours_time", of(row.our_timing)}, {"peer_time", of(row.timing)}, {"times_faster", row.timing.median_ms / row.our_timing.median_ms},
               {"ours_psnr_db", row.our_psnr}, {"peer_psnr_db", row.psnr}, {"apart_db", row.apart_db}});
  return json;
}

Json of(const ScalingRow& row) {
  return {{"what", row.what}, {"restorer", row.restorer}, {"count", row.count}, {"median_ms", row.ms}, {"ratio", row.ratio},
          {"memory_mib", row.memory_mib}};
}

Json of(const LearningRow& row) {
  return {{"seconds", row.seconds}, {"took_seconds", row.took_seconds}, {"set11_psnr_db", row.psnr}};
}

template <typename Rows>
Json list(const Rows& rows) {
  Json json = Json::array();
  for (const auto& row : rows) json.push_back(of(row));
  return json;
}

}  // namespace

std::string json_of(const BenchReport& report) {
  const Json json{{"firstframe", kVersion},
                  {"commit", report.commit},
                  {"machine", report.machine},
                  {"threads", report.threads},
                  {"peak",
                   {{"device", report.peak.on_gpu ? "cuda" : "cpu"},
                    {"bf16_gflops", report.peak.bf16_gflops},
                    {"f32_gflops", report.peak.f32_gflops},
                    {"copy_gb_s", report.peak.copy_gb_s}}},
                  {"restore", list(report.restores)},
                  {"strides", list(report.strides)},
                  {"peers", list(report.peers)},
                  {"scaling", list(report.scaling)},
                  {"learning", list(report.learning)},
                  {"left_out", report.left_out}};
  return json.dump(2) + "\n";
}

}  // namespace firstframe
