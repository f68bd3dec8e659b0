// Finds descendants by reading /proc, since process groups and sessions can be left.
#include "tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct process {
    pid_t pid, parent;
    unsigned long long start;
    long threads, pages;
    char state;
    bool ours;
};

static bool read_process(pid_t pid, struct process *process) {
    char path[40], text[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    if (length <= 0) return false;
    text[length] = 0;
    // The name stands in brackets and may hold anything, so the fields count from the last bracket: state (3), parent (4), … threads (20),
    // start (22), pages in memory (24).
    char *rest = strrchr(text, ')');
    int parent;
    process->pid = pid;
    if (rest == NULL
        || sscanf(
               rest + 1, " %c %d %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %ld %*s %llu %*s %ld", &process->state, &parent,
               &process->threads, &process->start, &process->pages)
               != 5)
        return false;
    process->parent = parent;
    process->ours = false;
    return true;
}

static int by_pid(const void *left, const void *right) {
    pid_t a = ((const struct process *)left)->pid, b = ((const struct process *)right)->pid;
    return (a > b) - (a < b);
}

static struct process *scan(size_t *count) {
    DIR *folder = opendir("/proc");
    struct process *list = NULL;
    size_t size = 0;
    *count = 0;
    if (folder == NULL) return NULL;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] < '1' || entry->d_name[0] > '9') continue;
        if (*count == size) {
            size = size == 0 ? 256 : size * 2;
            struct process *larger = realloc(list, size * sizeof *list);
            if (larger == NULL) break;
            list = larger;
        }
        if (read_process((pid_t)atoi(entry->d_name), &list[*count])) (*count)++;
    }
    closedir(folder);
    if (list != NULL) qsort(list, *count, sizeof *list, by_pid);
    return list;
}

/// Through a descriptor of the process, after comparing its start time, so that a number that was given away again hits nobody else.
static void signal_exactly(const struct process *process, int number) {
    int handle = (int)syscall(SYS_pidfd_open, process->pid, 0);
    if (handle < 0) {
        if (errno == ENOSYS) kill(process->pid, number);
        return;
    }
    struct process now;
    if (read_process(process->pid, &now) && now.start == process->start) syscall(SYS_pidfd_send_signal, handle, number, NULL, 0);
    close(handle);
}

static pid_t spared;

void tree_spare(pid_t pid) { spared = pid; }

/// Every process, with the descendants of this one marked.
static struct process *scan_tree(size_t *total) {
    struct process *list = scan(total);
    size_t count = *total;
    pid_t self = getpid();
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t at = 0; at < count; at++) {
            if (list[at].ours) continue;
            struct process key = {.pid = list[at].parent};
            struct process *parent = bsearch(&key, list, count, sizeof *list, by_pid);
            if (list[at].parent != self && (parent == NULL || !parent->ours)) continue;
            list[at].ours = changed = true;
        }
    }
    return list;
}

size_t tree_signal(int number) {
    size_t count, found = 0;
    struct process *list = scan_tree(&count);
    for (size_t at = 0; at < count; at++) {
        if (!list[at].ours || list[at].state == 'Z') continue;
        found++;
        if (number == SIGTERM && list[at].pid == spared) continue;
        signal_exactly(&list[at], number);
    }
    free(list);
    return found;
}

/// The bytes of a process with its share of what it has in common with others; -1 when it may not be known.
static int64_t share(pid_t pid) {
    char path[40], text[1024];
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)pid);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return -1;
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    text[length > 0 ? length : 0] = 0;
    const char *line = strstr(text, "\nPss:");
    return line == NULL ? -1 : atoll(line + 5) * 1024;
}

void tree_measure(struct tree_use *use, bool exactly) {
    size_t count;
    struct process *list = scan_tree(&count);
    *use = (struct tree_use){0, 0};
    for (size_t at = 0; at < count; at++) {
        if (!list[at].ours || list[at].state == 'Z') continue;
        int64_t bytes = exactly ? share(list[at].pid) : -1;
        use->memory += bytes >= 0 ? bytes : (int64_t)list[at].pages * sysconf(_SC_PAGESIZE);
        use->threads += list[at].threads;
    }
    free(list);
}
