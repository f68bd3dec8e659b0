// The processes that descend from this one.
#pragma once
#include <stddef.h>

/// Sends a signal to every living descendant, also to those that left the session or whose parents have ended (this process is their reaper).
/// Returns how many there were.
size_t tree_signal(int number);
