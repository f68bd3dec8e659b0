// Starting the job's process.
#pragma once
#include <stddef.h>
#include <sys/types.h>

#include "cgroup.h"
#include "order.h"

struct spawned {
    pid_t pid;
    int output;  // non-blocking reading ends
    int error;
};

/// Starts the order's program in a session of its own, with exactly its environment and directory and nothing open but /dev/null and two pipes,
/// in its control groups.
/// Returns 0, or -1 with a sentence in `problem` when it could not be started.
int spawn(const struct order *order, const struct groups *groups, struct spawned *spawned, char *problem, size_t size);
