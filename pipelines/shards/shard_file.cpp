#include "pipelines/shards/shard_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "pipelines/shards/publish_file.h"
#include "pipelines/shards/transient_error.h"

namespace fs = std::filesystem;

namespace firstframe {
namespace {

constexpr std::size_t kBegin = 64;                   // bytes of the first line
constexpr std::size_t kHashName = 37;                // "xxh3:" and 32 digits
constexpr std::uint64_t kMark = 0x314e4f4954434553;  // "SECTION1" on a machine whose low byte comes first

struct Head {
  std::uint64_t mark = kMark;  // of another byte order it is not found, and the file not taken
  std::int64_t number = 0;
  std::int64_t type = 0;
  std::int64_t channels = 0;
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  double low = 0;
  double high = 0;
  std::int64_t bytes = 0;
};
static_assert(sizeof(Head) == 72);

std::string first_line(const std::string& key) {
  auto line = "firstframe shard 1 " + key;
  line.resize(kBegin - 1, ' ');
  return line + "\n";
}

Head head_of(const Section& section, std::int64_t number) {
  return {kMark,
          number,
          static_cast<std::int64_t>(section.type()),
          section.channels(),
          section.extent().rows,
          section.extent().cols,
          section.range().low,
          section.range().high,
          static_cast<std::int64_t>(section.size_in_bytes())};
}

bool is_sound(const Head& head, std::int64_t number, std::int64_t left) {
  if (head.mark != kMark || head.number != number || head.type < 0 ||
      head.type > static_cast<std::int64_t>(SampleType::float32))
    return false;
  std::int64_t bytes = bytes_per_sample(static_cast<SampleType>(head.type));
  for (const auto side : {head.channels, head.rows, head.cols})
    if (side < 1 || __builtin_mul_overflow(bytes, side, &bytes)) return false;
  return bytes == head.bytes && bytes <= left - static_cast<std::int64_t>(kHashName) && head.low < head.high;
}

std::string hash_of_both(const Head& head, const Section& section) {
  ContentHash hash;
  hash.add(std::as_bytes(std::span(&head, 1)));
  hash.add({section.view().data, section.size_in_bytes()});
  return hash.name();
}

}  // namespace

ShardReader::ShardReader(const fs::path& file, const std::string& key) : file_(file) {
  std::array<std::byte, kBegin> line;
  if (file_.size() < static_cast<std::int64_t>(kBegin))
    throw FormatError(text(file.string(), ": is no result of a shard"));
  read(line);
  if (std::memcmp(line.data(), first_line(key).data(), kBegin) != 0)
    throw FormatError(text(file.string(), ": is of another plan"));
}

void ShardReader::read(std::span<std::byte> to) {
  file_.read(at_, to);
  hash_.add(to);
  at_ += static_cast<std::int64_t>(to.size());
}

std::optional<Section> ShardReader::next() {
  if (at_ == file_.size()) return std::nullopt;
  const auto bad = [&] {
    return FormatError(text(file_.path().string(), ": is cut or damaged after ", number_, " sections"));
  };
  Head head;
  if (file_.size() - at_ < static_cast<std::int64_t>(sizeof head)) throw bad();
  read(std::as_writable_bytes(std::span(&head, 1)));
  if (!is_sound(head, number_, file_.size() - at_)) throw bad();
  Section section(static_cast<SampleType>(head.type), head.channels, {head.rows, head.cols});
  section.set_range({head.low, head.high});
  read({section.span().data, section.size_in_bytes()});
  std::string name(kHashName, '\0');
  read(std::as_writable_bytes(std::span(name)));
  if (name != hash_of_both(head, section)) throw bad();
  ++number_;
  return section;
}

std::vector<fs::path> drafts_of(const fs::path& target, const fs::path& own) {
  const auto begin = target.filename().string() + ".part.";
  std::vector<fs::path> drafts;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(target.parent_path(), error))
    if (entry.path().filename().string().starts_with(begin) && entry.path() != own) drafts.push_back(entry.path());
  return drafts;
}

ShardWriter::ShardWriter(fs::path target, std::string key, const std::string& tag)
    : target_(std::move(target)), key_(std::move(key)), draft_(target_.string() + ".part." + tag) {
  // A draft of that name is of a process of the same number that is gone, or of an earlier try of this one.
  const fs::path former = draft_.string() + ".former";
  ::rename(draft_.c_str(), former.c_str());
  file_ = ::open(draft_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file_ < 0) refuse(errno);
  const auto line = first_line(key_);
  try {
    put(std::as_bytes(std::span(line)));
  } catch (...) {
    ::close(file_);
    ::unlink(draft_.c_str());
    throw;
  }
}

ShardWriter::~ShardWriter() {
  if (file_ < 0) return;
  ::fdatasync(file_);
  ::close(file_);
  if (number_ == 0) ::unlink(draft_.c_str());
}

void ShardWriter::put(std::span<const std::byte> bytes) {
  hash_.add(bytes);
  bytes_ += static_cast<std::int64_t>(bytes.size());
  while (!bytes.empty()) {
    const auto done = ::write(file_, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) refuse(errno);
    bytes = bytes.subspan(static_cast<std::size_t>(done));
  }
}

void ShardWriter::write(const Section& section) {
  const auto head = head_of(section, number_);
  put(std::as_bytes(std::span(&head, 1)));
  put({section.view().data, section.size_in_bytes()});
  const auto name = hash_of_both(head, section);
  put(std::as_bytes(std::span(name)));
  ++number_;
}

std::int64_t ShardWriter::adopt(std::int64_t limit, std::int64_t group) {
  auto left = drafts_of(target_, draft_);
  std::error_code error;
  if (fs::exists(target_, error)) left.push_back(target_);  // a run that was killed before it said what it had finished
  const auto bytes = [](const fs::path& file) {
    std::error_code gone;
    const auto size = fs::file_size(file, gone);
    return gone ? 0 : size;
  };
  std::sort(left.begin(), left.end(), [&](const auto& a, const auto& b) { return bytes(a) > bytes(b); });
  for (const auto& draft : left)
    if (const auto groups = copy_from(draft, limit, group); groups > 0) return groups;
  return 0;
}

std::int64_t ShardWriter::copy_from(const fs::path& draft, std::int64_t limit, std::int64_t group) {
  std::int64_t groups = 0;
  try {
    ShardReader reader(draft, key_);
    for (; groups < limit; ++groups) {
      std::vector<Section> sections;
      while (static_cast<std::int64_t>(sections.size()) < group) {
        auto section = reader.next();
        if (!section) return groups;
        sections.push_back(std::move(*section));
      }
      for (const auto& section : sections) write(section);
    }
  } catch (const FormatError&) {
    // Its last section is torn, or it is of another plan.
  } catch (const MissingFileError&) {
    // Its run has just finished it.
  }
  return groups;
}

std::optional<SealedShard> ShardWriter::seal() {
  if (::fsync(file_) != 0 && errno != EINVAL) refuse(errno);
  const bool is_ours = ::rename(draft_.c_str(), target_.c_str()) == 0;
  if (!is_ours && (errno != ENOENT || ::access(target_.c_str(), F_OK) != 0)) refuse(errno);
  ::close(file_);
  file_ = -1;
  if (!is_ours) return std::nullopt;
  flush_folder(target_.parent_path());
  for (const auto& draft : drafts_of(target_)) ::unlink(draft.c_str());
  return SealedShard{bytes_, hash_.name()};
}

void ShardWriter::refuse(int error) const { throw_output_error(target_.string(), error); }

}  // namespace firstframe
