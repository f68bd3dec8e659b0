// Calls of Linux that the C library of Debian 11 and Ubuntu 22.04 does not offer.
#pragma once
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/// A descriptor that becomes readable when the process ends, or -1 with errno.
static inline int linux_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }
