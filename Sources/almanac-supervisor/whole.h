// Small files that appear whole or not at all.
#pragma once
#include <stddef.h>

// Nothing here is synced: these files speak of processes, which a crash of the machine ends. Whoever reads them compares the boot id first and
// takes an attempt of an earlier boot for lost, so four syncs per attempt (some 10 ms) would protect what nobody reads.

/// Makes `<name>.part` with `size` bytes on the disk, so that a later whole_write of no more bytes works on a full disk. Returns 0 or an errno.
int whole_reserve(int folder, const char *name, size_t size);

/// Writes `<name>.part` (reserved or new) and renames it to `name`. Returns 0 or an errno.
int whole_write(int folder, const char *name, const char *bytes, size_t length);
