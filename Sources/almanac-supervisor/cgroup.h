// The control groups of one attempt: made for its job alone, emptied and removed at its end.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "order.h"

struct groups {
    size_t count;
    struct group_made {
        const char *path;
        int folder;    // descriptor of the group
        int entrance;  // its cgroup.procs, opened for writing
        bool needed;
    } made[GROUPS_MOST];
};

/// What the groups know of the whole tree, also of what has ended; -1 = not known.
struct groups_use {
    int64_t out_of_memory;  // processes that the kernel ended at the limit
    int64_t refused;        // processes and threads that could not be started at the limit
    int64_t memory;         // bytes now, without what is only cached
    int64_t peak;           // the most bytes ever, with what was cached
    int64_t cpu;            // milliseconds
};

/// Makes the order's groups and writes its settings into them. A group without settings that cannot be made is left out.
/// Returns 0, or -1 with a sentence in `problem`.
int groups_make(struct groups *groups, const struct order *order, char *problem, size_t size);

/// Puts the calling process into every group. Safe between fork and exec. Returns 0 or an errno.
int groups_join(const struct groups *groups);

void groups_read(const struct groups *groups, struct groups_use *use);

/// Kills whatever is in the groups. Where the kernel can do it in one step nothing can be started meanwhile; else call it until nothing is left.
void groups_kill(const struct groups *groups);

/// Removes the groups; what is still in them is killed.
void groups_remove(struct groups *groups);
