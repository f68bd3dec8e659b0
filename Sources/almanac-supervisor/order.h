// The order: what to run, where, with which environment and within which limits.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GROUPS_MOST = 8 };

/// A control group of the job, to be made, joined by the job alone, and removed.
struct group {
    char *path;       // absolute
    char **settings;  // `file=value`, NULL at the end; each must hold
    char **options;   // as `settings`, where the machine knows them
};

struct order {
    char **arguments;    // NULL at the end; the first is an absolute path
    char **environment;  // NULL at the end; `NAME=value`
    char *directory;     // absolute
    int64_t time_limit;  // milliseconds; 0 = none
    int64_t grace;       // milliseconds between TERM and KILL
    int64_t log_head;    // bytes of the log's beginning that are kept
    int64_t log_tail;    // bytes of its end
    int64_t memory_limit, process_limit, output_limit;  // bytes, processes with threads, bytes; 0 = none
    int64_t affinity;                                   // processors that the job may use; 0 = all
    bool sample_memory, sample_processes;               // nothing but the supervisor holds these limits
    size_t group_count;
    struct group groups[GROUPS_MOST];
    char *limits;  // in words, which limit is held by what; NULL = there are none
    int64_t isolated;    // not 0: the program is bwrap, and the job runs inside it
};

/// Reads `order` in the folder. Returns 0, or -1 with a sentence in `problem`.
///
/// The format is NUL-separated `key=value` records: `order=1` first, then `argument=`, `environment=NAME=value`, `directory=`,
/// `timeLimit=`, `grace=`, `logHead=`, `logTail=`, `isolated=` in any order (the first two as often as needed), those of limits below, and an empty `end=` last, so that a half file is noticed.
///
/// Of limits: `memoryLimit=`, `processLimit=`, `outputLimit=`, `affinity=`, `sampled=memory`, `sampled=processes`, `limits=`, and as often as needed `group=<path>`, each
/// followed by its `setting=<file>=<value>` and `option=<file>=<value>`.
int order_read(int folder, struct order *order, char *problem, size_t size);
