// Seismic sections: noise attenuation from one annotated section, sparse deconvolution from synthetics, field data.

#include "pipelines/reproduce/experiment.h"
#include "pipelines/reproduce/seismic_tasks.h"

namespace firstframe {

Plan plan_seismic(Lab& lab) {
  Plan plan;
  plan.report.title = "Seismic sections";
  plan.report.text =
      "Noise attenuation of a synthetic 3-D cube (`syn3d_30_n`, 32 sections of 126 samples x 32 traces) of which one section is annotated; "
      "sparse deconvolution trained on synthetics alone; field data without truth. SNR is 10 log10(energy of clean / energy of the "
      "error), the mean over sections that none is trained on. Local similarity is that of the restored section and its residual "
      "(Fomel 2007), its 95th percentile the figure that tells of removed signal; it says nothing without the energy that was removed. "
      "A row \"orthogonalised\" is the one above it, with what was removed given back where it resembles what came out, as "
      "`restore --orthogonalise` does: that lowers local similarity by design, so see it beside the SNR, and the error of an injected wedge. "
      "Trainings are by steps, so that a busy machine changes their seconds and not their figures. "
      "A row \"one section, varied\" is what the command trains where the cube lies as .mha, rows samples and columns traces: "
      "`firstframe train --degraded n.mha --clean c.mha --slice 16 --variations 150 --steps 1500 --model m.safetensors`. "
      "[How the methods work](../seismic-methods.md).";
  plan.tasks.push_back({"noise-3d", [&lab] { return noise_attenuation_rows(lab); }});
  plan.tasks.push_back({"deconvolution", [&lab] { return deconvolution_rows(lab); }});
  for (const auto* line : {"penobscot", "viking", "f3"})
    plan.tasks.push_back({line, [&lab, line] { return field_rows(lab, line); }});
  return plan;
}

}  // namespace firstframe
