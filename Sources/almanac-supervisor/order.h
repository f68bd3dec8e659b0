// The order: what to run, where, with which environment and within which limits.
#pragma once
#include <stddef.h>
#include <stdint.h>

struct order {
    char **arguments;    // NULL at the end; the first is an absolute path
    char **environment;  // NULL at the end; `NAME=value`
    char *directory;     // absolute
    int64_t time_limit;  // milliseconds; 0 = none
    int64_t grace;       // milliseconds between TERM and KILL
    int64_t log_head;    // bytes of the log's beginning that are kept
    int64_t log_tail;    // bytes of its end
};

/// Reads `order` in the folder. Returns 0, or -1 with a sentence in `problem`.
///
/// The format is NUL-separated `key=value` records: `order=1` first, then `argument=`, `environment=NAME=value`, `directory=`,
/// `timeLimit=`, `grace=`, `logHead=`, `logTail=` in any order (the first two as often as needed), and an empty `end=` last, so that a half file is noticed.
int order_read(int folder, struct order *order, char *problem, size_t size);
