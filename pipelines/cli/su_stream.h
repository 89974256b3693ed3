#pragma once

#include <filesystem>
#include <string>

namespace firstframe {

/// SU traces on standard input and output, by way of files in a temporary folder that goes with this.
class SuStream {
 public:
  /// From here on the process ignores SIGPIPE, which would leave the folder behind.
  /// \throws OutputError when there is no room for a temporary folder
  SuStream();
  ~SuStream();
  SuStream(const SuStream&) = delete;
  SuStream& operator=(const SuStream&) = delete;

  /// Reads standard input to its end. \return the file that holds it
  /// \throws FormatError when it is empty; OutputError when the temporary disk is full
  std::string take_input() const;

  /// Where to write what standard output shall get.
  std::string output() const { return (folder_ / "stdout.su").string(); }

  /// \throws OutputError when the reader has gone or its disk is full
  void give_output() const;

 private:
  std::filesystem::path folder_;
};

}  // namespace firstframe
