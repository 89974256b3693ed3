#include "io/volume/draft_journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_bytes.h"

namespace firstframe {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kBlock = 4096;  // bytes that a disk writes at once

}  // namespace

DraftJournal::DraftJournal(std::filesystem::path file, const VolumeInfo& info, const SinkOptions& options)
    : file_(std::move(file)) {
  const auto& geometry = info.geometry;
  made_from_ = Json{{"format", info.format},
                    {"stored", name_of(info.stored)},
                    {"size", geometry.size},
                    {"spacing", geometry.spacing},
                    {"origin", geometry.origin},
                    {"direction", geometry.direction},
                    {"axis", std::string(name_of(options.axis))},
                    {"fingerprint", options.fingerprint}}
                   .dump(-1, ' ', false, Json::error_handler_t::replace);  // names need not be UTF-8
}

std::optional<DraftProgress> DraftJournal::read() const {
  if (!exists()) return std::nullopt;
  const auto bytes = read_bytes(file_);
  const auto* begin = reinterpret_cast<const char*>(bytes.data());
  const auto json = Json::parse(begin, begin + bytes.size(), nullptr, /*allow_exceptions=*/false);
  DraftProgress progress;
  try {
    const auto& made_from = json.at("made_from");
    if (made_from.dump() != made_from_)
      throw ArgumentError(text(file_.string(), ": the draft was made from another input, model or settings; repeat the "
                               "command that was stopped, or begin anew without --resume"));
    progress = {json.at("sections"), json.at("bytes"), json.at("clipped")};
  } catch (const Json::exception&) {
    throw FormatError(text(file_.string(), ": the journal cannot be understood; begin anew without --resume"));
  }
  if (progress.sections < 0 || progress.bytes < 0)
    throw FormatError(text(file_.string(), ": the journal cannot be understood; begin anew without --resume"));
  return progress;
}

void DraftJournal::write(const DraftProgress& progress) const {
  const Json json{{"sections", progress.sections},
                  {"bytes", progress.bytes},
                  {"clipped", progress.clipped},
                  {"made_from", Json::parse(made_from_)}};
  auto content = json.dump(2);
  content.resize((content.size() / kBlock + 1) * kBlock, ' ');
  content.back() = '\n';

  const int file = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  const auto done = file < 0 ? -1 : ::pwrite(file, content.data(), content.size(), 0);
  int error = done < 0 ? errno : done == static_cast<ssize_t>(content.size()) ? 0 : ENOSPC;
  if (error == 0 && ::ftruncate(file, static_cast<off_t>(content.size())) != 0) error = errno;  // what a longer one left
  if (error == 0 && ::fdatasync(file) != 0 && errno != EINVAL) error = errno;
  if (file >= 0) ::close(file);
  if (error != 0)
    throw OutputError(text(file_.string(), ": the journal cannot be written: ", std::strerror(error)));
}

bool DraftJournal::exists() const {
  std::error_code error;
  return std::filesystem::exists(file_, error);
}

void DraftJournal::remove() const {
  std::error_code error;
  std::filesystem::remove(file_, error);
}

}  // namespace firstframe
