#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace firstframe {

/// What a file is by its first bytes, whatever its name says.
enum class PictureKind { png, jpeg, tiff, bmp, pnm };

/// As many bytes as picture_kind looks at.
inline constexpr std::size_t kPictureHead = 32;

/// \return nothing when the bytes begin no picture that read_picture knows
std::optional<PictureKind> picture_kind(std::span<const std::byte> head);

std::string_view name_of(PictureKind kind);

}  // namespace firstframe
