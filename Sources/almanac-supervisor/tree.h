// The processes that descend from this one.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Sends a signal to every living descendant, also to those that left the session or whose parents have ended (this process is their reaper).
/// Returns how many there were.
size_t tree_signal(int number);

struct tree_use {
    int64_t memory;   // bytes that are in memory
    int64_t threads;  // processes and their threads
};

/// Adds up what every living descendant has now. `exactly` counts a page that several have only once, which takes the kernel longer.
void tree_measure(struct tree_use *use, bool exactly);

/// Names a descendant that SIGTERM is kept from: bwrap, which would end at once and take the job's time to tidy up with it.
void tree_spare(pid_t pid);
