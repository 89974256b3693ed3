#include <algorithm>
#include <iostream>
#include <new>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/version.h"
#include "pipelines/cli/commands.h"
#include "pipelines/cli/exit_code.h"
#include "pipelines/cli/interrupt.h"
#include "pipelines/cli/job_deck.h"
#include "pipelines/sections/kept_memory.h"

namespace firstframe {
namespace {

int run(int argc, char** argv) {
  CLI::App app("Firstframe: train on one clean frame, restore the stream.", "firstframe");
  app.set_version_flag("--version", std::string("firstframe ") + kVersion);
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 done, 64 usage, 65 bad data, 69 missing device or library, 73 cannot write,\n"
      "75 interrupted or not all there, try again. `firstframe COMMAND --help` lists a command's settings;\n"
      "`firstframe COMMAND par=FILE` takes them from a file of key=value.");
  add_train(app);
  add_restore(app);
  add_measure(app);
  add_average(app);
  add_degrade(app);
  add_synth(app);
  add_inspect(app);
  add_doctor(app);
  add_reproduce(app);
  add_batch(app);
  add_bench(app);
  try {
    auto arguments = with_job_deck(app, {argv + 1, argv + argc});
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
    app.parse(std::move(arguments));
    return kDone;
  } catch (const CLI::RuntimeError& error) {  // a command that did its work and has bad news
    return error.get_exit_code();
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kUsage;
  }
}

int say(const char* what, ExitCode code) {
  std::cerr << "firstframe: " << what << "\n";
  return code;
}

}  // namespace
}  // namespace firstframe

int main(int argc, char** argv) {
  using namespace firstframe;
  keep_freed_memory();
  try {
    start_listening_for_interrupts();
    return run(argc, argv);
  } catch (const ArgumentError& error) {
    return say(error.what(), kUsage);
  } catch (const OutputError& error) {
    return say(error.what(), kCannotWrite);
  } catch (const DeviceError& error) {
    return say(error.what(), kUnavailable);
  } catch (const Cancelled& stopped) {
    return say(text(stopped.what(), "; nothing half-written has an output's name").c_str(), kInterrupted);
  } catch (const Error& error) {
    return say(error.what(), kBadData);
  } catch (const std::bad_alloc&) {
    return say("out of memory; use a smaller picture or batch", kUnavailable);
  } catch (const std::exception& error) {
    return say(error.what(), kSoftware);
  }
}
