// How the attempt ended, and the receipt that it exists: the two files that other programs read.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct outcome {
    int status;          // exit status; -1 when there is none
    int signal;          // signal that ended the main process; 0 when none
    const char *reason;  // exitCode, signal, timedOut, outOfMemory, quotaExceeded, cancelled, launchFailed, storageFailed, lost; NULL = status 0
    char message[512];   // a sentence, or empty
    int64_t started, ended;          // milliseconds since 1970
    int64_t read_bytes, written_bytes;  // from and to storage; -1 = not known
    int64_t peak_memory, cpu;  // bytes and milliseconds, at least; more may be known of those that were waited for
    const char *limits;        // in words, which limit was held by what; NULL = there were none
    bool log_truncated;
    int64_t log_bytes;
    int leftover;  // processes that had to be killed after the main one had ended
};

/// Reserves room for exit.json, then writes receipt.json, with the limits in words or NULL. Returns 0 or an errno.
int receipt_write(int folder, const char *limits);

/// Writes exit.json, with the CPU time and peak memory of every process that was waited for. Returns 0 or an errno.
int outcome_write(int folder, const struct outcome *outcome);
