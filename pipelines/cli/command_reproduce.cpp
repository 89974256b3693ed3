#include <iostream>
#include <memory>

#include "core/base/text.h"
#include "pipelines/cli/commands.h"
#include "pipelines/cli/interrupt.h"
#include "pipelines/reproduce/experiment.h"

namespace firstframe {
namespace {

struct Options {
  std::string name;
  ReproduceOptions reproduce;
};

void run(const Options& options) {
  auto reproduce = options.reproduce;
  reproduce.stop = interrupt_token();
  reproduce.say = [](const std::string& line) { std::cerr << line << std::endl; };
  firstframe::reproduce(options.name, reproduce);
  std::cout << (reproduce.out / (options.name + ".md")).string() << "\n";
}

std::string help_of_names() {
  std::string help = "Experiment:";
  for (const auto& experiment : experiments()) help += text("\n", experiment.name, ": ", experiment.summary);
  return help;
}

}  // namespace

void add_reproduce(CLI::App& app) {
  auto options = std::make_shared<Options>();
  auto& how = options->reproduce;
  auto* command = app.add_subcommand("reproduce", "Run an experiment of the paper and write its results as a page");
  command->add_option("name", options->name, help_of_names())->required()->type_name("NAME");
  command->add_option("--data", how.data, "Folder with the data: set11/, bsd/, red_gray/, oct/, seismic/")->required()->type_name("FOLDER");
  command->add_option("--out", how.out, "Where NAME.md, NAME.json and images/ go")->capture_default_str()->type_name("FOLDER");
  command->add_option("--rows", how.rows, "Run these rows only, separated by commas")->delimiter(',')->type_name("ROW,...");
  command->add_option("--seeds", how.seeds, "Trainings of the rows that are repeated")
      ->check(CLI::Range(1, 100))->capture_default_str()->type_name("N");
  command->add_option("--seconds-scale", how.seconds_scale, "Train so many times as long")
      ->check(CLI::Range(0.001, 1000.0))->capture_default_str()->type_name("NUMBER");
  command->add_option("--steps", how.steps, "Steps of every training, however long they take; 0 trains by time")
      ->check(CLI::Range(0, 100000000))->capture_default_str()->type_name("N");
  command->add_option("--commit", how.commit, "Commit of the source, to be named in the results")->type_name("TEXT");
  command->add_flag("--resume", how.resume, "Keep the rows that NAME.json holds");
  command->add_flag("--quick", how.quick, "A few steps and pictures, to see that it runs");
  command->callback([options] { run(*options); });
}

}  // namespace firstframe
