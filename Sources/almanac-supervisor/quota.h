// How much the job has in its folder.
#pragma once
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>

enum { QUOTA_DEEPEST = 100 };

struct quota {
    int folder;       // the attempt's
    int64_t allowed;  // what was there before the job, and its limit
    int64_t limit;
    int64_t sum;      // of the pass under way, or of the last whole one
    int64_t largest;  // file of that pass
    int64_t largest_before;  // the job started
    bool too_deep;    // folders in folders beyond QUOTA_DEEPEST
    int depth;        // open levels; 0 = no pass is under way
    DIR *levels[QUOTA_DEEPEST];
};

/// Measures what is there before the job starts. Returns 0 or an errno.
int quota_begin(struct quota *quota, int folder, int64_t limit);

/// Goes on with measuring, `entries` at most. Returns true when a pass has come to its end.
bool quota_step(struct quota *quota, int entries);

/// Measures everything anew, in one go.
void quota_measure(struct quota *quota);

bool quota_is_over(const struct quota *quota);

/// Whether a file has grown to the whole limit, where the kernel stops it.
bool quota_stopped_a_file(const struct quota *quota);
