#include <map>
#include <memory>

#include "pipelines/cli/commands.h"
#include "pipelines/cli/synth_seismic.h"

namespace firstframe {

void add_synth(CLI::App& app) {
  auto job = std::make_shared<SeismicSynthesis>();
  auto* synth = app.add_subcommand("synth", "Draw training pairs whose truth is known");
  synth->require_subcommand(1);
  auto* command = synth->add_subcommand("seismic", "Synthetic sections: seismic.mha, its clean.mha and its reflectivity.mha");
  auto& ground = job->ground;
  command->add_option("--out-dir", job->folder, "Folder for the volumes, wavelet.txt and synth.json; made where it is missing")->required()->type_name("FOLDER");
  command->add_option("--sections", job->sections, "How many")->check(CLI::Range(1, 100000))->capture_default_str()->type_name("N");
  command->add_flag("--side-by-side", job->side_by_side, "One wide section of all, for train, which learns from one section");
  command->add_option("--samples", ground.extent.rows, "Samples of a trace")->capture_default_str()->type_name("N");
  command->add_option("--traces", ground.extent.cols, "Traces of a section")->capture_default_str()->type_name("N");
  command->add_option("--sample-interval", job->sample_interval_ms, "Between two samples")->capture_default_str()->type_name("MS");
  command->add_option("--wavelet", job->wavelet,
                      "ricker:HZ, ormsby:F1,F2,F3,F4, estimate:SECTION (from the traces of a file, as a zero-phase wavelet), or a text "
                      "file with a sample a line")
      ->capture_default_str()->type_name("WAVELET");
  command->add_option("--spacing", ground.spacing, "Mean distance of reflectors")->capture_default_str()->type_name("SAMPLES");
  command->add_option("--dip", ground.dip, "Steepest layer; each package of layers has its own, half of them none")->capture_default_str()->type_name("SAMPLES/TRACE");
  command->add_option("--curvature", ground.curvature, "Height of folds")->capture_default_str()->type_name("SAMPLES");
  command->add_option("--faults", ground.faults, "Mean number of faults in a section")->capture_default_str()->type_name("N");
  command->add_option("--throw", ground.throw_samples, "Largest throw of a fault")->capture_default_str()->type_name("SAMPLES");
  command->add_option("--fault-slope", ground.fault_slope, "How far fault planes lean at most")->capture_default_str()->type_name("TRACES/SAMPLE");
  command->add_option("--strengths", ground.law, "How strong reflectors are: laplacian or bernoulli-gaussian; default laplacian")
      ->transform(CLI::CheckedTransformer(std::map<std::string, ReflectionLaw>{{"laplacian", ReflectionLaw::laplacian},
                                                                             {"bernoulli-gaussian", ReflectionLaw::bernoulli_gaussian}}))
      ->type_name("NAME");
  command->add_option("--strength", ground.strength, "Their standard deviation")->capture_default_str()->type_name("NUMBER");
  command->add_option("--variation", ground.variation, "How much a strength changes along a reflector")->capture_default_str()->type_name("0..1");
  command->add_option("--snr", job->noise.snr_db, "Signal to noise of every section")->capture_default_str()->type_name("DB");
  command->add_flag("--band-noise", job->noise.has_band, "Noise with the wavelet's spectrum instead of white noise");
  command->add_option("--seed", job->seed, "The same seed draws the same sections")->capture_default_str()->type_name("N");
  command->callback([job] { synthesise_seismic(*job); });
}

}  // namespace firstframe
