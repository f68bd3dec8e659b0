// Small files that appear whole or not at all.
#pragma once
#include <stddef.h>

/// Makes `<name>.part` with `size` bytes on the disk, so that a later durable_write of no more bytes works on a full disk. Returns 0 or an errno.
int durable_reserve(int folder, const char *name, size_t size);

/// Writes `<name>.part` (reserved or new), syncs it, renames it to `name` and syncs the folder. Returns 0 or an errno.
int durable_write(int folder, const char *name, const char *bytes, size_t length);
