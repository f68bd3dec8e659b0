// What a job may take: prepared before it starts, looked at while it runs, judged when it has ended.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cgroup.h"
#include "order.h"
#include "outcome.h"
#include "quota.h"

struct limits {
    const struct order *order;
    struct groups groups;
    struct quota quota;
    int64_t pause;                     // milliseconds until the next look; 0 = nothing to look at
    int64_t next_sample, next_measure;  // when, on the monotonic clock
    int64_t measure_pause;
};

/// Makes the groups and measures the folder. Returns 0, or -1 with a sentence in `problem`.
int limits_prepare(struct limits *limits, int folder, const struct order *order, char *problem, size_t size);

/// Looks at what the job takes. Returns false, with reason and sentence in the outcome unless it has one already, when it is more than it may.
bool limits_hold(struct limits *limits, struct outcome *outcome);

/// Kills what is in the groups.
void limits_kill(const struct limits *limits);

/// The last look, when nothing runs any more: completes the outcome with reason and use.
void limits_judge(struct limits *limits, struct outcome *outcome);

/// Removes the groups.
void limits_end(struct limits *limits);
