#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace firstframe {

/// How an experiment is run.
struct ReproduceOptions {
  std::filesystem::path data;                  // folder with set11/ and bsd/, see data_folder.h
  std::filesystem::path out = "docs/results";  // where NAME.md, NAME.json and images/ go
  double seconds_scale = 1;                    // every training takes so many times as long
  std::int64_t steps = 0;                      // every training takes so many steps, however long they last; 0: by time
  bool quick = false;                          // 20 steps a training and two pictures: to see that it runs
  bool resume = false;                         // rows that NAME.json holds are not run again
  std::vector<std::string> rows;               // tasks to run; empty for all
  std::int64_t seeds = 3;                      // trainings of a row that is repeated
  std::string commit;                          // of the source, for the report; may be empty
  std::stop_token stop;                        // asked between rows and inside trainings
  std::function<void(const std::string&)> say = [](const std::string&) {};  // one line a row
};

}  // namespace firstframe
