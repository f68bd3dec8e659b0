// Watching one job's processes from start to end.
#pragma once
#include "log.h"
#include "order.h"
#include "outcome.h"

/// Starts the order's process, copies what it prints into the log, ends its tree when its time is up, when it takes more than it may,
/// when it is cancelled or when the log cannot be written,
/// and returns when no descendant is left. SIGTERM with a file `cancel` in the folder cancels; without it, it means that this machine or somebody stops us.
void watch(int folder, const struct order *order, struct log *log, struct outcome *outcome);

/// Blocks the signals that `watch` reads, so that none is missed before it begins.
void watch_block_signals(void);
