// One look costs little and becomes rarer when it does not: a job is to have the machine, not its supervisor.
#include "limits.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "tree.h"

enum {
    SAMPLE_PAUSE = 100,    // between two looks at memory and processes
    WATCH_PAUSE = 250,     // between two looks at groups, where the kernel holds the limit itself
    MEASURE_PAUSE = 500,   // between two passes over the folder
    MEASURE_ENTRIES = 4000,
    REFUSED_MOST = 1000,   // starts refused by the kernel, after which nobody believes that the job will go on
};

static void bytes_text(char *text, size_t size, int64_t bytes) {
    static const struct { int64_t unit; const char *name; } units[] = {
        {1LL << 40, "TiB"}, {1LL << 30, "GiB"}, {1LL << 20, "MiB"}, {1000000000, "GB"}, {1000000, "MB"}, {1 << 10, "KiB"}, {1000, "kB"},
    };
    // In the unit in which it was written, or at least in one that leaves nothing over.
    for (size_t at = 0; at < sizeof units / sizeof units[0]; at++)
        if (bytes >= units[at].unit && bytes % units[at].unit == 0) {
            snprintf(text, size, "%" PRId64 " %s", bytes / units[at].unit, units[at].name);
            return;
        }
    snprintf(text, size, "%" PRId64 " bytes", bytes);
}

static bool say(struct outcome *outcome, const char *reason, const char *start, const char *limit) {
    if (outcome->reason == NULL) {
        outcome->reason = reason;
        snprintf(outcome->message, sizeof outcome->message, "%s%s", start, limit);
    }
    return false;
}

static bool say_memory(const struct limits *limits, struct outcome *outcome) {
    char text[40];
    bytes_text(text, sizeof text, limits->order->memory_limit);
    return say(outcome, "outOfMemory", "it needed more than its memory limit of ", text);
}

static bool say_processes(const struct limits *limits, struct outcome *outcome) {
    char text[80];
    snprintf(text, sizeof text, "%" PRId64 " processes and threads", limits->order->process_limit);
    return say(outcome, "quotaExceeded", "it needed more than its limit of ", text);
}

static bool say_output(const struct limits *limits, struct outcome *outcome) {
    char text[80];
    if (limits->quota.too_deep) {
        snprintf(text, sizeof text, "%d deep, so that they cannot be measured", QUOTA_DEEPEST);
        return say(outcome, "quotaExceeded", "it nested folders more than ", text);
    }
    bytes_text(text, sizeof text, limits->quota.limit);
    return say(outcome, "quotaExceeded", "it wrote more than its output limit of ", text);
}

int limits_prepare(struct limits *limits, int folder, const struct order *order, char *problem, size_t size) {
    *limits = (struct limits){.order = order, .measure_pause = MEASURE_PAUSE};
    if (groups_make(&limits->groups, order, problem, size) < 0) return -1;
    if (order->output_limit > 0) {
        int failure = quota_begin(&limits->quota, folder, order->output_limit);
        if (failure != 0) {
            snprintf(problem, size, "cannot measure its folder: %s", strerror(failure));
            limits_end(limits);
            return -1;
        }
    }
    if (limits->groups.count > 0) limits->pause = WATCH_PAUSE;
    if (order->output_limit > 0 || order->sample_memory || order->sample_processes) limits->pause = SAMPLE_PAUSE;
    limits->next_measure = clock_steady() + SAMPLE_PAUSE;
    return 0;
}

static bool groups_hold(struct limits *limits, struct outcome *outcome) {
    struct groups_use use;
    groups_read(&limits->groups, &use);
    if (use.memory > outcome->peak_memory) outcome->peak_memory = use.memory;
    if (limits->order->memory_limit > 0 && use.out_of_memory > 0) return say_memory(limits, outcome);
    if (limits->order->process_limit > 0 && use.refused > REFUSED_MOST) return say_processes(limits, outcome);
    return true;
}

static bool samples_hold(struct limits *limits, struct outcome *outcome, int64_t now) {
    const struct order *order = limits->order;
    if ((!order->sample_memory && !order->sample_processes) || now < limits->next_sample) return true;
    struct tree_use use;
    tree_measure(&use, false);
    // Shared pages count for every process that has them: only the exact figure, which takes longer, decides.
    if (order->sample_memory && use.memory > order->memory_limit) tree_measure(&use, true);
    limits->next_sample = now + 20 * (clock_steady() - now);
    if (use.memory > outcome->peak_memory) outcome->peak_memory = use.memory;
    if (order->sample_memory && use.memory > order->memory_limit) return say_memory(limits, outcome);
    if (order->sample_processes && use.threads > order->process_limit) return say_processes(limits, outcome);
    return true;
}

static bool quota_holds(struct limits *limits, struct outcome *outcome, int64_t now) {
    if (limits->quota.limit == 0 || now < limits->next_measure) return true;
    bool whole = quota_step(&limits->quota, MEASURE_ENTRIES);
    int64_t took = clock_steady() - now;
    limits->next_measure = now + 20 * took + (whole ? MEASURE_PAUSE : 0);
    if (!quota_is_over(&limits->quota)) return true;
    // What moved during a long pass may have been counted twice.
    quota_measure(&limits->quota);
    return !quota_is_over(&limits->quota) || say_output(limits, outcome);
}

/// Adds to the sentence, if it has not said so, that processes were refused: it may explain the rest.
static void note_refusals(const struct limits *limits, struct outcome *outcome, int64_t refused) {
    size_t used = strlen(outcome->message);
    if (strstr(outcome->message, "processes and threads") != NULL) return;
    snprintf(
        outcome->message + used, sizeof outcome->message - used, "%s %" PRId64 " more at its limit of %" PRId64 " processes and threads",
        used == 0 ? "it was refused" : "; it was refused", refused, limits->order->process_limit);
}

bool limits_hold(struct limits *limits, struct outcome *outcome) {
    int64_t now = clock_steady();
    return groups_hold(limits, outcome) && samples_hold(limits, outcome, now) && quota_holds(limits, outcome, now);
}

void limits_kill(const struct limits *limits) { groups_kill(&limits->groups); }

void limits_judge(struct limits *limits, struct outcome *outcome) {
    const struct order *order = limits->order;
    struct groups_use use;
    groups_read(&limits->groups, &use);
    bool failed = outcome->status != 0;
    if (order->memory_limit > 0 && use.out_of_memory > 0) {
        say_memory(limits, outcome);
        if (use.peak > outcome->peak_memory) outcome->peak_memory = use.peak;
    }
    if (limits->quota.limit > 0 && outcome->reason == NULL) {
        quota_measure(&limits->quota);
        // The kernel lets no file grow beyond the limit: then nothing is over it, but the job has failed.
        bool stopped = outcome->signal == SIGXFSZ || quota_stopped_a_file(&limits->quota);
        if (quota_is_over(&limits->quota) || (failed && stopped)) say_output(limits, outcome);
    }
    if (order->process_limit > 0 && use.refused > 0) {
        if (failed && outcome->reason == NULL) say_processes(limits, outcome);
        else note_refusals(limits, outcome, use.refused);
    }
    if (use.cpu > outcome->cpu) outcome->cpu = use.cpu;
}

void limits_end(struct limits *limits) { groups_remove(&limits->groups); }
