// Calls of Linux that the C library of Debian 11 and Ubuntu 22.04 does not offer, or not to Swift.
#pragma once
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/xattr.h>
#include <unistd.h>

/// A descriptor that becomes readable when the process ends, or -1 with errno.
static inline int linux_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

/// Reads an attribute of a file into `value`; the number of its bytes, or -1.
static inline ssize_t linux_getxattr(const char *path, const char *name, void *value, size_t size) { return getxattr(path, name, value, size); }
