#pragma once

namespace firstframe {

/// Tells the C library to keep what sections of up to 32 MiB leave behind, for those that follow: else the system takes every such
/// block back and clears its pages anew for the next section, which costs as much as reading it. For programs of their own;
/// a plug-in leaves its host's memory as it is. Does nothing where the C library is not glibc.
void keep_freed_memory();

}  // namespace firstframe
