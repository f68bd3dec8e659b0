// Speaks to control groups of both versions by the names of their files, so that it needs not know which one a group is of.
#include "cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int write_text(int folder, const char *name, const char *text) {
    int file = openat(folder, name, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) return errno;
    int problem = write(file, text, strlen(text)) < 0 ? errno : 0;
    close(file);
    return problem;
}

/// Writes `file=value` into a group.
static int write_setting(int folder, const char *setting, char *problem, size_t size) {
    char name[80];
    const char *sign = strchr(setting, '=');
    snprintf(name, sizeof name, "%.*s", (int)(sign - setting), setting);
    int failure = write_text(folder, name, sign + 1);
    if (failure != 0) snprintf(problem, size, "cannot set the limit %s: %s", setting, strerror(failure));
    return failure;
}

static int make_one(struct group_made *made, const struct group *group, char *problem, size_t size) {
    *made = (struct group_made){group->path, -1, -1, group->settings != NULL};
    // One that is there already is of a supervisor that was killed while it prepared this very attempt.
    if (mkdir(group->path, 0755) == 0 || errno == EEXIST) made->folder = open(group->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (made->folder >= 0) made->entrance = openat(made->folder, "cgroup.procs", O_WRONLY | O_CLOEXEC);
    if (made->entrance < 0) {
        snprintf(problem, size, "cannot make the control group %s: %s", group->path, strerror(errno));
        return -1;
    }
    for (char **setting = group->settings; setting != NULL && *setting != NULL; setting++)
        if (write_setting(made->folder, *setting, problem, size) != 0) return -1;
    char ignored[200];
    for (char **option = group->options; option != NULL && *option != NULL; option++) write_setting(made->folder, *option, ignored, sizeof ignored);
    return 0;
}

static void forget(struct group_made *made) {
    if (made->entrance >= 0) close(made->entrance);
    if (made->folder >= 0) close(made->folder);
}

int groups_make(struct groups *groups, const struct order *order, char *problem, size_t size) {
    groups->count = 0;
    for (size_t at = 0; at < order->group_count; at++) {
        struct group_made *made = &groups->made[groups->count];
        if (make_one(made, &order->groups[at], problem, size) == 0) {
            groups->count++;
            continue;
        }
        forget(made);
        rmdir(made->path);
        if (made->needed) {
            groups_remove(groups);
            return -1;
        }
        problem[0] = 0;
    }
    return 0;
}

int groups_join(const struct groups *groups) {
    for (size_t at = 0; at < groups->count; at++)
        if (write(groups->made[at].entrance, "0", 1) < 0 && groups->made[at].needed) return errno;
    return 0;
}

/// The number after `key` at the start of a line of a group's file; with an empty key the file's first number. -1 = there is none.
static int64_t number_in(int folder, const char *name, const char *key) {
    char text[8192];
    int file = openat(folder, name, O_RDONLY | O_CLOEXEC);
    if (file < 0) return -1;
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    text[length > 0 ? length : 0] = 0;
    for (const char *line = text; *line != 0;) {
        if (strncmp(line, key, strlen(key)) == 0) {
            const char *number = line + strlen(key);
            return *number >= '0' && *number <= '9' ? atoll(number) : -1;
        }
        line += strcspn(line, "\n");
        if (*line == '\n') line++;
    }
    return -1;
}

static void keep(int64_t *value, int64_t found) {
    if (found > *value) *value = found;
}

static int64_t sum(int64_t first, int64_t second) { return first < 0 ? -1 : first + (second < 0 ? 0 : second); }

void groups_read(const struct groups *groups, struct groups_use *use) {
    *use = (struct groups_use){-1, -1, -1, -1, -1};
    for (size_t at = 0; at < groups->count; at++) {
        int folder = groups->made[at].folder;
        keep(&use->out_of_memory, number_in(folder, "memory.events", "oom_kill "));
        keep(&use->out_of_memory, number_in(folder, "memory.oom_control", "oom_kill "));
        keep(&use->refused, number_in(folder, "pids.events", "max "));
        keep(&use->memory, sum(number_in(folder, "memory.stat", "anon "), number_in(folder, "memory.stat", "shmem ")));
        keep(&use->memory, sum(number_in(folder, "memory.stat", "total_rss "), number_in(folder, "memory.stat", "total_shmem ")));
        keep(&use->peak, number_in(folder, "memory.peak", ""));
        keep(&use->peak, number_in(folder, "memory.max_usage_in_bytes", ""));
        int64_t microseconds = number_in(folder, "cpu.stat", "usage_usec ");
        if (microseconds >= 0) keep(&use->cpu, microseconds / 1000);
    }
}

static void kill_listed(int folder) {
    int file = openat(folder, "cgroup.procs", O_RDONLY | O_CLOEXEC);
    FILE *list = file < 0 ? NULL : fdopen(file, "r");
    if (list == NULL) {
        if (file >= 0) close(file);
        return;
    }
    int pid;
    // A process of another namespace is listed as 0: kill would take that for our own process group.
    while (fscanf(list, "%d", &pid) == 1)
        if (pid > 1 && pid != getpid()) kill(pid, SIGKILL);
    fclose(list);
}

void groups_kill(const struct groups *groups) {
    for (size_t at = 0; at < groups->count; at++) {
        int folder = groups->made[at].folder;
        // Nothing new can be started from here on, so that one round finds all there is.
        write_text(folder, "pids.max", "0");
        if (write_text(folder, "cgroup.kill", "1") != 0) kill_listed(folder);
    }
}

void groups_remove(struct groups *groups) {
    const struct timespec pause = {.tv_nsec = 2000000};
    for (size_t at = 0; at < groups->count; at++) {
        // The kernel takes a moment to forget a process that was waited for.
        for (int round = 0; rmdir(groups->made[at].path) < 0 && errno == EBUSY && round < 500; round++) {
            if (round > 2) groups_kill(groups);
            nanosleep(&pause, NULL);
        }
        forget(&groups->made[at]);
    }
    groups->count = 0;
}
